import OporaPluginKit

/// A language that mails are written in.
enum Language: String, CaseIterable, Sendable {
    case en, ru

    /// Reads `ru`, `ru-RU`, `EN_us`; nil for a language that nobody wrote mails in.
    init?(_ tag: String) {
        self.init(rawValue: String(tag.lowercased().prefix { $0 != "-" && $0 != "_" }))
    }

    /// The wording of a notice.
    func letter(_ notice: Notice, _ facts: LetterFacts) -> Letter {
        switch self {
        case .en: EnglishLetters.letter(notice, facts)
        case .ru: RussianLetters.letter(notice, facts)
        }
    }
}

/// Subject and body of a mail, as a person reads them.
struct Letter: Hashable, Sendable {
    var subject: String
    var body: String

    /// - Parameters:
    ///   - headline: what happened, in a few words.
    ///   - parts: paragraphs; nil and empty ones are left out.
    init(_ facts: LetterFacts, headline: String, parts: [String?], footer: String) {
        subject = "[\(facts.ticket)] \(headline): \(facts.shortSubject)"
        let paragraphs = parts.compactMap { $0 }.filter { !$0.isEmpty } + ["-- \n\(footer)"]
        body = paragraphs.joined(separator: "\n\n") + "\n"
    }
}

/// What a letter is written from.
struct LetterFacts: Hashable, Sendable {
    /// Characters of a message in a mail; who needs more reads the ticket.
    static let textCharacters = 20_000
    /// Characters of a ticket's subject in a mail's.
    static let subjectCharacters = 150

    var ticket: TicketID
    var subject: String
    /// The reader's name.
    var reader: String
    var priority: Priority?
    /// Who wrote `text`.
    var author: String?
    var text: String?
    var group: String?
    var target: TargetKind?
    var percent: Int64?
    /// A due time as the reader's clock shows it.
    var due: String?
    var link: String?

    init(ticket: TicketID, subject: String, reader: String) {
        self.ticket = ticket
        self.subject = subject
        self.reader = reader
    }

    /// The ticket's subject on one line and not too long.
    var shortSubject: String { LetterFacts.cut(HeaderText.clean(subject), LetterFacts.subjectCharacters) }

    /// The message, not too long; nil where there is none.
    var shortText: String? { text.map { LetterFacts.cut($0, LetterFacts.textCharacters) } }

    private static func cut(_ text: String, _ limit: Int) -> String {
        text.count <= limit ? text : text.prefix(limit - 1) + "…"
    }
}

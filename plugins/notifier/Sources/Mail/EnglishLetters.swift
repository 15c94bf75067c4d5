import OporaPluginKit

/// The wording of every notice in English.
enum EnglishLetters {
    static func letter(_ notice: Notice, _ f: LetterFacts) -> Letter {
        let (headline, parts) = content(notice, f)
        let greeting = f.reader.isEmpty ? "Hello," : "Hello \(f.reader),"
        let footer = "\(f.ticket): \(f.shortSubject)\nThis message was sent automatically."
        return Letter(f, headline: headline, parts: [greeting] + parts, footer: footer)
    }

    private static func content(_ notice: Notice, _ f: LetterFacts) -> (headline: String, parts: [String?]) {
        switch notice {
        case .assigned:
            ("Assigned to you", ["ticket \(f.ticket) is yours now.", card(f), f.shortText])
        case .groupAssigned:
            (
                "For your group",
                [
                    "ticket \(f.ticket) is waiting in \(f.group.map { "the group \($0)" } ?? "your group"). "
                        + "Nobody has taken it yet.", card(f), f.shortText,
                ]
            )
        case .answered:
            ("New answer", ["\(f.author ?? "The support team") answered your request:", f.shortText])
        case .requesterWrote:
            ("The requester wrote", ["\(f.author ?? "The requester") wrote in ticket \(f.ticket):", f.shortText])
        case .noteAdded:
            ("Internal note", ["\(f.author ?? "A service") added an internal note to \(f.ticket):", f.shortText])
        case .slaWarning:
            (
                "SLA at risk",
                ["\(f.percent.map { "\($0)% of the time" } ?? "Much of the time") for \(target(f)) is used up.", card(f)]
            )
        case .slaBreached:
            ("SLA breached", ["the time for \(target(f)) is over.", card(f)])
        case .survey:
            (
                "How did we do",
                [
                    "your request \(f.ticket) is solved. Please tell us how we did; it takes less than a minute:", f.link,
                    "Thank you.",
                ]
            )
        case .surveyReminder:
            (
                "How did we do",
                ["we would still like to hear how we handled your request \(f.ticket):", f.link, "We will not ask again."]
            )
        }
    }

    private static func card(_ f: LetterFacts) -> String {
        [
            "Subject: \(f.shortSubject)", f.author.map { "From: \($0)" }, f.priority.map { "Priority: \($0.rawValue)" },
            f.due.map { "Due: \($0)" },
        ].compactMap { $0 }.joined(separator: "\n")
    }

    private static func target(_ f: LetterFacts) -> String {
        switch f.target {
        case .firstResponse: "the first response to ticket \(f.ticket)"
        case .nextResponse: "the next response to ticket \(f.ticket)"
        case .periodicUpdate: "the next update on ticket \(f.ticket)"
        case .resolution: "the resolution of ticket \(f.ticket)"
        case .tierTime: "your group's part of ticket \(f.ticket)"
        case nil: "ticket \(f.ticket)"
        }
    }
}

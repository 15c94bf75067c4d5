import OporaPluginKit
import Testing

@testable import notifier

@Suite struct LetterTests {
    static let facts: LetterFacts = {
        var facts = LetterFacts(ticket: TicketID(rawValue: 12), subject: "Printer on fire", reader: "Anna")
        facts.priority = .urgent
        facts.author = "Boris"
        facts.text = "It burns.\nPlease come."
        facts.group = "Hardware"
        facts.target = .firstResponse
        facts.percent = 75
        facts.due = "2026-11-22 15:04 (Europe/Moscow)"
        facts.link = "https://desk.example.org/f/abc"
        return facts
    }()

    /// What a letter must say, besides reader, ticket and subject.
    static let needed: [Notice: [String]] = [
        .assigned: ["Boris", "It burns.", "15:04"], .groupAssigned: ["Hardware", "It burns."],
        .answered: ["Boris", "It burns.\nPlease come."], .requesterWrote: ["Boris", "It burns."],
        .noteAdded: ["Boris", "It burns."], .slaWarning: ["75", "15:04"], .slaBreached: ["15:04"],
        .survey: ["https://desk.example.org/f/abc"], .surveyReminder: ["https://desk.example.org/f/abc"],
    ]

    @Test("every notice is written in every language", arguments: Notice.allCases, Language.allCases)
    func complete(_ notice: Notice, _ language: Language) throws {
        let letter = language.letter(notice, Self.facts)
        #expect(letter.subject.hasPrefix("[T-12] "))
        #expect(letter.subject.hasSuffix(": Printer on fire"))
        let needed = try #require(Self.needed[notice])
        for text in needed + ["Anna", "T-12"] { #expect(letter.body.contains(text)) }
        let isCyrillic = letter.body.unicodeScalars.contains { (0x400..<0x500).contains($0.value) }
        #expect(isCyrillic == (language == .ru))
        let bare = language.letter(notice, LetterFacts(ticket: TicketID(rawValue: 1), subject: "", reader: ""))
        #expect(!bare.body.contains("nil") && !bare.body.contains("Optional") && !bare.body.contains("\n\n\n"))
    }

    @Test(
        "a mail to the requester shows no internal matters", arguments: Notice.allCases.filter(\.isForRequester),
        Language.allCases)
    func discreet(_ notice: Notice, _ language: Language) {
        let body = language.letter(notice, Self.facts).body
        for text in ["urgent", "срочный", "Hardware", "15:04", "75"] { #expect(!body.contains(text)) }
    }

    @Test("in full, in English")
    func english() {
        #expect(
            Language.en.letter(.slaWarning, Self.facts)
                == Letter(
                    verbatim: "[T-12] SLA at risk: Printer on fire",
                    """
                    Hello Anna,

                    75% of the time for the first response to ticket T-12 is used up.

                    Subject: Printer on fire
                    From: Boris
                    Priority: urgent
                    Due: 2026-11-22 15:04 (Europe/Moscow)

                    --\u{20}
                    T-12: Printer on fire
                    This message was sent automatically.

                    """))
    }

    @Test("in full, in Russian")
    func russian() {
        #expect(
            Language.ru.letter(.slaBreached, Self.facts)
                == Letter(
                    verbatim: "[T-12] Нарушен SLA: Printer on fire",
                    """
                    Здравствуйте, Anna!

                    По заявке T-12 истекло время на первый ответ.

                    Тема: Printer on fire
                    От кого: Boris
                    Приоритет: срочный
                    Срок: 2026-11-22 15:04 (Europe/Moscow)

                    --\u{20}
                    T-12: Printer on fire
                    Это письмо отправлено автоматически.

                    """))
    }

    @Test("long texts and subjects are cut, line ends in a subject are not kept")
    func cut() {
        var facts = Self.facts
        facts.subject = "a\nb" + String(repeating: "c", count: 1000)
        facts.text = String(repeating: "d", count: 50_000)
        let letter = Language.en.letter(.answered, facts)
        #expect(letter.subject.count < 200)
        #expect(letter.subject.hasSuffix("…"))
        #expect(!letter.subject.contains("\n"))
        #expect(letter.body.count < LetterFacts.textCharacters + 500)
    }

    @Test(
        "languages by their tags",
        arguments: [
            ("ru", Language.ru), ("ru-RU", .ru), ("RU_ru", .ru), ("en", .en), ("en-GB", .en), ("de", nil), ("", nil),
        ])
    func tags(_ tag: String, _ language: Language?) { #expect(Language(tag) == language) }

    @Test("due times stand as the reader's clock shows them")
    func zones() throws {
        let instant = try #require(Timestamp("2026-11-22T22:04:00.000Z"))
        let zones = SystemZones()
        #expect(MailRenderer.wall(instant, nil, zones) == "2026-11-22 22:04 (UTC)")
        #expect(MailRenderer.wall(instant, "Europe/Moscow", zones) == "2026-11-23 01:04 (Europe/Moscow)")
        #expect(MailRenderer.wall(instant, "Nowhere/Nothing", zones) == "2026-11-22 22:04 (UTC)")
    }
}

extension Letter {
    fileprivate init(verbatim subject: String, _ body: String) {
        self.init(LetterFacts(ticket: TicketID(rawValue: 1), subject: "", reader: ""), headline: "", parts: [], footer: "")
        self.subject = subject
        self.body = body
    }
}

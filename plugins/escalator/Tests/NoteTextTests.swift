import OporaPluginKit
import Testing

@testable import escalator

@Suite("The words of the notes")
struct NoteTextTests {
    struct Row: Sendable {
        var trigger: Trigger
        var outcomes: [StepOutcome] = []
        var english: String
        var russian: String
    }

    static let due = Timestamp("2026-11-22T03:39:59.000Z")
    static let rows: [Row] = [
        Row(
            trigger: Trigger(kind: .warning, target: "first_response", round: 1, percent: 75, dueAt: due),
            english: "SLA at risk: 75 % of the time for the first response is used. It is due 2026-11-22 06:39 (Europe/Moscow).",
            russian: "Риск по SLA (первый ответ): прошло 75 % времени. Срок: 2026-11-22 06:39 (Europe/Moscow)."),
        Row(
            trigger: Trigger(kind: .breach, target: "resolution", round: 1, dueAt: due),
            outcomes: [.raised(from: .normal, to: .high), .skipped(.noLead)],
            english: """
                SLA breached: the resolution was due 2026-11-22 06:39 (Europe/Moscow).
                Done: priority raised from normal to high.
                Not done: the group has no lead to assign.
                """,
            russian: """
                SLA нарушен (решение). Срок был: 2026-11-22 06:39 (Europe/Moscow).
                Сделано: приоритет повышен: обычный → высокий.
                Не сделано: у группы нет руководителя, назначить некого.
                """),
        Row(
            trigger: Trigger(kind: .breach, target: "resolution", round: 1, dueAt: due, isAfterChange: true),
            english: """
                SLA breached by a change of priority or policy: the resolution was due 2026-11-22 06:39 (Europe/Moscow).
                """,
            russian: "SLA нарушен из-за смены приоритета или политики (решение). Срок был: 2026-11-22 06:39 (Europe/Moscow)."),
        Row(
            trigger: Trigger(kind: .untouched, round: 9, minutes: 240), outcomes: [.assigned("U-1")],
            english: """
                Nobody has touched this ticket for 240 working minutes.
                Done: assigned to the lead of the group.
                """,
            russian: """
                С заявкой никто не работал в течение 240 рабочих минут.
                Сделано: назначено руководителю группы.
                """),
    ]

    @Test(arguments: rows)
    func notes(row: Row) throws {
        let zone = try #require(SystemZones().zone("Europe/Moscow"))
        #expect(NoteText(language: .en, zone: zone).text(row.trigger, row.outcomes) == row.english)
        #expect(NoteText(language: .ru, zone: zone).text(row.trigger, row.outcomes) == row.russian)
    }

    @Test func aWarningThatComesTooLateSaysSo() {
        let trigger = Trigger(kind: .warning, target: "resolution", round: 1, percent: 75, dueAt: NoteTextTests.due)
        #expect(
            NoteText(language: .en, zone: .utc).text(trigger, [], isLate: true)
                == "SLA was at risk: 75 % of the time for the resolution was used. It was due 2026-11-22 03:39 (UTC). Told late.")
        #expect(
            NoteText(language: .ru, zone: .utc).text(trigger, [], isLate: true)
                == "Был риск по SLA (решение): прошло 75 % времени. Срок был: 2026-11-22 03:39 (UTC). Сообщено с опозданием.")
    }

    @Test(arguments: [
        (Int64(1), "1 minute", "1 рабочей минуты"), (2, "2 minutes", "2 рабочих минут"), (11, "11 minutes", "11 рабочих минут"),
        (21, "21 minutes", "21 рабочей минуты"), (240, "240 minutes", "240 рабочих минут"),
    ])
    func minutes(count: Int64, english: String, russian: String) {
        #expect(NoteWords.minutes(count, isWorkingTime: false, .en) == english)
        #expect(NoteWords.minutes(count, isWorkingTime: true, .ru) == russian)
    }

    @Test(arguments: SkipReason.allCases)
    func everyReasonHasWordsInBothLanguages(reason: SkipReason) {
        let words = NoteLanguage.allCases.map { NoteWords.skipped(reason, $0) }
        #expect(words.allSatisfy { !$0.isEmpty })
        #expect(words[0] != words[1])
    }

    @Test func factsAreKept() {
        let trigger = Trigger(
            kind: .breach, target: "resolution", round: 2, percent: 80, dueAt: NoteTextTests.due, isAfterChange: true, minutes: 5,
            isWorkingTime: false)
        #expect(Trigger(kind: .breach, target: "resolution", round: 2, facts: trigger.facts) == trigger)
    }
}

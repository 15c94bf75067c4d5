import OporaPluginKit
import Testing

@testable import opora

@Suite("Durations and instants")
struct SpansTests {
    static let now = Timestamp(1_800_000_000_000)

    @Test(
        "Two units at most, next to each other",
        arguments: [
            (0, "0 s", "0 с"), (999, "0 s", "0 с"), (61_000, "1 min 1 s", "1 мин 1 с"), (7_500_000, "2 h 5 min", "2 ч 5 мин"),
            (86_400_000 * 3, "3 d", "3 д"), (86_400_000 * 3 + 300_000, "3 d", "3 д"), (-7_200_000, "2 h", "2 ч"),
            (90_000_000, "1 d 1 h", "1 д 1 ч"),
        ])
    func text(milliseconds: Int64, en: String, ru: String) {
        #expect(Spans.text(milliseconds, .en) == en)
        #expect(Spans.text(milliseconds, .ru) == ru)
    }

    @Test(
        "Working time has no days",
        arguments: [(144_000_000, "40 h"), (34_200_000, "9 h 30 min"), (1_800_000, "30 min"), (5_400_000_000, "1,500 h")])
    func working(milliseconds: Int64, text: String) { #expect(Spans.working(milliseconds, .en) == text) }

    @Test("Dues seen from now")
    func due() {
        #expect(Spans.due(Self.now + 7_500_000, now: Self.now, .en) == Cell("due in 2 h 5 min"))
        #expect(Spans.due(Self.now + 600_000, now: Self.now, .ru) == Cell("через 10 мин", .warning))
        #expect(Spans.due(Self.now - 60_000, now: Self.now, .en) == Cell("overdue by 1 min", .bad))
        #expect(Spans.due(Self.now - 60_000, now: Self.now, .ru) == Cell("просрочено на 1 мин", .bad))
    }

    @Test("Long ago, hours no longer matter")
    func ago() {
        #expect(Spans.ago(Self.now - 90_000_000, now: Self.now, .en) == "1 d 1 h ago")
        #expect(Spans.ago(Self.now - 40 * 86_400_000 - 3_600_000, now: Self.now, .en) == "40 d ago")
        #expect(Spans.ago(Self.now + 5000, now: Self.now, .ru) == "0 с назад")
    }

    @Test(
        "Durations that people type",
        arguments: [
            ("30m", 1_800_000), ("4h", 14_400_000), ("1h30m", 5_400_000), ("90s", 90_000), ("250ms", 250), ("2ч", 7_200_000),
            ("5мин", 300_000),
            ("1h30m15s", 5_415_000), ("0s", 0), ("", nil), ("30", nil), ("h", nil), ("1d", nil), ("-1h", nil), ("1.5h", nil),
            ("1h ", nil),
            ("٣h", nil), ("9999999999h", nil),
        ] as [(String, Int64?)])
    func parse(text: String, milliseconds: Int64?) { #expect(Spans.parse(text) == milliseconds) }

    @Test("Instants that people type")
    func instants() throws {
        let moscow = try #require(SystemZones().zone("Europe/Moscow"))
        func read(_ text: String) -> String? { Spans.instant(text, zone: moscow, now: Self.now)?.text }
        #expect(read("now") == Self.now.text)
        #expect(read("+2h") == (Self.now + 7_200_000).text)
        #expect(read("2026-03-01") == "2026-02-28T21:00:00.000Z")
        #expect(read("2026-03-01 08:00") == "2026-03-01T05:00:00.000Z")
        #expect(read("2026-03-01T08:00:00+01:00") == "2026-03-01T07:00:00.000Z")
        for wrong in ["", "tomorrow", "+", "+2", "2026-02-30", "08:00"] { #expect(read(wrong) == nil) }
        #expect(Spans.local(Timestamp(0), moscow) == "1970-01-01 03:00")
        #expect(Spans.clock(Timestamp(3_723_000), .utc) == "01:02:03")
    }
}

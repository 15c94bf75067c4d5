import OporaPluginKit
import Testing

@testable import reporter

@Suite struct ColumnsTests {
    @Test func `cells stand under each other in any script, and lines have no end of spaces`() {
        let lines = Columns(sides: [.left, .right, .left]).lines([["новые", "1", "█"], ["open", "120", ""], ["é", "7", "x"]])
        #expect(lines == ["  новые    1  █", "  open   120", "  é        7  x"])
    }

    @Test(arguments: [(0, 10, 0), (10, 10, 30), (5, 10, 15), (1, 1000, 1), (3, 0, 0), (999, 1000, 30)] as [(Int64, Int64, Int)])
    func `bars`(_ value: Int64, _ largest: Int64, _ width: Int) {
        #expect(Columns.bar(value, of: largest).count == width)
    }

    @Test func `a name stays on one line and in its width`() {
        #expect(Columns.name("a\nb\tc\u{1b}[31m") == "a b c [31m")
        #expect(Columns.name(String(repeating: "я", count: 32)) == String(repeating: "я", count: 32))
        #expect(Columns.name(String(repeating: "я", count: 33)) == String(repeating: "я", count: 31) + "…")
    }

    @Test(
        arguments: [
            (nil, "—", "—"),
            (0, "0 min", "0 мин"),
            (29_999, "0 min", "0 мин"),
            (30_000, "1 min", "1 мин"),
            (3_599_999, "1 h 0 min", "1 ч 0 мин"),
            (86_399_000, "1 d 0 h", "1 д 0 ч"),
            (100_000_000, "1 d 3 h", "1 д 3 ч"),
        ] as [(Double?, String, String)])
    func `durations`(_ milliseconds: Double?, _ english: String, _ russian: String) {
        #expect(Words.english.duration(milliseconds) == english)
        #expect(Words.russian.duration(milliseconds) == russian)
    }

    @Test(arguments: Language.allCases)
    func `every word of the vocabulary has one in each language`(_ language: Language) {
        let words = Words(language)
        #expect(TicketStatus.allCases.allSatisfy { words.statuses[$0] != nil })
        #expect(Priority.allCases.allSatisfy { words.priorities[$0] != nil })
        #expect(TargetKind.allCases.allSatisfy { words.targets[$0] != nil })
        #expect(Age.allCases.allSatisfy { words.ages[$0] != nil })
        #expect(words.weekdays.count == 7 && words.weekdaysShort.count == 7)
        #expect(words.months.count == 12 && words.monthsShort.count == 12)
    }
}

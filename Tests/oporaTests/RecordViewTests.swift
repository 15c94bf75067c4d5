import OporaPluginKit
import Testing

@testable import opora

@Suite("Records")
struct RecordViewTests {
    static func lines(_ record: JSON, _ language: Language = .en) -> [String] {
        let rows = RecordView(record: record, language: language, time: { Spans.local($0, .utc) }).rows
        return TextTable(headers: ["", ""], rows: rows, width: nil, hasColour: false).lines
    }

    @Test("A policy's promises and a calendar's hours read as sentences")
    func nested() {
        #expect(
            Self.lines([
                "id": "P-1", "targets": ["urgent": ["first_response": 1_800_000, "resolution": 144_000_000]],
                "warnings": [50, 75],
            ]) == [
                "id        P-1", "targets   urgent: first response 30 min, resolution 40 h", "warnings  50, 75",
            ])
        #expect(
            Self.lines(["hours": ["mon": [["09:00", "13:00"], ["14:00", "18:00"]], "sun": []], "always_open": false], .ru) == [
                "часы работы    mon: 09:00-13:00, 14:00-18:00", "               sun: закрыто", "круглосуточно  нет",
            ])
    }

    @Test("Times are shown as local ones, what is empty as a dash")
    func values() {
        #expect(
            Self.lines(["created_at": "2026-03-01T08:00:00.000Z", "members": [], "conditions": [:], "lead": .null]) == [
                "created at  2026-03-01 08:00", "members     —", "conditions  —", "lead        —",
            ])
    }
}

import Foundation
import OporaDomain
import OporaProtocol
import OporaTime
import Testing

@Suite("Business calendars")
struct CalendarTests {
    static let zones = SystemZones()

    static func spec(_ text: String) throws -> CalendarSpec {
        try CalendarSpec(reading: try #require(try JSON(parsing: text).object))
    }

    static func calendar(_ text: String) throws -> BusinessCalendar {
        let spec = try spec(text)
        return BusinessCalendar(spec, zone: try #require(zones.zone(spec.zone)))
    }

    @Test(
        "What is no calendar is refused, with its member",
        arguments: [
            (#"{"hours":{"mon":[["09:00","17:00"]]}}"#, "zone"), (#"{"zone":"UTC"}"#, "hours"),
            (#"{"zone":"UTC","hours":{"mon":[["17:00","09:00"]]}}"#, "hours.mon"),
            (#"{"zone":"UTC","hours":{"mon":[["09:00","09:00"]]}}"#, "hours.mon"),
            (#"{"zone":"UTC","hours":{"mon":[["09:00","12:00"],["11:00","13:00"]]}}"#, "hours.mon"),
            (#"{"zone":"UTC","hours":{"mon":[["09:00"]]}}"#, "hours.mon"), (#"{"zone":"UTC","hours":{"mond":[]}}"#, "hours.mond"),
            (#"{"zone":"UTC","hours":{"mon":[["9","17:00"]]}}"#, "hours.mon"), (#"{"zone":"UTC","hours":[]}"#, "hours"),
            (#"{"zone":"UTC","always_open":true,"holidays":["2026-02-30"]}"#, "holidays"),
            (#"{"zone":"UTC","always_open":true,"holidays_yearly":["13-01"]}"#, "holidays_yearly"),
            (#"{"zone":"UTC","always_open":1}"#, "always_open"),
        ])
    func refused(text: String, member: String) throws {
        #expect {
            _ = try Self.spec(text)
        } throws: { error in
            guard case .validation(let found, _) = error as? Rejection else { return false }
            return found == member
        }
    }

    @Test(
        "Due instants",
        arguments: dueCases)
    func due(text: String, start: String, minutes: Int64, expected: String) throws {
        let due = try Self.calendar(text).due(start: try #require(Timestamp(start)), budget: minutes * 60_000)
        #expect(due.text == expected)
    }

    static let dueCases: [(String, String, Int64, String)] = [
        // Used up exactly at close: due at close.
        (
            #"{"zone":"UTC","hours":{"mon":[["09:00","17:00"]]}}"#, "2026-11-23T09:00:00Z", Int64(8 * 60),
            "2026-11-23T17:00:00.000Z"
        ),
        // Nothing to work off: the first working instant.
        (#"{"zone":"UTC","hours":{"mon":[["09:00","17:00"]]}}"#, "2026-11-22T09:00:00Z", Int64(0), "2026-11-23T09:00:00.000Z"),
        // A lunch break.
        (
            #"{"zone":"UTC","hours":{"mon":[["09:00","12:00"],["13:00","17:00"]]}}"#, "2026-11-23T11:30:00Z", 60,
            "2026-11-23T13:30:00.000Z"
        ),
        // A holiday beats an override; an override replaces the weekday.
        (
            #"{"zone":"UTC","hours":{"mon":[["09:00","17:00"]],"tue":[["09:00","17:00"]]},"holidays":["2026-11-23"],"overrides":{"2026-11-23":[["09:00","17:00"]],"2026-11-24":[["10:00","11:00"]]}}"#,
            "2026-11-23T08:00:00Z", 30, "2026-11-24T10:30:00.000Z"
        ),
        // A yearly holiday, and a break cut out of a date's hours.
        (
            #"{"zone":"UTC","always_open":true,"holidays_yearly":["01-01"],"breaks":{"2026-01-02":[["00:00","10:00"]]}}"#,
            "2025-12-31T23:30:00Z", 60, "2026-01-02T10:30:00.000Z"
        ),
        // The night that is an hour longer counts it.
        (#"{"zone":"Europe/Berlin","always_open":true}"#, "2022-10-29T22:00:00Z", 25 * 60, "2022-10-30T23:00:00.000Z"),
        // Two intervals that the spring gap pushes together count once.
        (
            #"{"zone":"Europe/Berlin","hours":{"sun":[["02:00","02:30"],["03:00","04:00"]]}}"#, "2022-03-26T12:00:00Z", 60,
            "2022-03-27T02:00:00.000Z"
        ),
    ]

    @Test("A calendar without enough working time is exhausted, it does not loop")
    func exhausted() throws {
        let calendar = try Self.calendar(#"{"zone":"UTC","overrides":{"2020-01-01":[["09:00","10:00"]]}}"#)
        #expect(throws: Rejection.calendarExhausted(years: 5)) {
            try calendar.due(start: try #require(Timestamp("2026-01-01T00:00:00Z")), budget: 1)
        }
    }

    @Test("Many pauses in any order, overlapping, cost no more than a look at each")
    func manyPauses() throws {
        let hours = (0..<24).map { String(format: #"["%02d:00","%02d:30"]"#, $0, $0) }.joined(separator: ",")
        let week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map { "\"\($0)\":[\(hours)]" }.joined(separator: ",")
        let calendar = try Self.calendar("{\"zone\":\"Europe/Berlin\",\"hours\":{\(week)}}")
        let start = try #require(Timestamp("2026-01-01T00:00:00Z"))
        let pauses = (0..<1000).reversed().map { Span(start: start + $0 * 3_600_000, end: start + $0 * 3_600_000 + 1_200_000) }
        let due = try calendar.due(start: start, budget: 1000 * 600_000, pauses: pauses + pauses)
        #expect(due == start + 999 * 3_600_000 + 1_800_000)
        #expect(throws: Rejection.self) { try calendar.due(start: start, budget: 1 << 50, pauses: pauses) }
    }

    @Test("Worked time up to the due instant is the budget, whatever the calendar and the pauses")
    func inverse() throws {
        let texts = [
            #"{"zone":"Europe/Berlin","hours":{"mon":[["09:00","12:30"],["13:00","18:00"]],"thu":[["00:00","24:00"]]}}"#,
            #"{"zone":"Australia/Lord_Howe","always_open":true,"holidays":["2022-04-03"]}"#,
            #"{"zone":"America/Sao_Paulo","hours":{"sun":[["00:00","24:00"]],"sat":[["22:00","24:00"]]}}"#,
        ]
        var random = SystemRandomNumberGenerator()
        for text in texts {
            let calendar = try Self.calendar(text)
            for _ in 0..<300 {
                let start = Timestamp(Int64.random(in: 1_420_070_400_000...1_735_689_600_000, using: &random))
                let budget = Int64.random(in: 1...200 * 3_600_000, using: &random)
                let pauses = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                    let from = start + Int64.random(in: 0...400 * 3_600_000, using: &random)
                    return Span(start: from, end: from + Int64.random(in: 0...100 * 3_600_000, using: &random))
                }
                let due = try calendar.due(start: start, budget: budget, pauses: pauses)
                #expect(calendar.worked(from: start, to: due, pauses: pauses) == budget)
                #expect(calendar.worked(from: start, to: due - 1, pauses: pauses) == budget - 1)
            }
        }
    }
}

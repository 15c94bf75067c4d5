import OporaPluginKit
import Testing

@testable import opora

@Suite("Places of consumers")
struct ConsumerArgumentTests {
    @Test(
        "A place is an end of the log, a position or a time",
        arguments: [
            ("beginning", ["from": "beginning"]), ("now", ["from": "now"]), ("0", ["after_seq": 0]), ("919", ["after_seq": 919]),
            ("2026-03-01", ["at": "1970-01-01T00:00:00.010Z"]), ("-5", ["at": "1970-01-01T00:00:00.002Z"]),
        ] as [(String, JSON)])
    func places(text: String, place: JSON) {
        // Whatever is neither is left to the reader of times.
        #expect(ConsumerSeek.place(text) { Timestamp(Int64($0.count)) } == place)
    }

    @Test("A consumer reads as a record in both languages")
    func record() {
        let consumer: JSON = [
            "state": "paused", "types": ["ticket.created"], "parked": 2, "max_deliver": 8,
            "lease_until": "2026-03-01T08:00:30.000Z",
        ]
        #expect(
            RecordViewTests.lines(consumer, .ru) == [
                "состояние           paused", "типы событий        ticket.created", "отложено событий    2",
                "попыток на событие  8", "читает до           2026-03-01 08:00",
            ])
    }
}

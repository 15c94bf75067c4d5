import OporaTime
import Testing

@testable import OporaKernel

@Suite("Deliveries")
struct DeliveriesTests {
    /// Pages as first and last position, and what each position counts after them.
    struct Case: CustomTestStringConvertible {
        var pages: [(Int64, Int64)]
        var acked: Int64 = 0
        var counts: [Int64: Int]
        var attempts: Int
        var testDescription: String { "\(pages) acked \(acked)" }
    }

    static let cases = [
        Case(pages: [], counts: [1: 0], attempts: 0),
        Case(pages: [(1, 4)], counts: [1: 1, 4: 1, 5: 0], attempts: 1),
        Case(pages: [(1, 4), (1, 2)], counts: [1: 2, 2: 2, 3: 1, 4: 1, 5: 0], attempts: 2),
        Case(pages: [(1, 2), (1, 4)], counts: [1: 2, 2: 2, 3: 1, 4: 1], attempts: 2),
        Case(pages: [(1, 4), (1, 4), (1, 1)], counts: [1: 3, 2: 2, 4: 2], attempts: 3),
        Case(pages: [(1, 4), (1, 4)], acked: 4, counts: [5: 0], attempts: 0),
        Case(pages: [(1, 4), (1, 4)], acked: 2, counts: [3: 2, 4: 2], attempts: 0),
        // What came along in earlier pages counts as handed out, but only its own turns as attempts.
        Case(pages: [(1, 4), (1, 4), (1, 1), (2, 9)], acked: 1, counts: [2: 3, 4: 3, 5: 1], attempts: 1),
    ]

    @Test("Counts and attempts follow the pages", arguments: cases)
    func counts(_ expected: Case) {
        var deliveries = Deliveries()
        for (first, last) in expected.pages {
            deliveries.forget(upTo: first - 1)
            deliveries.handOut(first: first, last: last, now: Timestamp(0))
        }
        deliveries.forget(upTo: expected.acked)
        for (seq, count) in expected.counts { #expect(deliveries.count(seq) == count, "position \(seq)") }
        #expect(deliveries.attempts == expected.attempts)
        #expect(deliveries.isAlone == (expected.attempts >= 2))
    }

    @Test(
        "An event rests longer each time, five minutes at most",
        arguments: [
            (1, nil), (2, 1000), (3, 2000), (4, 4000), (9, 128_000), (10, 256_000), (11, 300_000), (100, 300_000),
        ] as [(Int, Int64?)])
    func rests(attempts: Int, milliseconds: Int64?) {
        #expect(Deliveries.rest(attempts) == milliseconds)
        var deliveries = Deliveries()
        for _ in 0..<attempts { deliveries.handOut(first: 7, last: 7, now: Timestamp(5)) }
        #expect(deliveries.restsUntil == milliseconds.map { Timestamp(5 + $0) })
    }

    @Test("However often pages go out, what is remembered is bounded")
    func bounded() {
        var deliveries = Deliveries()
        for _ in 0..<(Deliveries.pages * 3) { deliveries.handOut(first: 1, last: 1, now: Timestamp(0)) }
        #expect(deliveries.count(1) == Deliveries.pages)
    }
}

import Testing

@testable import notifier

@Suite struct BackoffTests {
    @Test("pauses grow, the last one stays, the last try has none")
    func pauses() {
        let backoff = Backoff()
        let pauses = (1...backoff.attempts).map { backoff.pause(after: $0) }
        #expect(pauses.prefix(6) == [10_000, 60_000, 300_000, 1_800_000, 7_200_000, 14_400_000])
        #expect(pauses.dropFirst(6).dropLast() == [14_400_000, 14_400_000, 14_400_000, 14_400_000, 14_400_000])
        #expect(pauses.last == .some(nil))
    }

    @Test("one attempt means no second one")
    func once() {
        #expect(Backoff(pauses: [5], attempts: 1).pause(after: 1) == nil)
        #expect(Backoff(pauses: [5], attempts: 2).pause(after: 1) == 5)
    }
}

import OporaPluginKit
import OporaPluginStore
import Testing

@testable import notifier

@Suite struct OutboxTests {
    static func draft(_ key: String, lane: String = "mail") -> Draft {
        Draft(key: key, lane: lane, recipient: "U-2", kind: "assigned", ticket: TicketID(rawValue: 1), data: ["ticket": "T-1"])
    }

    let scratch: Scratch
    let outbox: Outbox
    let clock = ManualClock()

    init() throws {
        scratch = try Scratch()
        outbox = try scratch.outbox()
    }

    private func next(_ lane: String = "mail") throws -> Delivery { try #require(try outbox.next(lane, now: clock.now)) }

    @Test("the same key is there once, whatever its state, also after a restart")
    func once() throws {
        #expect(try outbox.add([Self.draft("a"), Self.draft("a"), Self.draft("b")], at: .at(5), now: clock.now) == 2)
        try outbox.settle(try next(), .sent, now: clock.now, Backoff())
        #expect(try outbox.add([Self.draft("a"), Self.draft("b")], at: .at(5), now: clock.now) == 0)
        let again = try scratch.outbox()
        #expect(try again.add([Self.draft("a"), Self.draft("b")], at: .at(5), now: clock.now) == 0)
        #expect(try again.counts() == DeliveryCounts(queued: 1, sent: 1))
    }

    @Test("drafts and position are written together")
    func together() throws {
        try outbox.add([Self.draft("a")], at: .at(5), now: clock.now)
        #expect(try outbox.store.position() == .at(5))
        #expect(try outbox.next("mail", now: clock.now)?.draft == Self.draft("a"))
        try outbox.add([], at: .at(9), now: clock.now)
        #expect(try outbox.store.position() == .at(9))
        try outbox.add([Self.draft("survey")], now: clock.now)
        #expect(try outbox.store.position() == .at(9))
    }

    @Test("failures are tried again, later and later, and then given up")
    func backoff() throws {
        let backoff = Backoff(pauses: [10_000, 60_000], attempts: 4)
        try outbox.add([Self.draft("a")], now: clock.now)
        for pause: Int64 in [10_000, 60_000, 60_000] {
            #expect(try outbox.settle(try next(), .failed("451"), now: clock.now, backoff) == .failed)
            #expect(try outbox.nextDue("mail") == clock.now + pause)
            clock.advance(milliseconds: pause - 1)
            #expect(try outbox.next("mail", now: clock.now) == nil)
            clock.advance(milliseconds: 1)
        }
        #expect(try outbox.settle(try next(), .failed("452"), now: clock.now, backoff) == .dead)
        #expect(try outbox.next("mail", now: .latest) == nil)
        let dead = try #require(try outbox.list(.dead, limit: 10).first)
        #expect(dead.attempts == 4)
        #expect(dead.problem == "452")
        #expect(try outbox.counts() == DeliveryCounts(dead: 1))
    }

    @Test(
        "ends",
        arguments: [
            (Outcome.sent, DeliveryState.sent), (.skipped(.noEmail), .skipped), (.refused("550"), .dead), (.stopped, .queued),
        ])
    func ends(_ outcome: Outcome, _ state: DeliveryState) throws {
        try outbox.add([Self.draft("a")], now: clock.now)
        #expect(try outbox.settle(try next(), outcome, now: clock.now, Backoff()) == state)
        let delivery = try #require(try outbox.delivery(1))
        #expect(delivery.state == state)
        #expect((delivery.finishedAt == nil) == (outcome == .stopped))
        #expect(delivery.attempts == (outcome == .stopped ? 0 : 1))
    }

    @Test("a delivery that ended is not settled again")
    func settledOnce() throws {
        try outbox.add([Self.draft("a")], now: clock.now)
        let delivery = try next()
        try outbox.settle(delivery, .sent, now: clock.now, Backoff())
        try outbox.settle(delivery, .failed("late"), now: clock.now, Backoff())
        try outbox.settle(delivery, .sent, now: clock.now, Backoff())
        #expect(try outbox.counts() == DeliveryCounts(sent: 1))
    }

    @Test("lanes do not see each other, and each is first come, first served")
    func lanes() throws {
        try outbox.add([Self.draft("a"), Self.draft("w", lane: "webhook/x"), Self.draft("b")], now: clock.now)
        #expect(try next().draft.key == "a")
        #expect(try next("webhook/x").draft.key == "w")
        try outbox.settle(try next(), .failed("x"), now: clock.now, Backoff())
        #expect(try next().draft.key == "b")
        #expect(try outbox.openLanes().sorted() == ["mail", "webhook/x"])
    }

    @Test("what was not sent can be tried again, what was can't")
    func retry() throws {
        try outbox.add([Self.draft("a"), Self.draft("b")], now: clock.now)
        try outbox.settle(try next(), .refused("550"), now: clock.now, Backoff())
        try outbox.settle(try next(), .sent, now: clock.now, Backoff())
        clock.advance(milliseconds: 5)
        #expect(try outbox.retry(1, now: clock.now))
        #expect(try next().attempts == 0)
        #expect(try !outbox.retry(2, now: clock.now))
        #expect(try !outbox.retry(3, now: clock.now))
    }

    @Test("what ended long ago is cleaned away, what waits stays, the count of sent stays")
    func cleaning() throws {
        try outbox.add([Self.draft("a"), Self.draft("b")], now: clock.now)
        try outbox.settle(try next(), .sent, now: clock.now, Backoff())
        #expect(try !outbox.clean(before: clock.now))
        #expect(try outbox.list(nil, limit: 10).count == 2)
        #expect(try !outbox.clean(before: clock.now + 1))
        #expect(try outbox.list(nil, limit: 10).map(\.draft.key) == ["b"])
        #expect(try outbox.counts() == DeliveryCounts(queued: 1, sent: 1))
    }
}

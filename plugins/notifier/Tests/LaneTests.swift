import Logging
import OporaPluginKit
import Testing

@testable import notifier

@Suite struct LaneTests {
    let scratch: Scratch
    let outbox: Outbox
    let clock = ManualClock()

    init() throws {
        scratch = try Scratch()
        outbox = try scratch.outbox()
    }

    private func lane(_ outlet: FakeOutlet) -> Lane {
        Lane(
            name: "mail", outbox: outbox, outlet: outlet, backoff: Backoff(), clock: clock.clock, bell: Bell(), log: .silent)
    }

    @Test("sends what is due, then sleeps until more is")
    func steps() async throws {
        let outlet = FakeOutlet([.failed("451"), .sent])
        let lane = lane(outlet)
        #expect(try await lane.step() == Lane.idleMilliseconds)
        try outbox.add([OutboxTests.draft("a"), OutboxTests.draft("b")], now: clock.now)
        #expect(try await lane.step() == 0)
        #expect(try await lane.step() == 0)
        #expect(outlet.tried == [1, 2])
        #expect(try await lane.step() == 10_000)
        clock.advance(milliseconds: 10_000)
        #expect(try await lane.step() == 0)
        #expect(outlet.tried == [1, 2, 1])
        #expect(try outbox.counts() == DeliveryCounts(sent: 2))
    }

    @Test("while the kernel is away nothing counts as a try")
    func away() async throws {
        let outlet = FakeOutlet([])
        let lane = lane(outlet)
        try outbox.add([OutboxTests.draft("a")], now: clock.now)
        outlet.fail(.noAnswer(method: "ticket.get", milliseconds: 10_000))
        for _ in 0..<100 { #expect(try await lane.step() == Lane.kernelMilliseconds) }
        #expect(try outbox.counts() == DeliveryCounts(queued: 1))
        outlet.fail(nil)
        #expect(try await lane.step() == 0)
        #expect(try outbox.counts() == DeliveryCounts(sent: 1))
    }

    @Test("a kernel that refuses to show the text is a failure to be seen")
    func forbidden() async throws {
        let outlet = FakeOutlet([])
        outlet.fail(.rejected(RPCError(.forbidden, "no")))
        try outbox.add([OutboxTests.draft("a")], now: clock.now)
        #expect(try await lane(outlet).step() == 0)
        #expect(try outbox.list(.failed, limit: 1).first?.problem == "the kernel gave no text: forbidden")
    }

    @Test("a ring wakes the sender, a cancel ends it", .timeLimit(.minutes(1)))
    func rings() async throws {
        let outlet = FakeOutlet([])
        let lane = lane(outlet)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await lane.run() }
            // The clock stands still: only the bell can make the lane look again within the idle time.
            for key in ["a", "b", "c"] {
                _ = try? outbox.add([OutboxTests.draft(key)], now: clock.now)
                lane.bell.ring()
                while (try? outbox.nextDue("mail")) != .some(nil) { await Task.yield() }
            }
            group.cancelAll()
        }
        #expect(outlet.tried == [1, 2, 3])
    }

    @Test("a ring before the wait is not lost, and is heard once", .timeLimit(.minutes(1)))
    func kept() async {
        let bell = Bell()
        bell.ring()
        bell.ring()
        await bell.wait(milliseconds: 3_600_000)
        await bell.wait(milliseconds: 1)
    }
}

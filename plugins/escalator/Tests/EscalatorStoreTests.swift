import OporaPluginKit
import Testing

@testable import escalator

@Suite("What the escalator remembers")
struct EscalatorStoreTests {
    let scratch: Scratch
    let rules = EscalationRules(settings: EscalatorSettings())

    init() throws { scratch = try Scratch() }

    @Test func eachTargetCycleAndKindIsPlannedOnce() throws {
        let store = try scratch.store()
        let events = [
            try Samples.warning(seq: 1, percent: 75), try Samples.warning(seq: 2, percent: 90), try Samples.breach(seq: 3),
            try Samples.breach(seq: 4, cause: "policy_changed"), try Samples.breach(ticket: "T-2", seq: 5),
        ]
        #expect(try store.take(Samples.batch(events), rules, now: Timestamp(0)))
        #expect(
            try store.pending(limit: 10).map { "\($0.ticket) \($0.trigger.kind.rawValue)" } == [
                "T-1 warning", "T-1 breach", "T-2 breach",
            ])
    }

    @Test func positionAndPlanAreKeptTogether() throws {
        let store = try scratch.store()
        #expect(try store.position() == nil)
        #expect(try !store.take(Samples.batch([], seq: 7), rules, now: Timestamp(0)))
        #expect(try store.position() == LogPosition(logID: "log", epoch: 3, seq: 7))
    }

    @Test func aTouchStartsTheWatchAnewAndAWaitEndsIt() throws {
        let store = try scratch.store()
        _ = try store.take(
            Samples.batch([try Samples.event(.ticketCreated, seq: 1, ["status": "new"])], seq: 1), rules, now: Timestamp(0))
        let first = try #require(try store.watchesWithoutDue(limit: 10).first)
        _ = try store.take(Samples.batch([try Samples.event(.ticketAssigned, seq: 2)], seq: 2), rules, now: Timestamp(0))
        // What was computed for the first touch comes too late.
        try store.setFiring(first, at: Timestamp(5), isWorkingTime: true)
        #expect(try store.watchesDue(Timestamp(5), limit: 10).isEmpty)
        #expect(try store.watchesWithoutDue(limit: 10).map(\.touchedSeq) == [2])
        try store.fire(first, rules.escalation(for: first, minutes: 240), now: Timestamp(5))
        #expect(try store.pending(limit: 10).isEmpty)
        let waits = try Samples.event(.ticketStatusChanged, seq: 3, ["after": ["status": "pending"]])
        _ = try store.take(Samples.batch([waits], seq: 3), rules, now: Timestamp(0))
        #expect(try store.counts().watched == 0)
    }

    @Test func anotherLogIsAnotherDesk() throws {
        let store = try scratch.store()
        let events = [try Samples.breach(), try Samples.event(.ticketAssigned, ticket: "T-9", seq: 12)]
        _ = try store.take(Samples.batch(events), rules, now: Timestamp(0))
        _ = try store.take(Samples.batch([try Samples.breach(seq: 2)], seq: 2, logID: "new"), rules, now: Timestamp(0))
        #expect(try store.counts() == EscalatorCounts(pending: 1, done: 0, skipped: 3, failed: 0, watched: 0))
        #expect(try store.pending(limit: 10).first?.steps.first?.key == "escalator:3:2:1")
    }

    @Test func pendingWorkIsListed() throws {
        let store = try scratch.store()
        _ = try store.take(Samples.batch([try Samples.breach()]), rules, now: Timestamp(0))
        let answer = try store.pendingAnswer(try PendingQuery(["limit": 5]))
        #expect(answer["total"] == 1)
        #expect(answer["items"]?.array?.first?["ticket"] == "T-1")
        let steps = answer["items"]?.array?.first?["steps"]?.array ?? []
        #expect(steps.map { $0["step"]?.string } == ["raise_priority", "assign_lead", "note"])
    }

    @Test(arguments: [["limit": 0], ["limit": 201], ["limit": "5"], ["page": 1]] as [JSON])
    func wrongParametersAreRefused(params: JSON) {
        #expect(throws: RPCError.self) { try PendingQuery(params) }
    }
}

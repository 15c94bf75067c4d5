import Logging
import OporaPluginKit
import Testing

@testable import escalator

@Suite("Carrying escalations out")
struct EscalationWorkerTests {
    let scratch: Scratch
    let rules = EscalationRules(settings: EscalatorSettings())

    init() throws { scratch = try Scratch() }

    private func worker(_ store: EscalatorStore, _ desk: TinyDesk) -> EscalationWorker {
        EscalationWorker(
            store: store, desk: desk, note: NoteText(language: .en, zone: .utc),
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func planBreach() throws {
        let store = try scratch.store()
        _ = try store.take(Samples.batch([try Samples.breach()]), rules, now: Timestamp(0))
    }

    @Test func aBreachIsRaisedAssignedAndNotedOnce() async throws {
        try planBreach()
        let desk = TinyDesk()
        let store = try scratch.store()
        try await worker(store, desk).carryOutAll()
        try await worker(store, desk).carryOutAll()
        #expect(desk.seen.effects == ["ticket.set_priority", "ticket.assign", "ticket.note"])
        #expect(desk.seen.priority == "high")
        #expect(desk.seen.assignee == "U-1")
        #expect(desk.seen.causations == ["log.10"])
        #expect(
            desk.seen.notes == [
                """
                SLA breached: the resolution was due 2026-11-22 09:00 (UTC).
                Done: priority raised from normal to high; assigned to the lead of the group.
                """
            ])
        #expect(try store.counts() == EscalatorCounts(pending: 0, done: 3, skipped: 0, failed: 0, watched: 0))
    }

    /// The plugin is killed at every call in turn, before or after its effect; the next start finishes the work.
    @Test(arguments: TinyDesk.Fault.allCases, 1...7)
    func aCrashAnywhereLosesAndDoublesNothing(fault: TinyDesk.Fault, call: Int) async throws {
        try planBreach()
        let desk = TinyDesk { $0.fault = (call, fault) }
        await #expect(throws: CallError.self) { try await worker(try scratch.store(), desk).carryOutAll() }
        try await worker(try scratch.store(), desk).carryOutAll()
        #expect(desk.seen.effects == ["ticket.set_priority", "ticket.assign", "ticket.note"])
        #expect(desk.seen.priority == "high")
        #expect(desk.seen.notes.count == 1)
    }

    @Test func aPersonWhoChangesTheTicketMeanwhileIsRead() async throws {
        try planBreach()
        let desk = TinyDesk { $0.meddlings = 2 }
        try await worker(try scratch.store(), desk).carryOutAll()
        #expect(desk.seen.effects == ["ticket.set_priority", "ticket.assign", "ticket.note"])
    }

    @Test func aSolvedTicketGetsNoStep() async throws {
        try planBreach()
        let desk = TinyDesk { $0.status = "solved" }
        let store = try scratch.store()
        try await worker(store, desk).carryOutAll()
        #expect(desk.seen.effects.isEmpty)
        #expect(try store.counts().skipped == 3)
    }

    @Test func aWarningThatComesAfterItsBreachIsNotedLate() async throws {
        let store = try scratch.store()
        _ = try store.take(Samples.batch([try Samples.warning()]), rules, now: Timestamp(0))
        let desk = TinyDesk()
        try await worker(store, desk).carryOutAll()
        #expect(desk.seen.effects == ["ticket.note"])
        #expect(desk.seen.notes.first?.hasSuffix("Told late.") == true)
    }

    @Test func aTicketThatIsGoneIsSkipped() async throws {
        try planBreach()
        let desk = TinyDesk { $0.refusals["ticket.get"] = .notFound }
        let store = try scratch.store()
        try await worker(store, desk).carryOutAll()
        #expect(try store.counts() == EscalatorCounts(pending: 0, done: 0, skipped: 3, failed: 0, watched: 0))
    }

    @Test func whatIsRefusedForGoodFailsAndIsTold() async throws {
        try planBreach()
        let desk = TinyDesk { $0.refusals["ticket.assign"] = .forbidden }
        let store = try scratch.store()
        try await worker(store, desk).carryOutAll()
        #expect(try store.counts() == EscalatorCounts(pending: 0, done: 2, skipped: 0, failed: 1, watched: 0))
        #expect(desk.seen.notes.first?.contains("Not done: a step was refused (forbidden).") == true)
    }

    @Test func aVersionThatNeverSettlesIsGivenUp() async throws {
        try planBreach()
        let desk = TinyDesk { $0.refusals["ticket.set_priority"] = .versionConflict }
        let store = try scratch.store()
        try await worker(store, desk).carryOutAll()
        #expect(try store.counts().failed == 1)
        #expect(desk.seen.effects == ["ticket.assign", "ticket.note"])
    }

    @Test func aKernelThatFailsAtAStepIsAskedABoundedNumberOfTimes() async throws {
        try planBreach()
        let desk = TinyDesk { $0.refusals["ticket.note"] = .internalError }
        let store = try scratch.store()
        var passes = 0
        while try store.counts().pending > 0, passes < 20 {
            passes += 1
            try? await worker(store, desk).carryOutAll()
        }
        #expect(passes == FailureRules.triesAtMost)
        #expect(try store.counts().failed == 1)
    }

    @Test func aTicketOfTheLeadKeepsItsAssignee() async throws {
        try planBreach()
        let desk = TinyDesk {
            $0.assignee = "U-1"
            $0.priority = "urgent"
        }
        try await worker(try scratch.store(), desk).carryOutAll()
        #expect(desk.seen.effects == ["ticket.note"])
        #expect(
            desk.seen.notes.first?.hasSuffix(
                "Not done: the priority is urgent already; the lead has the ticket already.") == true)
    }
}

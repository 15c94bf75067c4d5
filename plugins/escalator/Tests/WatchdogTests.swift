import Logging
import OporaPluginKit
import Synchronization
import Testing

@testable import escalator

@Suite("The watch over untouched tickets")
struct WatchdogTests {
    let scratch: Scratch
    let rules = EscalationRules(settings: EscalatorSettings())
    let touchedAt = Timestamp("2026-11-22T10:00:00.000Z") ?? .earliest

    init() throws { scratch = try Scratch() }

    private func watchdog(_ store: EscalatorStore, _ desk: TinyDesk, at now: Timestamp) -> Watchdog {
        Watchdog(
            store: store, desk: desk, rules: rules, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: { now })
    }

    private func touch(_ store: EscalatorStore, seq: Int64) throws {
        let event = try Samples.event(.ticketAssigned, seq: seq)
        _ = try store.take(Samples.batch([event], seq: seq), rules, now: Timestamp(0))
    }

    @Test func itFiresAtTheWorkingDueOncePerTouch() async throws {
        let store = try scratch.store()
        try touch(store, seq: 10)
        // The desk of the tests counts every working minute twice.
        let due = touchedAt + 2 * 240 * 60_000
        let desk = TinyDesk()
        #expect(try await watchdog(store, desk, at: due - 10_000).look() == 10_000)
        #expect(try await watchdog(store, desk, at: due - 86_400_000).look() == Watchdog.longestPauseMilliseconds)
        #expect(try store.pending(limit: 10).isEmpty)
        #expect(try await watchdog(store, desk, at: due).look() == 0)
        #expect(try await watchdog(store, desk, at: due + 86_400_000).look() == Watchdog.longestPauseMilliseconds)
        let work = try store.pending(limit: 10)
        #expect(work.map(\.trigger) == [Trigger(kind: .untouched, round: 10, minutes: 240)])
        #expect(work.first?.steps.map(\.key) == ["escalator:untouched:T-1:10:1", "escalator:untouched:T-1:10:2"])
        try touch(store, seq: 20)
        _ = try await watchdog(store, desk, at: due).look()
        #expect(try store.pending(limit: 10).map(\.trigger.round) == [10, 20])
    }

    @Test(arguments: [true, false])
    func withoutACalendarTheClockOnTheWallCounts(isRefused: Bool) async throws {
        let store = try scratch.store()
        try touch(store, seq: 10)
        let desk = TinyDesk {
            if isRefused { $0.refusals["calendar.due"] = .calendarExhausted } else { $0.calendars = [] }
        }
        #expect(try await watchdog(store, desk, at: touchedAt + 240 * 60_000).look() == 0)
        #expect(try store.pending(limit: 10).map(\.trigger.isWorkingTime) == [false])
    }

    @Test func whileTheKernelIsAwayNothingIsLost() async throws {
        let store = try scratch.store()
        try touch(store, seq: 10)
        let desk = TinyDesk { $0.fault = (2, .beforeEffect) }
        await #expect(throws: CallError.self) { try await watchdog(store, desk, at: touchedAt).look() }
        #expect(try await watchdog(store, desk, at: touchedAt + 2 * 240 * 60_000).look() == 0)
    }

    @Test func theStartComputesDueTimesAnew() async throws {
        let store = try scratch.store()
        try touch(store, seq: 10)
        _ = try await watchdog(store, TinyDesk(), at: touchedAt).look()
        #expect(try store.watchesWithoutDue(limit: 10).isEmpty)
        try store.forgetDueTimes()
        #expect(try store.watchesWithoutDue(limit: 10).count == 1)
    }
}

import OporaProtocol
import OporaStore
import Synchronization

/// What the kernel counts, since its start.
final class Counters: Sendable {
    private struct State {
        var commands: Int64 = 0
        var transactions: Int64 = 0
        var rejected: Int64 = 0
        var events: Int64 = 0
        var queries: Int64 = 0
        var malformed: Int64 = 0
        var ignoredNotifications: Int64 = 0
        var refused: Int64 = 0
        var faults: Int64 = 0
        var slaLateMillisecondsMax: Int64 = 0
    }
    private let state = Mutex(State())

    func transaction(commands: Int, rejected: Int, events: Int) {
        state.withLock {
            $0.transactions += 1
            $0.commands += Int64(commands)
            $0.rejected += Int64(rejected)
            $0.events += Int64(events)
        }
    }
    func queries(_ count: Int) { state.withLock { $0.queries += Int64(count) } }
    func malformed() { state.withLock { $0.malformed += 1 } }
    func ignoredNotification() { state.withLock { $0.ignoredNotifications += 1 } }
    func refused() { state.withLock { $0.refused += 1 } }
    /// A name for a fault, the same in the answer and in the log of this run of the kernel.
    func faultID() -> String {
        state.withLock {
            $0.faults += 1
            return "f\($0.faults)"
        }
    }
    func late(_ milliseconds: [Int64]) {
        guard let most = milliseconds.max() else { return }
        state.withLock { $0.slaLateMillisecondsMax = max($0.slaLateMillisecondsMax, most) }
    }

    var json: JSONObject {
        state.withLock { state in
            let mean = state.transactions == 0 ? 0 : Double(state.commands) / Double(state.transactions)
            return JSONObject([
                ("commands", .int(state.commands)), ("transactions", .int(state.transactions)),
                ("batch_mean", .double(mean)), ("rejected", .int(state.rejected)), ("reads", .int(state.queries)),
                ("events", .int(state.events)), ("malformed", .int(state.malformed)),
                ("ignored_notifications", .int(state.ignoredNotifications)), ("refused", .int(state.refused)),
                ("sla", ["late_ms_max": .int(state.slaLateMillisecondsMax)]),
            ])
        }
    }
}

/// What keeps the kernel from being well, for `kernel.health`.
final class Problems: Sendable {
    private let current = Mutex<StoreError?>(nil)

    func note(_ error: StoreError) { current.withLock { $0 = error } }
    func clear() {
        current.withLock { problem in
            // Damage does not heal by writing elsewhere.
            if case .corrupt = problem { return }
            problem = nil
        }
    }
    var texts: [String] { current.withLock { $0.map { ["\($0)"] } ?? [] } }
}

import OporaTime
import Synchronization

/// Queries that wait for something new in the log. They hold no view of the database while they wait.
final class LongPolls: Sendable {
    /// Queries that may wait at once; one more is answered at once with nothing.
    static let waiting = 4096

    private struct State {
        var jobs: [QueryJob] = []
        var head: Int64 = 0
        var isClosed = false
    }
    private let state = Mutex(State())

    /// What became of a query that would wait.
    enum Parking {
        case parked
        /// The log has grown since it looked.
        case lookAgain
        /// Too many wait, or the kernel stops: it is answered as it is.
        case full
    }

    /// Lets a query wait.
    func park(_ job: QueryJob, seenHead: Int64) -> Parking {
        state.withLock { state in
            guard !state.isClosed, state.jobs.count < Self.waiting else { return .full }
            guard state.head <= seenHead else { return .lookAgain }
            state.jobs.append(job)
            return .parked
        }
    }

    /// The log has grown: the queries that want one of these streams.
    func wake(head: Int64, streams: Set<Int>) -> [QueryJob] {
        state.withLock { state in
            state.head = max(state.head, head)
            let woken = state.jobs.filter { $0.wants(streams) }
            if !woken.isEmpty { state.jobs.removeAll { $0.wants(streams) } }
            return woken
        }
    }

    /// The queries whose time is over.
    func expired(_ now: Timestamp) -> [QueryJob] {
        state.withLock { state in
            let over = state.jobs.filter { $0.waitUntil ?? now <= now }
            if !over.isEmpty { state.jobs.removeAll { $0.waitUntil ?? now <= now } }
            return over
        }
    }

    /// When the next query's time is over.
    var nextExpiry: Timestamp? { state.withLock { $0.jobs.compactMap(\.waitUntil).min() } }

    /// All that wait, at a stop; none may wait from now on.
    func close() -> [QueryJob] {
        state.withLock { state in
            state.isClosed = true
            defer { state.jobs = [] }
            return state.jobs
        }
    }
}

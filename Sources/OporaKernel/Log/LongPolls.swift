import OporaProtocol
import OporaStore
import OporaTime
import Synchronization

/// Queries that wait for something new in the log. They hold no view of the database while they wait.
final class LongPolls: Sendable {
    /// Queries that may wait at once; one more is answered at once with nothing.
    static let waiting = 4096

    /// A query by who asked it and how.
    private struct Look: Hashable {
        var peer: Peer
        var id: RequestID?

        init(peer: Peer, id: RequestID?) {
            self.peer = peer
            self.id = id
        }

        init(_ job: QueryJob) { self.init(peer: job.replyTo.peer, id: job.replyTo.id) }
    }

    /// How many readers look for it now: ids need not be unique.
    private struct Looking {
        var count = 0
        var isCancelled = false
    }

    private struct State {
        var jobs: [QueryJob] = []
        var looking: [Look: Looking] = [:]
        var head: Int64 = 0
        var isClosed = false

        /// Takes away all that are meant.
        mutating func take(where isMeant: (QueryJob) -> Bool) -> [QueryJob] {
            let taken = jobs.filter(isMeant)
            if !taken.isEmpty { jobs.removeAll(where: isMeant) }
            return taken
        }
    }
    private let state = Mutex(State())

    /// What became of a query that would wait.
    enum Parking {
        case parked
        /// The log has grown since it looked.
        case lookAgain
        /// The caller took it back while a reader looked.
        case cancelled
        /// Too many wait, or the kernel stops: it is answered as it is.
        case full
    }

    /// Lets a query wait.
    func park(_ job: QueryJob, seenHead: Int64) -> Parking {
        state.withLock { state in
            if state.looking[Look(job)]?.isCancelled == true { return .cancelled }
            guard !state.isClosed, state.jobs.count < Self.waiting else { return .full }
            guard state.head <= seenHead else { return .lookAgain }
            var job = job
            job.hasWaited = true
            state.jobs.append(job)
            return .parked
        }
    }

    /// The log has grown: the queries that want one of these streams.
    func wake(head: Int64, streams: Set<Int>) -> [QueryJob] {
        state.withLock { state in
            state.head = max(state.head, head)
            return state.take { $0.wants(streams) }
        }
    }

    /// Something happened to a consumer: the fetches for it.
    func wake(consumer name: String) -> [QueryJob] {
        state.withLock { state in state.take { $0.claim?.record.name == name } }
    }

    /// Takes a query of a connection away. One that a reader looks for at this moment will not be let wait.
    func cancel(_ id: RequestID, of peer: Peer) -> QueryJob? {
        state.withLock { state in
            let index = state.jobs.firstIndex { $0.replyTo.id == id && $0.replyTo.peer == peer }
            if let index { return state.jobs.remove(at: index) }
            state.looking[Look(peer: peer, id: id)]?.isCancelled = true
            return nil
        }
    }

    /// Takes away the first query that is meant.
    func remove(where isMeant: (QueryJob) -> Bool) -> QueryJob? {
        state.withLock { state in state.jobs.firstIndex(where: isMeant).map { state.jobs.remove(at: $0) } }
    }

    /// A query that may wait goes to the readers.
    func beginLook(_ job: QueryJob) {
        state.withLock { state in state.looking[Look(job), default: Looking()].count += 1 }
    }

    /// A reader has looked: the query is answered, or waits.
    func endLook(_ job: QueryJob) {
        state.withLock { state in
            let look = Look(job)
            guard let looking = state.looking[look] else { return }
            state.looking[look] = looking.count > 1 ? Looking(count: looking.count - 1, isCancelled: looking.isCancelled) : nil
        }
    }

    /// The queries whose time is over.
    func expired(_ now: Timestamp) -> [QueryJob] {
        state.withLock { state in state.take { $0.waitUntil ?? now <= now } }
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

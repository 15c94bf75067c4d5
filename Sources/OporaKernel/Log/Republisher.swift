import OporaStore
import OporaTime
import Synchronization

/// Sends again, once after a start, what may not have reached the bus before a crash: a repeat, never a hole.
final class Republisher: Sendable {
    /// Events sent again at most; an older loss shows in the heartbeat, and is repaired by reading the log.
    static let events = 2000
    /// An event that was committed longer ago than this has left for the bus.
    static let settledMilliseconds: Int64 = 500
    /// How long subscribers get to come back before the repeat.
    static let afterMilliseconds: Int64 = 1000

    private let waiting = Mutex<[EventRecord]>([])

    func load(_ events: [EventRecord]) { waiting.withLock { $0 = events } }

    /// What is to be sent again now; once.
    func take(startedAt: Timestamp, now: Timestamp) -> [EventRecord] {
        guard now - startedAt >= Self.afterMilliseconds else { return [] }
        return waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }
}

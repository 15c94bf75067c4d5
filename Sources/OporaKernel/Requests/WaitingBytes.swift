import OporaProtocol
import Synchronization

/// How many bytes of requests wait for the writer, a reader, or something new in the log. Bounded: a flood of large requests is
/// answered, not stored.
final class WaitingBytes: Sendable {
    private let count = Mutex(0)

    /// Counts a request in; false where it would be too much.
    func add(_ bytes: Int) -> Bool {
        count.withLock { count in
            guard count + bytes <= Limits.waitingBytes else { return false }
            count += bytes
            return true
        }
    }

    /// Counts it out again, once it is answered.
    func subtract(_ bytes: Int) { count.withLock { $0 -= bytes } }

    var now: Int { count.withLock { $0 } }
}

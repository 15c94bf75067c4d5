import OporaTime
import Synchronization

/// When which connection that proved nothing, or whose proof was taken away, was last told so: at most once a second.
final class StrangerBook: Sendable {
    /// Connections that are remembered; more are told nothing.
    private static let most = 4096
    private static let pauseMilliseconds: Int64 = 1000

    private let told = Mutex<[Peer: Timestamp]>([:])

    /// Whether the connection is to be told now.
    func mayTell(_ peer: Peer, now: Timestamp) -> Bool {
        told.withLock { told in
            if let last = told[peer], last <= now, now - last < Self.pauseMilliseconds { return false }
            if told.count >= Self.most { told = told.filter { now - $0.value < Self.pauseMilliseconds && $0.value <= now } }
            guard told.count < Self.most else { return false }
            told[peer] = now
            return true
        }
    }
}

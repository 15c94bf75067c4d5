import OporaProtocol
import OporaTime
import Synchronization

/// What each connection has under way, what waits unread for it, and how often it sent what is no message.
///
/// Bounded on all sides, so that a flood is answered or left waiting, never stored without end, and costs nobody else anything.
final class PeerBook: Sendable {
    /// The limits that an operator may set.
    struct Bounds: Sendable {
        /// Requests of one connection under way at once; more wait unread.
        var inFlight: Int
        /// Bytes that may wait unread for one connection; more are refused.
        var unreadBytes: Int
        /// Malformed messages that a connection may send in a minute.
        var malformedPerMinute: Int
    }

    /// What is to become of a message that has just come in.
    enum Gate: Equatable, Sendable {
        case pass
        /// Enough of its connection is under way: it is laid aside, unless it is dealt with at once.
        case crowded
        /// The connection sent too much that is no message.
        case flooded(retryAfterMilliseconds: Int64)
    }

    /// Where a message went that had to wait.
    enum Shelf: Equatable, Sendable {
        /// It comes again through `nextUnread`, perhaps at once.
        case laidAside(mayResume: Bool)
        /// Too much waits already.
        case full
    }

    /// A message that waits, as it came in.
    struct Unread: Sendable {
        var body: [UInt8]
        var user: String?
    }

    private struct Entry {
        var inFlight = 0
        var unread: [Unread] = []
        /// Unread messages before this index are taken already.
        var taken = 0
        var unreadBytes = 0
        var isDraining = false
        var malformed = 0
        var malformedSince = Timestamp(0)
        var refusedUntil: Timestamp?

        var hasUnread: Bool { taken < unread.count }
        var isIdle: Bool { inFlight == 0 && !hasUnread && malformed == 0 && refusedUntil == nil }
    }

    private struct State {
        var entries: [Peer: Entry] = [:]
        /// Connections for which something unread may go on now.
        var resumable: [Peer] = []
        /// Bytes of all requests under way.
        var bytes = 0
    }

    private let state = Mutex(State())
    private let bounds: Bounds

    init(_ bounds: Bounds) { self.bounds = bounds }

    /// Whether a message may go on.
    func gate(_ peer: Peer, now: Timestamp) -> Gate {
        state.withLock { state in
            guard let index = state.entries.index(forKey: peer) else { return .pass }
            if let until = state.entries.values[index].refusedUntil {
                if now < until { return .flooded(retryAfterMilliseconds: until - now) }
                state.entries.values[index].refusedUntil = nil
                if state.entries.values[index].isIdle {
                    state.entries.remove(at: index)
                    return .pass
                }
            }
            let entry = state.entries.values[index]
            return entry.inFlight >= bounds.inFlight || entry.hasUnread || entry.isDraining ? .crowded : .pass
        }
    }

    /// Lets a message wait until something of its connection is answered.
    func layAside(_ peer: Peer, _ body: [UInt8], user: String?) -> Shelf {
        state.withLock { state in
            var entry = state.entries[peer] ?? Entry()
            guard entry.unreadBytes + body.count <= bounds.unreadBytes else { return .full }
            entry.unread.append(Unread(body: body, user: user))
            entry.unreadBytes += body.count
            state.entries[peer] = entry
            // An answer may have gone out between this message's coming and now.
            let mayResume = entry.inFlight < bounds.inFlight && !entry.isDraining
            if mayResume { state.resumable.append(peer) }
            return .laidAside(mayResume: mayResume)
        }
    }

    /// How long a connection that sent too much that is no message is still refused; nil where it is not.
    func floodRefusal(_ peer: Peer, now: Timestamp) -> Int64? {
        state.withLock { state in
            guard let until = state.entries[peer]?.refusedUntil, now < until else { return nil }
            return until - now
        }
    }

    /// Counts a request as under way; false where all connections together have too much under way.
    func begin(_ peer: Peer, bytes: Int) -> Bool {
        state.withLock { state in
            guard state.bytes + bytes <= Limits.waitingBytes else { return false }
            state.bytes += bytes
            state.entries[peer, default: Entry()].inFlight += 1
            return true
        }
    }

    /// Counts it as answered. True where something unread may go on.
    func end(_ peer: Peer, bytes: Int) -> Bool {
        state.withLock { state in
            state.bytes -= bytes
            guard let index = state.entries.index(forKey: peer) else { return false }
            state.entries.values[index].inFlight -= 1
            let entry = state.entries.values[index]
            if entry.isIdle {
                state.entries.remove(at: index)
                return false
            }
            guard entry.hasUnread, !entry.isDraining else { return false }
            state.resumable.append(peer)
            return true
        }
    }

    /// The connections for which something unread may go on. Whoever asks drains them, alone.
    func takeResumable() -> [Peer] {
        state.withLock { state in
            defer { state.resumable.removeAll(keepingCapacity: true) }
            return Set(state.resumable).filter { peer in
                guard let entry = state.entries[peer], entry.hasUnread, !entry.isDraining else { return false }
                state.entries[peer]?.isDraining = true
                return true
            }
        }
    }

    /// The oldest unread message of a connection that is being drained; nil ends the draining.
    func nextUnread(_ peer: Peer) -> Unread? {
        state.withLock { state in
            guard let index = state.entries.index(forKey: peer) else { return nil }
            let entry = state.entries.values[index]
            guard entry.hasUnread, entry.inFlight < bounds.inFlight else {
                if entry.hasUnread {
                    state.entries.values[index].unread.removeFirst(entry.taken)
                } else {
                    state.entries.values[index].unread = []
                }
                state.entries.values[index].taken = 0
                state.entries.values[index].isDraining = false
                if state.entries.values[index].isIdle { state.entries.remove(at: index) }
                return nil
            }
            let next = entry.unread[entry.taken]
            state.entries.values[index].taken += 1
            state.entries.values[index].unreadBytes -= next.body.count
            return next
        }
    }

    /// Notes a malformed message; true for the one that is too much.
    func malformed(_ peer: Peer, now: Timestamp) -> Bool {
        state.withLock { state in
            var entry = state.entries[peer] ?? Entry()
            if now - entry.malformedSince >= 60_000 || now < entry.malformedSince {
                entry.malformedSince = now
                entry.malformed = 0
            }
            entry.malformed += 1
            let isTooMuch = entry.malformed > bounds.malformedPerMinute
            if isTooMuch {
                entry.malformed = 0
                entry.refusedUntil = now + Limits.floodRefusalMilliseconds
            }
            state.entries[peer] = entry
            return isTooMuch
        }
    }

    /// Forgets a connection that is gone: what waited unread for it is of no use to anybody.
    func forget(_ peer: Peer) {
        state.withLock { state in
            guard let entry = state.entries[peer] else { return }
            if entry.inFlight > 0 {
                state.entries[peer] = Entry(inFlight: entry.inFlight)
            } else {
                state.entries[peer] = nil
            }
        }
    }

    /// Forgets what was malformed long ago.
    func tidy(_ now: Timestamp) {
        state.withLock { state in
            for peer in Array(state.entries.keys) {
                guard var entry = state.entries[peer] else { continue }
                if now - entry.malformedSince >= 60_000 { entry.malformed = 0 }
                if let until = entry.refusedUntil, until <= now { entry.refusedUntil = nil }
                state.entries[peer] = entry.isIdle ? nil : entry
            }
        }
    }

    /// Bytes of requests under way, and of those that wait unread.
    var waiting: (bytes: Int, unreadBytes: Int, connections: Int) {
        state.withLock { state in
            (state.bytes, state.entries.values.reduce(0) { $0 + $1.unreadBytes }, state.entries.count)
        }
    }
}

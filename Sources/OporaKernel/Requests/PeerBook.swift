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
        /// Bytes that may wait unread for one connection, with `Limits.unreadMessageBytes` for each message; more are refused.
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

        /// What it counts towards the bytes that wait.
        var size: Int { body.count + Limits.unreadMessageBytes }
    }

    // The lists of unread messages are long under a flood: they are changed in place, never through a copy of their entry.
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

        /// Takes the oldest unread message. What is taken leaves the list in large parts, so that each message moves but a few times.
        mutating func take() -> Unread {
            let next = unread[taken]
            unread[taken].body = []
            taken += 1
            unreadBytes -= next.size
            if taken == unread.count {
                unread = []
                taken = 0
            } else if taken > unread.count / 2 {
                unread.removeFirst(taken)
                taken = 0
            }
            return next
        }
    }

    private struct State {
        var entries: [Peer: Entry] = [:]
        /// Connections for which something unread may go on now.
        var resumable: Set<Peer> = []
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
            let message = Unread(body: body, user: user)
            guard (state.entries[peer]?.unreadBytes ?? 0) + message.size <= bounds.unreadBytes else { return .full }
            // An answer may have gone out between this message's coming and now.
            let mayResume = lay(message, in: &state.entries[peer, default: Entry()])
            if mayResume { state.resumable.insert(peer) }
            return .laidAside(mayResume: mayResume)
        }
    }

    private func lay(_ message: Unread, in entry: inout Entry) -> Bool {
        entry.unread.append(message)
        entry.unreadBytes += message.size
        return entry.inFlight < bounds.inFlight && !entry.isDraining
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
            state.resumable.insert(peer)
            return true
        }
    }

    /// The connections for which something unread may go on. Whoever asks drains them, alone.
    func takeResumable() -> Set<Peer> {
        state.withLock { state in
            defer { state.resumable.removeAll(keepingCapacity: true) }
            return state.resumable.filter { peer in
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
            guard state.entries.values[index].hasUnread, state.entries.values[index].inFlight < bounds.inFlight else {
                state.entries.values[index].isDraining = false
                if state.entries.values[index].isIdle { state.entries.remove(at: index) }
                return nil
            }
            return state.entries.values[index].take()
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

    /// Bytes of requests under way; of those that wait unread, with what is counted for each; connections that are known.
    var waiting: (bytes: Int, unreadBytes: Int, connections: Int) {
        state.withLock { state in
            (state.bytes, state.entries.values.reduce(0) { $0 + $1.unreadBytes }, state.entries.count)
        }
    }
}

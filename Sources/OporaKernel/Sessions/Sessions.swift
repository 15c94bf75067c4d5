import OporaProtocol
import OporaTime
import Synchronization

/// A plugin that has greeted the kernel.
struct Session: Sendable {
    var id: String
    var peer: Peer
    var identity: Identity
    var name: String
    var version: String
    var instance: String
    /// Full names, with the time that a call may take.
    var methods: [String: Int64]
    var summaries: [String: String]
    var since: Timestamp
    var lastSeenAt: Timestamp
    var health: JSON

    /// The name under which this instance holds leases.
    var holder: String { "\(identity.name)/\(name)/\(instance)" }
}

/// All sessions, and the calls that are under way to plugins.
final class Sessions: Sendable {
    /// Calls that may be under way to plugins at once.
    static let callsUnderWay = 4096

    private struct Call {
        var plugin: Peer
        var method: String
        var replyTo: ReplyTo
        var until: Timestamp
    }

    private struct State {
        var byPeer: [Peer: Session] = [:]
        var calls: [String: Call] = [:]
        var nextSession: Int64 = 1
        var nextCall: Int64 = 1
    }

    private let state = Mutex(State())

    /// Adds or replaces the session of a connection; returns its id, or nil where there are too many.
    func greet(_ session: Session, instanceID: String) -> String? {
        state.withLock { state in
            guard state.byPeer[session.peer] != nil || state.byPeer.count < Limits.sessions else { return nil }
            var session = session
            if let known = state.byPeer[session.peer] {
                session.id = known.id
                session.since = known.since
            } else {
                session.id = "\(instanceID)-s\(state.nextSession)"
                state.nextSession += 1
            }
            state.byPeer[session.peer] = session
            return session.id
        }
    }

    /// Notes a sign of life; false where the connection has no session.
    func touch(_ peer: Peer, health: JSON?, now: Timestamp) -> Bool {
        state.withLock { state in
            guard state.byPeer[peer] != nil else { return false }
            state.byPeer[peer]?.lastSeenAt = now
            if let health { state.byPeer[peer]?.health = health }
            return true
        }
    }

    func holder(of peer: Peer) -> String? { state.withLock { $0.byPeer[peer]?.holder } }

    func end(_ peer: Peer) -> Session? { state.withLock { $0.byPeer.removeValue(forKey: peer) } }

    /// The sessions that were silent for too long; they are over.
    func expire(_ now: Timestamp) -> [Session] {
        state.withLock { state in
            let silent = state.byPeer.values.filter { now - $0.lastSeenAt > Limits.sessionExpiryMilliseconds }
            for session in silent { state.byPeer[session.peer] = nil }
            return silent
        }
    }

    /// The sessions that missed a sign of life.
    func quiet(_ now: Timestamp) -> [Peer] {
        state.withLock { $0.byPeer.values.filter { now - $0.lastSeenAt > Limits.sessionHeartbeatMilliseconds }.map(\.peer) }
    }

    /// All sessions in order of name.
    var all: [Session] { state.withLock { $0.byPeer.values.sorted { ($0.name, $0.id) < ($1.name, $1.id) } } }

    /// The session that answers a method: the one that was heard last.
    func provider(of method: String) -> Session? {
        state.withLock { $0.byPeer.values.filter { $0.methods[method] != nil }.max { $0.lastSeenAt < $1.lastSeenAt } }
    }

    /// Notes a call to a plugin; returns its id, or nil where too many are under way.
    func beginCall(_ plugin: Peer, _ method: String, _ replyTo: ReplyTo, until: Timestamp) -> String? {
        state.withLock { state in
            guard state.calls.count < Self.callsUnderWay else { return nil }
            let id = "k-\(state.nextCall)"
            state.nextCall += 1
            state.calls[id] = Call(plugin: plugin, method: method, replyTo: replyTo, until: until)
            return id
        }
    }

    /// The caller that waits for the answer with this id from this plugin.
    func endCall(_ id: String, from plugin: Peer) -> (ReplyTo, method: String)? {
        state.withLock { state in
            guard let call = state.calls[id], call.plugin == plugin else { return nil }
            state.calls[id] = nil
            return (call.replyTo, call.method)
        }
    }

    /// The calls that a plugin took too long for.
    func expireCalls(_ now: Timestamp) -> [(ReplyTo, RPCError)] {
        state.withLock { state in
            let late = state.calls.filter { $0.value.until <= now }
            for id in late.keys { state.calls[id] = nil }
            return late.values.map {
                ($0.replyTo, RPCError(.providerTimeout, "the plugin did not answer \($0.method) in time; try again"))
            }
        }
    }

    var nextCallExpiry: Timestamp? { state.withLock { $0.calls.values.map(\.until).min() } }

    /// The calls that were under way to a plugin that is gone.
    func dropCalls(of plugin: Peer) -> [(ReplyTo, RPCError)] {
        state.withLock { state in
            let lost = state.calls.filter { $0.value.plugin == plugin }
            for id in lost.keys { state.calls[id] = nil }
            return lost.values.map { ($0.replyTo, RPCError(.providerOffline, "the plugin went away during \($0.method)")) }
        }
    }
}

import OporaProtocol
import OporaTime
import Synchronization

/// A plugin that has greeted the kernel.
struct Session: Sendable {
    var id: String
    var peer: Peer
    var identity: Identity
    var name: String
    /// The name that its methods, hooks and events carry.
    var plugin: String
    var version: String
    var instance: String
    /// By full name.
    var methods: [String: PluginOffer.Method]
    /// What it may publish.
    var events: [EventName: PluginOffer.EventType]
    var since: Timestamp
    var lastSeenAt: Timestamp
    var health: JSON
    /// What it can do besides answering.
    var capabilities: Set<Capability> = []
    /// Where it wants to be asked.
    var hooks: [HookPoint: HookSeat] = [:]
    /// Its greeting is answered: only then the kernel sends it anything else.
    var isOpen = false

    enum Capability: String, CaseIterable {
        case cancel, progress
    }

    /// How a session can end.
    enum End: String {
        case bye, silent, gone
    }

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
        /// What its result must look like.
        var result: Schema?
        /// What the caller wants its progress to be called.
        var progressToken: JSON?
    }

    /// A call that was taken back.
    struct CancelledCall {
        var id: String
        var plugin: Peer
        var replyTo: ReplyTo
        /// Whether the plugin wants to know.
        var tellsPlugin: Bool
    }

    private struct State {
        var byPeer: [Peer: Session] = [:]
        var calls: [String: Call] = [:]
        var nextSession: Int64 = 1
        /// Called once, when no session is left.
        var whenEmpty: (@Sendable () -> Void)?
        // Begins anywhere, so that an answer to an earlier life of the kernel answers nothing in this one.
        var nextCall = Int64.random(in: 1...(1 << 52))
    }

    private let state = Mutex(State())
    private let instanceID: String

    init(instanceID: String) { self.instanceID = instanceID }

    /// Adds or replaces the session of a connection; returns its id and whether it is new, or nil where there are too many.
    func greet(_ session: Session) -> (id: String, isNew: Bool)? {
        state.withLock { state in
            guard state.byPeer[session.peer] != nil || state.byPeer.count < Limits.sessions else { return nil }
            var session = session
            let known = state.byPeer[session.peer]
            if let known {
                session.id = known.id
                session.since = known.since
                session.health = known.health
                session.isOpen = known.isOpen
            } else {
                session.id = "\(instanceID)-s\(state.nextSession)"
                state.nextSession += 1
            }
            state.byPeer[session.peer] = session
            return (session.id, known == nil)
        }
    }

    /// Lets the kernel ask the plugin, whose greeting is answered; nil where it is gone already.
    func open(_ peer: Peer) -> Session? {
        state.withLock { state in
            state.byPeer[peer]?.isOpen = true
            return state.byPeer[peer]
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

    func session(of peer: Peer) -> Session? { state.withLock { $0.byPeer[peer] } }

    /// When a connection's session was heard last; long ago where it has none.
    func lastSeen(_ peer: Peer) -> Timestamp { state.withLock { $0.byPeer[peer]?.lastSeenAt } ?? Timestamp(0) }

    func end(_ peer: Peer) -> Session? {
        let (session, tell) = state.withLock { state in
            let session = state.byPeer.removeValue(forKey: peer)
            return (session, state.byPeer.isEmpty ? state.whenEmpty : nil)
        }
        tell?()
        return session
    }

    /// Calls back once no session is left: at once, where there is none.
    func whenEmpty(_ body: @escaping @Sendable () -> Void) {
        let isEmpty = state.withLock { state in
            state.whenEmpty = body
            return state.byPeer.isEmpty
        }
        if isEmpty { body() }
    }

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

    /// Gives each session its identity as it is now, for its roles may have changed.
    func refresh(_ current: (Identity) -> Identity?) {
        state.withLock { state in
            for (peer, session) in state.byPeer { state.byPeer[peer]?.identity = current(session.identity) ?? session.identity }
        }
    }

    /// All sessions in order of name.
    var all: [Session] { state.withLock { $0.byPeer.values.sorted { ($0.name, $0.id) < ($1.name, $1.id) } } }

    /// The session that answers a method: the one that was heard last.
    func provider(of method: String) -> Session? {
        state.withLock {
            $0.byPeer.values.filter { $0.isOpen && $0.methods[method] != nil }.max { $0.lastSeenAt < $1.lastSeenAt }
        }
    }

    /// Notes a call to a plugin; returns its id, or nil where too many are under way.
    func beginCall(
        _ plugin: Peer, _ method: String, _ replyTo: ReplyTo, until: Timestamp, result: Schema? = nil, progressToken: JSON? = nil
    ) -> String? {
        state.withLock { state in
            guard state.calls.count < Self.callsUnderWay else { return nil }
            let id = "k-\(state.nextCall)"
            state.nextCall += 1
            state.calls[id] = Call(
                plugin: plugin, method: method, replyTo: replyTo, until: until, result: result, progressToken: progressToken)
            return id
        }
    }

    /// The caller that waits for the answer with this id from this plugin.
    func endCall(_ id: String, from plugin: Peer) -> (replyTo: ReplyTo, method: String, result: Schema?)? {
        state.withLock { state in
            guard let call = state.calls[id], call.plugin == plugin else { return nil }
            state.calls[id] = nil
            return (call.replyTo, call.method, call.result)
        }
    }

    /// Takes back the first call that is meant.
    func cancelCall(where isMeant: (ReplyTo) -> Bool) -> CancelledCall? {
        state.withLock { state in
            guard let (id, call) = state.calls.first(where: { isMeant($0.value.replyTo) }) else { return nil }
            state.calls[id] = nil
            return CancelledCall(
                id: id, plugin: call.plugin, replyTo: call.replyTo,
                tellsPlugin: state.byPeer[call.plugin]?.capabilities.contains(.cancel) ?? false)
        }
    }

    /// Who wants to hear of the progress of a call, and under which name.
    func progressReceiver(of id: String, from plugin: Peer) -> (Peer, JSON)? {
        state.withLock { state in
            guard let call = state.calls[id], call.plugin == plugin, let token = call.progressToken else { return nil }
            return (call.replyTo.peer, token)
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

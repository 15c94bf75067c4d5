import CZeroMQ
import Glibc
import OporaThreads
import Synchronization

/// One thread that owns ZeroMQ sockets. Everything else talks to it through `send` and `deliver`.
///
/// ZeroMQ sockets may not be shared between threads, so no handle ever leaves this one. Messages wait here for a slow
/// peer up to `Backlogs.bytesPerPeer`, then that peer is given up: nobody can hold up another.
public final class Reactor: Sendable {
    /// Messages taken from one socket before the next gets its turn.
    static let drain = 256
    /// Frames of a message that are kept; more are read and thrown away.
    static let framesKept = 9
    /// Milliseconds between two tries to reach peers whose queues are full: few while they read, more while nobody does.
    static let retryMilliseconds: ClosedRange<Int64> = 1...32

    /// A message that came in.
    public struct Inbound: Sendable {
        /// Index into the specs.
        public var socket: Int
        /// All frames; on a ROUTER the first is the routing id.
        public var frames: [[UInt8]]
        /// Who sent it, as the ZAP handler said; nil without one.
        public var user: String?
    }

    /// A message to go out.
    public struct Outgoing: Sendable {
        public var socket: Int
        /// All frames; on a ROUTER the first is the routing id.
        public var frames: [[UInt8]]

        public init(socket: Int, frames: [[UInt8]]) {
            self.socket = socket
            self.frames = frames
        }
    }

    /// Counters, all since the start.
    public struct Counters: Sendable {
        /// Times that a subscriber's queue was found full; the bus goes on without it.
        public var dropEpisodes: Int64 = 0
        /// Peers given up because they did not read.
        public var slowPeers: Int64 = 0
        /// Messages that subscribers sent up; nobody reads them.
        public var dataFromListeners: Int64 = 0
        /// Times that a socket was made anew to put somebody off it.
        public var renewals: Int64 = 0
    }

    /// Something that an operator may want to know.
    public enum Notice: Sendable {
        /// A socket was made anew, because these users may not listen any more.
        case evicted(users: [String])
        /// A socket was made anew, and this user is not let in again for a minute.
        case tooManyPrefixes(user: String)
        /// A socket could not be bound again; it is tried until it can.
        case notBound(TransportError)
    }

    struct Shared {
        var outgoing: [Outgoing] = []
        var isAsleep = false
        var isStopping = false
        var mustRecheck = false
        var addresses: [[String]] = []
        var counters = Counters()
    }

    let shared = Mutex(Shared())
    private let wakeUp: Int32
    let specs: [SocketSpec]
    let authenticator: Authenticator?
    let deliver: @Sendable ([Inbound]) -> Void
    let unreachable: @Sendable ([UInt8]) -> Void
    let notice: @Sendable (Notice) -> Void
    private let thread = Mutex<WorkerThread?>(nil)

    /// - Parameters:
    ///   - authenticator: decides on every new connection to a socket with a ZAP domain.
    ///   - unreachable: called on the reactor's thread with the routing id of a peer that is gone when something was to be sent to it,
    ///     or that does not read what is sent.
    ///   - notice: called on the reactor's thread.
    ///   - deliver: called on the reactor's thread with what came in; it must not block.
    public init(
        _ specs: [SocketSpec], authenticator: Authenticator? = nil,
        unreachable: @escaping @Sendable ([UInt8]) -> Void = { _ in }, notice: @escaping @Sendable (Notice) -> Void = { _ in },
        deliver: @escaping @Sendable ([Inbound]) -> Void
    ) {
        self.unreachable = unreachable
        self.notice = notice
        self.specs = specs
        self.authenticator = authenticator
        self.deliver = deliver
        wakeUp = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
    }

    deinit { close(wakeUp) }

    /// Makes, binds and connects the sockets on the new thread; returns when that is done.
    public func start() throws(TransportError) {
        let outcome = Inbox<TransportError?>(capacity: 1)
        let worker = WorkerThread { [self] in
            SocketMode.separate()
            do throws(TransportError) {
                let loop = try ReactorLoop(self)
                shared.withLock { $0.addresses = loop.addresses }
                _ = outcome.put(nil)
                loop.run()
            } catch {
                _ = outcome.put(error)
            }
        }
        thread.withLock { $0 = worker }
        var result: [TransportError?] = []
        _ = outcome.take(into: &result, limit: 1)
        if let error = result.first ?? nil { throw error }
    }

    /// Where each socket is bound, with the ports that were found in place of `*`.
    public var addresses: [[String]] { shared.withLock { $0.addresses } }

    /// Asks the authenticator again about everybody who listens to an XPUB; one that may not any more is put off soon.
    public func recheckListeners() {
        shared.withLock { $0.mustRecheck = true }
        signal()
    }

    /// Hands over messages; any thread, never blocks.
    public func send(_ messages: [Outgoing]) {
        let wake = shared.withLock { state in
            state.outgoing.append(contentsOf: messages)
            defer { state.isAsleep = false }
            return state.isAsleep
        }
        if wake { signal() }
    }

    /// Sends what was handed over before, closes the sockets, and returns when the thread has ended.
    public func stop() {
        shared.withLock { $0.isStopping = true }
        signal()
        thread.withLock { worker in
            worker?.join()
            worker = nil
        }
    }

    /// How the sockets fare.
    public var counters: Counters { shared.withLock { $0.counters } }

    private func signal() {
        var one: UInt64 = 1
        _ = write(wakeUp, &one, 8)
    }

    var wakeDescriptor: Int32 { wakeUp }
}

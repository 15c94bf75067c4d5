import CZeroMQ
import Glibc
import OporaThreads
import Synchronization

/// One thread that owns a ZeroMQ context and all its sockets. Everything else talks to it through `send` and `deliver`.
///
/// ZeroMQ sockets may not be shared between threads, so no handle ever leaves this one. Messages wait here for a slow
/// peer up to `Reactor.bytesPerSlowPeer`, then that peer's messages are dropped: nobody can hold up another.
public final class Reactor: Sendable {
    /// Messages taken from one socket before the next gets its turn.
    static let drain = 256
    /// Frames of a message that are kept; more are read and thrown away.
    static let framesKept = 9
    /// Bytes that may wait for one peer that does not read.
    static let bytesPerSlowPeer = 16 * 1_048_576
    /// Milliseconds between two tries to reach a peer whose queue is full.
    static let retryMilliseconds = 5

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
    }

    struct Shared {
        var outgoing: [Outgoing] = []
        var isAsleep = false
        var isStopping = false
        var counters = Counters()
    }

    let shared = Mutex(Shared())
    private let wakeUp: Int32
    let specs: [SocketSpec]
    let authenticator: Authenticator?
    let deliver: @Sendable ([Inbound]) -> Void
    let unreachable: @Sendable ([UInt8]) -> Void
    private let thread = Mutex<WorkerThread?>(nil)

    /// - Parameters:
    ///   - authenticator: decides on every new connection to a socket with a ZAP domain.
    ///   - unreachable: called on the reactor's thread with the routing id of a peer that is gone, when something was to be sent to it.
    ///   - deliver: called on the reactor's thread with what came in; it must not block.
    public init(
        _ specs: [SocketSpec], authenticator: Authenticator? = nil,
        unreachable: @escaping @Sendable ([UInt8]) -> Void = { _ in }, deliver: @escaping @Sendable ([Inbound]) -> Void
    ) {
        self.unreachable = unreachable
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
            guard let context = zmq_ctx_new() else {
                _ = outcome.put(TransportError("make a context"))
                return
            }
            zmq_ctx_set(context, ZMQ_BLOCKY, 0)
            do throws(TransportError) {
                let loop = try ReactorLoop(self, context: context)
                _ = outcome.put(nil)
                loop.run()
            } catch {
                _ = outcome.put(error)
            }
            zmq_ctx_term(context)
        }
        thread.withLock { $0 = worker }
        var result: [TransportError?] = []
        _ = outcome.take(into: &result, limit: 1)
        if let error = result.first ?? nil { throw error }
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

import Dispatch
public import OporaProtocol
import OporaTransport
import Synchronization

/// A connection to a kernel: calls with answers, and the requests that the kernel sends to a plugin.
///
/// Safe to use from any task. Reconnects by itself; calls that were under way when the kernel went away time out or,
/// where a session notices first, end with `.interrupted`.
public final class DeskClient: Sendable {
    /// Calls that may be under way at once.
    public static let callsAtOnce = 1024
    /// Requests of the kernel that may wait for the plugin.
    static let requestsWaiting = 256

    /// A request or notification that the kernel sends: `method.call`, `hook.call`, `session.closing`.
    public struct Incoming: Sendable {
        /// Nil for a notification, which is not answered.
        public var id: String?
        public var method: String
        public var params: JSON
    }

    private struct Pending {
        var method: String
        var continuation: CheckedContinuation<Result<JSON, CallError>, Never>
    }

    private struct State {
        var next: Int64 = 1
        var pending: [Int64: Pending] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())
    private let reactor: Reactor
    /// What the kernel asks of this process, in order.
    public let incoming: AsyncStream<Incoming>

    /// Connects to the kernel that runs at `location`.
    public convenience init(_ location: DeskLocation) throws(CallError) {
        let discovery = try location.discover()
        let keys = try location.keys()
        guard let keys else {
            try self.init(endpoint: .init(discovery.rpc))
            return
        }
        guard let address = discovery.rpcCurve, let serverKey = discovery.curvePublicKey else {
            throw .transport("the kernel offers no endpoint for peers with a key")
        }
        try self.init(endpoint: .init(address, .curveClient(keys, serverKey: serverKey)))
    }

    init(endpoint: SocketSpec.Endpoint) throws(CallError) {
        let (stream, feed) = AsyncStream<Incoming>.makeStream(bufferingPolicy: .bufferingOldest(DeskClient.requestsWaiting))
        incoming = stream
        let receiver = Receiver()
        reactor = Reactor([SocketSpec(.dealer, connects: [endpoint], highWaterMark: 10_000)]) { batch in
            for message in batch {
                guard let body = message.frames.last else { continue }
                receiver.deliver(body)
            }
        }
        receiver.install { [weak self] body in self?.receive(body, feed) }
        do { try reactor.start() } catch { throw .transport("\(error)") }
    }

    /// Calls a method and waits for its result.
    /// - Parameters:
    ///   - key: the idempotency key; with it the same call may be repeated without a second effect.
    ///   - causation: the id of the event that made this call necessary.
    ///   - timeoutMilliseconds: how long to wait for the answer.
    public func call(
        _ method: String, _ params: JSON = [:], key: String? = nil, causation: String? = nil, onBehalfOf: UserID? = nil,
        timeoutMilliseconds: Int64 = 10_000
    ) async throws(CallError) -> JSON {
        var meta = JSONObject()
        meta["idempotency_key"] = .optional(key)
        meta["causation"] = .optional(causation)
        meta["on_behalf_of"] = .optional(onBehalfOf?.description)
        meta["hook_id"] = .optional(HookCall.current)
        var full = params.object ?? JSONObject()
        if !meta.members.isEmpty { full["_meta"] = .object(meta) }
        let result = await withCheckedContinuation { continuation in
            send(method, full, Pending(method: method, continuation: continuation), timeoutMilliseconds)
        }
        return try result.get()
    }

    private func send(_ method: String, _ params: JSONObject, _ pending: Pending, _ timeout: Int64) {
        let id: Int64? = state.withLock { state in
            guard !state.isClosed, state.pending.count < DeskClient.callsAtOnce else { return nil }
            let id = state.next
            state.next += 1
            state.pending[id] = pending
            return id
        }
        guard let id else { return pending.continuation.resume(returning: .failure(.interrupted(method: method))) }
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("jsonrpc", "2.0")
        writer.member("id", id)
        writer.member("method", method)
        writer.member("params", .object(params))
        writer.endObject()
        reactor.send([.init(socket: 0, frames: [[], writer.bytes])])
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(Int(timeout))) { [weak self] in
            self?.end(id, .failure(.noAnswer(method: method, milliseconds: timeout)))
        }
    }

    private func end(_ id: Int64, _ result: Result<JSON, CallError>) {
        state.withLock { $0.pending.removeValue(forKey: id) }?.continuation.resume(returning: result)
    }

    private func receive(_ body: [UInt8], _ feed: AsyncStream<Incoming>.Continuation) {
        guard let message = try? JSONParser.parse(body) else { return }
        if let method = message["method"]?.string {
            // A probe wants to see the connection, not an answer.
            if method == "session.probe" { return }
            feed.yield(Incoming(id: message["id"]?.string, method: method, params: message["params"] ?? [:]))
            return
        }
        guard let id = message["id"]?.int else { return }
        if let error = message["error"] {
            end(id, .failure(.rejected(RPCError(reading: error))))
        } else {
            end(id, .success(message["result"] ?? [:]))
        }
    }

    /// Tells the kernel something that it does not answer.
    func notify(_ method: String, _ params: JSON) {
        let message: JSON = ["jsonrpc": "2.0", "method": .string(method), "params": params]
        reactor.send([.init(socket: 0, frames: [[], message.bytes])])
    }

    /// Answers a request of the kernel.
    public func answer(_ id: String, _ outcome: Result<JSON, RPCError>) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("jsonrpc", "2.0")
        writer.member("id", id)
        switch outcome {
        case .success(let result): writer.member("result", result)
        case .failure(let error):
            writer.name("error")
            error.write(to: &writer)
        }
        writer.endObject()
        reactor.send([.init(socket: 0, frames: [[], writer.bytes])])
    }

    /// Ends every call that is under way with `.interrupted`: the kernel that had them is gone.
    public func interruptCalls() {
        let pending = state.withLock { state in
            defer { state.pending = [:] }
            return state.pending
        }
        for call in pending.values { call.continuation.resume(returning: .failure(.interrupted(method: call.method))) }
    }

    /// Closes the connection. Calls that are under way end with `.interrupted`.
    public func close() {
        let first = state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
        guard first else { return }
        interruptCalls()
        reactor.stop()
    }

    deinit { close() }
}

/// Holds the handler of incoming messages, which needs the client that is still being made.
private final class Receiver: Sendable {
    private let handler = Mutex<(@Sendable ([UInt8]) -> Void)?>(nil)

    func install(_ body: @escaping @Sendable ([UInt8]) -> Void) { handler.withLock { $0 = body } }
    func deliver(_ body: [UInt8]) { handler.withLock { $0 }?(body) }
}

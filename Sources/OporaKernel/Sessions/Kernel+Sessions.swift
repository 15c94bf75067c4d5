import Logging
import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// A method of the connection itself, answered at once.
struct SessionMethod: Sendable {
    let spec: MethodSpec
    let run: @Sendable (Kernel, Request, Identity, Peer) throws(RPCError) -> JSONObject

    init(
        _ name: String, _ signature: String, _ summary: String,
        run: @escaping @Sendable (Kernel, Request, Identity, Peer) throws(RPCError) -> JSONObject
    ) {
        spec = MethodSpec(name, signature, summary)
        self.run = run
    }
}

extension Kernel {
    static let sessionMethods: [SessionMethod] = [
        SessionMethod("ping", "", "Answers at once.") { (kernel, _, _, _) throws(RPCError) in
            JSONObject([("pong", true), ("time", .string(kernel.clock.now.text))])
        },
        SessionMethod(
            "session.hello", "manifest protocol? instance? capabilities? strict? library?",
            "Greets the kernel: what this plugin is and answers."
        ) {
            (kernel, request, identity, peer) throws(RPCError) in
            try kernel.hello(request, identity, peer)
        },
        SessionMethod("session.ping", "health?", "A sign of life of a plugin, with what it says of itself.") {
            (kernel, request, _, peer) throws(RPCError) in
            let health = try Params(object: request.params).optionalObject("health")
            guard kernel.sessions.touch(peer, health: health.map { .object($0) }, now: kernel.clock.now) else {
                throw RPCError(.sessionRequired, "this connection has no session; send session.hello")
            }
            return JSONObject([
                ("instance_id", .string(kernel.settings.instanceID)), ("time", .string(kernel.clock.now.text)),
            ])
        },
        SessionMethod("session.bye", "", "Ends the session.") { (kernel, _, _, peer) throws(RPCError) in
            if let session = kernel.sessions.end(peer) { kernel.release(session, .bye) }
            return JSONObject()
        },
        SessionMethod("rpc.discover", "", "The methods that the caller may call, as an OpenRPC document.") {
            (kernel, _, identity, _) throws(RPCError) in
            kernel.discover(identity)
        },
        SessionMethod("kernel.health", "", "Whether the kernel and its plugins are well.") { (kernel, _, _, _) throws(RPCError) in
            kernel.health()
        },
    ]
}

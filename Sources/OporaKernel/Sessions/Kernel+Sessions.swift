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
        SessionMethod("session.hello", "manifest protocol? instance?", "Greets the kernel: what this plugin is and answers.") {
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
            if let session = kernel.sessions.end(peer) { kernel.release(session) }
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

    private func hello(_ request: Request, _ identity: Identity, _ peer: Peer) throws(RPCError) -> JSONObject {
        let params = Params(object: request.params)
        let manifest = Params(object: try params.optionalObject("manifest") ?? JSONObject())
        if let version = try params.optionalObject("protocol"), version["major"]?.int != ProtocolVersion.major {
            throw RPCError(
                .protocolUnsupported, "this kernel speaks \(ProtocolVersion.name)",
                data: JSONObject([("supported", [.int(ProtocolVersion.major)])]))
        }
        let name = try manifest.name("name")
        var granted: [String: Int64] = [:]
        var summaries: [String: String] = [:]
        var warnings: [JSON] = []
        for method in manifest.object["methods"]?.array ?? [] {
            let full = method["name"]?.string ?? ""
            // A plugin's methods carry its identity's name, so no two can clash. The owner may speak for any plugin.
            guard full.hasPrefix("x.\(identity.name == "owner" ? name : identity.name)."), full.split(separator: ".").count == 3
            else {
                let prefix = identity.name == "owner" ? name : identity.name
                warnings.append(["code": "method_not_granted", "detail": .string("\(full) does not begin with x.\(prefix).")])
                continue
            }
            granted[full] = min(max(method["timeout_ms"]?.int ?? 10_000, 1), Limits.deadlineMilliseconds)
            summaries[full] = method["summary"]?.string ?? ""
        }
        let now = clock.now
        let session = Session(
            id: "", peer: peer, identity: identity, name: name,
            version: try manifest.optionalText("version", max: 64) ?? "",
            instance: try params.optionalText("instance", max: 128) ?? "",
            methods: granted, summaries: summaries, since: now, lastSeenAt: now, health: [:])
        guard let id = sessions.greet(session, instanceID: settings.instanceID) else {
            throw RPCError(.quotaExceeded, "there are \(Limits.sessions) sessions already")
        }
        log.info("greeted", metadata: ["name": "\(name)", "identity": "\(identity.name)"])
        return welcome(id, identity, granted.keys.sorted(), warnings)
    }

    private func welcome(_ id: String, _ identity: Identity, _ methods: [String], _ warnings: [JSON]) -> JSONObject {
        let head = self.head
        return JSONObject([
            (
                "session",
                [
                    "id": .string(id), "heartbeat_ms": .int(Limits.sessionHeartbeatMilliseconds),
                    "expires_after_ms": .int(Limits.sessionExpiryMilliseconds),
                ]
            ),
            ("kernel", ["version": .string(SoftwareVersion.text), "instance_id": .string(settings.instanceID)]),
            ("log", ["log_id": .string(head.logID), "epoch": .int(head.epoch), "head_seq": .int(head.seq)]),
            (
                "identity",
                [
                    "name": .string(identity.name), "roles": .array(identity.roles.map { .string($0) }),
                    "user": .optional(user(of: identity.name)?.description),
                ]
            ),
            ("granted", ["methods": .array(methods.map { .string($0) })]),
            ("warnings", .array(warnings)),
        ])
    }

    /// Sends a call of `x.<plugin>.<verb>` on to the plugin.
    func routeToPlugin(_ request: Request, _ identity: Identity, _ to: ReplyTo) throws(RPCError) {
        guard let session = sessions.provider(of: request.method), let limit = session.methods[request.method] else {
            throw RPCError(.providerOffline, "no plugin that is connected answers \(request.method.prefix(80)); is it running?")
        }
        let wait = min(limit, request.meta.deadlineMilliseconds ?? limit)
        guard let id = sessions.beginCall(session.peer, request.method, to, until: clock.now + wait) else { throw Kernel.busy }
        let call: JSON = [
            "jsonrpc": "2.0", "id": .string(id), "method": "method.call",
            "params": [
                "name": .string(request.method), "params": .object(request.params), "caller": .string(identity.name),
                "deadline_ms": .int(wait),
            ],
        ]
        output.send([.toPeer(session.peer, call.bytes)])
        timer.scheduleWake()
    }

    /// A plugin answered a call: its result goes to whoever asked.
    func sessionAnswered(_ peer: Peer, _ id: RequestID, _ object: JSONObject) {
        guard case .string(let callID) = id, let (replyTo, method) = sessions.endCall(callID, from: peer) else { return }
        if let result = object["result"] {
            guard case .object(let members) = result else {
                return answer(replyTo, .failure(RPCError(.providerError, "the plugin's result of \(method) is no object")))
            }
            answer(replyTo, .success(members: members.memberBytes, meta: JSONObject()))
        } else {
            var error = RPCError(reading: object["error"] ?? .null)
            let isKnown = object["error"]?["data"]?["code"]?.string.flatMap(ErrorCode.init(rawValue:)) != nil
            if !isKnown { error = RPCError(.providerError, "the plugin refused \(method): \(error.message)") }
            answer(replyTo, .failure(error))
        }
    }
}

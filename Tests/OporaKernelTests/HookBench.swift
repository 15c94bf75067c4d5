import OporaKernel
import OporaProtocol
import Testing

/// A bench with plugins that want to be asked, each on a connection of its own.
struct HookBench {
    let bench: KernelBench

    static func plugin(_ name: String) -> Identity {
        Identity(name: name, roles: [], methods: ["*"], streams: nil, hooks: ["*"], rights: [])
    }

    init(_ plugins: [String] = ["a", "b"], hooks: [HookPoint: HookRule] = [:]) throws {
        bench = try KernelBench(identities: [.owner] + plugins.map(Self.plugin), hooks: hooks)
        try bench.furnish()
        try bench.call("ticket.create", ["subject": "old", "requester": "U-2"])
    }

    func peer(_ plugin: String) -> Peer { Peer(Array(plugin.utf8)) }

    /// A call on a plugin's connection.
    @discardableResult
    func answer(_ plugin: String, _ method: String, _ params: JSON = [:]) throws -> JSON {
        let request: JSON = ["jsonrpc": "2.0", "id": "own", "method": .string(method), "params": params]
        bench.send(request.text, from: peer(plugin), as: plugin)
        return try bench.next()
    }

    /// Greets with hooks at these points.
    @discardableResult
    func greet(_ plugin: String, _ points: [String], capabilities: JSON = [:], before: [String] = []) throws -> JSON {
        let hooks = points.map { point -> JSON in
            ["point": .string(point), "before": .array(before.map { .string($0) })]
        }
        let answer = try answer(
            plugin, "session.hello",
            ["manifest": ["name": .string(plugin), "hooks": .array(hooks)], "capabilities": capabilities])
        return try #require(answer["result"], "\(answer.text)")
    }

    /// Sends a command without waiting.
    func send(_ id: JSON, _ method: String, _ params: JSON, key: String? = nil, deadline: Int64? = nil) {
        var params = params.object ?? JSONObject()
        params["_meta"] = ["idempotency_key": .optional(key), "deadline_ms": deadline.map { .int($0) }]
        let request: JSON = ["jsonrpc": "2.0", "id": id, "method": .string(method), "params": .object(params)]
        bench.send(request.text)
    }

    /// The next message, which must be a question.
    func question() throws -> JSON {
        let message = try bench.next()
        return try #require(message["method"] == "hook.call" ? message : nil, "\(message.text)")
    }

    /// Answers a question.
    func reply(_ plugin: String, _ question: JSON, _ result: JSON) {
        let answer: JSON = ["jsonrpc": "2.0", "id": question["id"], "result": result]
        bench.send(answer.text, from: peer(plugin), as: plugin)
    }

    func proceed(_ plugin: String, _ question: JSON) { reply(plugin, question, ["action": "continue"]) }

    func patch(_ plugin: String, _ question: JSON, _ patch: JSON) {
        reply(plugin, question, ["action": "patch", "patch": patch])
    }

    /// The failures in the log: plugin, reason, policy.
    func failures() throws -> [String] {
        // A command of our own: what the kernel noted before it is in the log, too.
        try bench.call("organization.create", ["name": "Barrier"])
        return try bench.log().compactMap { item in
            guard item["event"]?["type"] == "opora.system.hook_failed.v1", let data = item["event"]?["data"] else { return nil }
            return [data["plugin"], data["reason"], data["policy"]].map { $0?.string ?? "" }.joined(separator: " ")
        }
    }
}

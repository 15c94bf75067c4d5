import OporaKernel
import OporaProtocol
import Testing

@Suite("Sessions", .timeLimit(.minutes(1)))
struct SessionTests {
    private func events(_ bench: KernelBench, _ type: String) throws -> [JSON] {
        // A command of our own: what the kernel noted before it is in the log, too.
        try bench.call("organization.create", ["name": "Barrier"])
        return try bench.log().compactMap {
            $0["event"]?["type"]?.string == "opora.system.\(type).v1" ? $0["event"]?["data"] : nil
        }
    }

    @Test("What a greeting answers")
    func hello() throws {
        let bench = try KernelBench()
        try bench.furnish()
        let answer = try bench.call(
            "session.hello",
            [
                "protocol": ["major": 1, "minor": 99], "instance": "1", "capabilities": ["cancel": true],
                "library": "libzmq 4.3.1",
                "manifest": [
                    "name": "p", "version": "2", "methods": [["name": "x.p.echo"]], "hooks": [["point": "ticket.before_create"]],
                    "events": [["type": "x.p.done.v1"]], "consumers": ["p"],
                ],
            ])
        #expect(answer["protocol"] == ["major": 1, "minor": 0])
        #expect(answer["session"]?["heartbeat_ms"] == 5000 && answer["session"]?["expires_after_ms"] == 15000)
        #expect(answer["kernel"]?["name"] == "oporad" && answer["kernel"]?["instance_id"]?.string?.isEmpty == false)
        #expect(answer["log"]?["log_id"] == "log" && answer["log"]?["epoch"] == 1 && answer["log"]?["first_seq"] == 1)
        #expect(answer["log"]?["head_seq"]?.int ?? 0 > 0)
        #expect(
            answer["identity"] == [
                "name": "owner", "roles": ["owner"], "methods": ["*"], "streams": ["*"], "hooks": ["*"],
                "rights": ["import", "on_behalf_of"], "user": "U-1",
            ])
        #expect(
            answer["granted"] == ["methods": ["x.p.echo"], "hooks": ["ticket.before_create"], "events": ["x.p.done.v1"]])
        #expect(
            answer["limits"] == [
                "body_bytes": 1_048_576, "batch": 50, "inflight": 1024, "event_bytes": 262_144, "page_items": 200,
                "fetch_events": 500, "wait_ms": 25_000,
            ])
        #expect(answer["warnings"]?.array?.map { $0["code"] } == ["library_old"])
        #expect(answer["server_time"] != nil)
        bench.kernel.stop()
    }

    @Test("Another major is refused, a refusal fails a strict greeting and leaves no session")
    func refusals() throws {
        let bench = try KernelBench()
        let manifest: JSON = ["name": "p", "hooks": [["point": "user.before_merge"]]]
        let major = try bench.answer("session.hello", ["manifest": manifest, "protocol": ["major": 2, "minor": 0]])["error"]
        #expect(major?["code"] == -32007 && major?["data"]?["supported"] == [1])
        let strict = try bench.answer("session.hello", ["manifest": manifest, "strict": true])["error"]
        #expect(strict?["code"] == -32602)
        #expect(strict?["data"]?["details"]?.array?.first?["rule"] == "unknown_hook")
        #expect(try bench.refusal("session.ping") == "session_required")
        #expect(
            try bench.call("session.hello", ["manifest": manifest])["warnings"]?.array?.map { $0["code"] } == ["unknown_hook"])
        for (params, path): (JSON, String) in [
            (["manifest": [:]], "/manifest/name"), (["manifest": ["name": "p"], "protocol": ["major": "1"]], "/protocol/major"),
            (["manifest": ["name": "p"], "capabilities": ["cancel": 1]], "/capabilities/cancel"), ([:], "/manifest"),
        ] {
            let error = try bench.answer("session.hello", params)["error"]
            #expect(error?["data"]?["details"]?.array?.first?["path"]?.string == path, "\(error?.text ?? "")")
        }
        bench.kernel.stop()
    }

    @Test("Sessions come and go in the log: once each, with the reason")
    func events() throws {
        let bench = try KernelBench()
        // Whatever a connection sends is a sign of life, so the looking on is done through another.
        let plugin = Peer([9])
        func tell(_ method: String, _ params: JSON = [:]) throws -> JSON {
            bench.send((["jsonrpc": "2.0", "id": 1, "method": .string(method), "params": params] as JSON).text, from: plugin)
            return try bench.next()
        }
        func hello(_ manifest: JSON) throws -> JSON? {
            try tell("session.hello", ["manifest": manifest])["result"]?["session"]?["id"]
        }
        let first = try #require(try hello(["name": "p", "version": "1"]))
        #expect(try hello(["name": "p", "methods": [["name": "x.p.a"]]]) == first)
        _ = try tell("session.bye")
        _ = try tell("session.bye")
        _ = try hello(["name": "p", "version": "1"])
        bench.kernel.lost(plugin)
        _ = try hello(["name": "p", "version": "1"])
        bench.advance(seconds: 16)
        try bench.until { try events(bench, "plugin_offline").count == 3 }
        #expect(try tell("session.ping")["error"]?["data"]?["code"] == "session_required")
        let online = try events(bench, "plugin_online")
        #expect(online.count == 3)
        #expect(online.first == ["plugin": "p", "identity": "owner", "version": "1", "session": first])
        #expect(try events(bench, "plugin_offline").map { $0["reason"] } == ["bye", "gone", "silent"])
        bench.kernel.stop()
    }
}

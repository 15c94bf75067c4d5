import OporaKernel
import OporaProtocol
import Synchronization
import Testing

@Suite("Methods and events of plugins", .timeLimit(.minutes(1)))
struct PluginMethodTests {
    private let manifest: JSON = [
        "name": "p",
        "methods": [
            [
                "name": "x.p.add", "summary": "Adds.", "timeout_ms": 500,
                "params_schema": [
                    "type": "object", "required": ["a"], "properties": ["a": ["type": "integer"], "b": ["type": "integer"]],
                    "additionalProperties": false,
                ], "result_schema": ["required": ["sum"], "properties": ["sum": ["type": "integer"]]],
            ]
        ],
        "events": [
            ["type": "x.p.paged.v1", "schema": ["required": ["person"], "properties": ["person": ["maxLength": 10]]]],
            ["type": "x.p.any.v1"],
        ],
    ]

    private func desk() throws -> HookBench {
        let desk = try HookBench(["p", "q"])
        #expect(try desk.answer("p", "session.hello", ["manifest": manifest])["result"]?["warnings"] == [])
        return desk
    }

    @Test("Parameters and results are held against the schemas")
    func schemas() throws {
        let desk = try desk()
        for (params, path): (JSON, String) in [(["b": 1], "/a"), (["a": "1"], "/a"), (["a": 1, "c": 2], "/c")] {
            let error = try desk.bench.answer("x.p.add", params)["error"]
            #expect(error?["code"] == -32602 && error?["data"]?["details"]?.array?.first?["path"]?.string == path)
        }
        for (result, code): (JSON, Int64?) in [(["sum": 3], nil), (["sum": "3"], -32010), ([:], -32010), (5, -32010)] {
            desk.send("c", "x.p.add", ["a": 1, "b": 2])
            let call = try desk.bench.next()
            #expect(call["method"] == "method.call" && call["params"]?["name"] == "x.p.add")
            #expect(call["params"]?["params"] == ["a": 1, "b": 2] && call["params"]?["caller"] == "owner")
            #expect(call["params"]?["user"] == "U-1" && call["params"]?["deadline_ms"] == 500)
            desk.reply("p", call, result)
            let answer = try desk.bench.next()
            #expect(answer["error"]?["code"]?.int == code && (code != nil || answer["result"]?["sum"] == 3), "\(answer.text)")
        }
        #expect(try desk.bench.refusal("x.q.add", [:]) == "provider_offline")
        desk.bench.send(#"{"jsonrpc":"2.0","id":1,"method":"x.p.add","params":[1]}"#)
        #expect(try desk.bench.next()["error"]?["code"] == -32602)
        desk.bench.kernel.stop()
    }

    @Test("For whom a call is: a person who is there, and only with the right")
    func onBehalf() throws {
        let desk = try desk()
        let user = try desk.bench.call("user.create", ["name": "Boris", "roles": ["agent"]])["user"]?["id"] ?? .null
        let request: JSON = ["a": 1, "_meta": ["on_behalf_of": user]]
        desk.bench.send(#"{"jsonrpc":"2.0","id":1,"method":"x.p.add","params":\#(request.text)}"#)
        let call = try desk.bench.next()
        #expect(call["params"]?["user"] == user)
        desk.reply("p", call, ["sum": 1])
        #expect(try desk.bench.next()["result"]?["sum"] == 1)
        // What a plugin's method shows is nothing for requesters.
        #expect(try desk.bench.answer("x.p.add", ["a": 1, "_meta": ["on_behalf_of": "U-2"]])["error"]?["code"] == -32002)
        let unknown: JSON = ["a": 1, "_meta": ["on_behalf_of": "U-77"]]
        #expect(try desk.bench.answer("x.p.add", unknown)["error"]?["code"] == 1001)
        #expect(try desk.answer("q", "x.p.add", unknown)["error"]?["code"] == -32002)
        desk.bench.kernel.stop()
    }

    @Test("Only the plugin that was asked answers, and only once; a plugin that goes is told of at once")
    func answers() throws {
        let desk = try desk()
        desk.send("c", "x.p.add", ["a": 1])
        let call = try desk.bench.next()
        desk.reply("q", call, ["sum": 666])
        desk.reply("p", call, ["sum": 1])
        desk.reply("p", call, ["sum": 2])
        #expect(try desk.bench.next()["result"]?["sum"] == 1)
        desk.send("d", "x.p.add", ["a": 1])
        _ = try desk.bench.next()
        desk.bench.kernel.lost(desk.peer("p"))
        #expect(try desk.bench.next()["error"]?["code"] == -32009)
        desk.bench.kernel.stop()
    }

    @Test("Methods of plugins stand in rpc.discover with their schemas")
    func discover() throws {
        let desk = try desk()
        let methods = try desk.bench.call("rpc.discover")["methods"]?.array ?? []
        let method = try #require(methods.first { $0["name"] == "x.p.add" })
        #expect(method["summary"] == "Adds.")
        #expect(
            method["params"] == [
                ["name": "a", "required": true, "schema": ["type": "integer"]],
                ["name": "b", "required": false, "schema": ["type": "integer"]],
            ])
        #expect(method["result"]?["schema"]?["required"] == ["sum"])
        desk.bench.kernel.stop()
    }

    @Test("An event of a plugin stands in the log with its stream, topic and actor")
    func publish() throws {
        let desk = try desk()
        let seq = try desk.answer("p", "event.publish", ["type": "x.p.paged.v1", "ticket": "T-1", "data": ["person": "U-1"]])[
            "result"]?["seq"]
        let page = try desk.bench.call("events.read", ["after_seq": 0, "types": "x.p.paged"])
        let item = try #require(page["events"]?.array?.first)
        #expect(item["seq"] == seq && item["prev"] == 0)
        let event = item["event"]
        #expect(event?["type"] == "x.p.paged.v1" && event?["subject"] == "ticket/T-1" && event?["actor"] == "plugin/p")
        #expect(event?["via"] == "p" && event?["data"] == ["person": "U-1"])
        let history = try desk.bench.call("ticket.history", ["ticket": "T-1"])["items"]?.array ?? []
        #expect(history.last?["type"] == "x.p.paged")
        #expect(desk.bench.probe.events.withLock { $0.contains { $0.topic == "x.p.paged/T-1" } })
        // Without a ticket it is about the plugin; the subject may be another.
        let others: [(JSON?, String)] = [(nil, "plugin/p"), ("calendar/C-1", "calendar/C-1")]
        for (subject, expected) in others {
            let params: JSON = ["type": "x.p.any.v1", "data": [:], "subject": subject]
            let at = try desk.answer("p", "event.publish", params)["result"]?["seq"]?.int ?? 0
            let event = try desk.bench.call("events.read", ["after_seq": .int(at - 1)])["events"]?.array?.first?["event"]
            #expect(event?["subject"]?.string == expected)
        }
        desk.bench.kernel.stop()
    }

    @Test("What may not be published is not recorded")
    func refused() throws {
        let desk = try desk()
        let large = JSON.string(String(repeating: "x", count: Limits.eventBytes))
        var deep: JSON = [:]
        for _ in 0..<32 { deep = ["d": deep] }
        let cases: [(JSON, Int64)] = [
            (["type": "x.p.other.v1", "data": [:]], -32002), (["type": "x.q.paged.v1", "data": [:]], -32002),
            (["type": "opora.ticket.created.v1", "data": [:]], -32002), (["type": "x.p.paged.v1", "data": [:]], -32602),
            (["type": "x.p.paged.v1", "data": ["person": "somebody else"]], -32602), (["type": "x.p.any.v1", "data": 5], -32602),
            (["type": "x.p.any.v1", "data": ["x": large]], -32004), (["type": "x.p.any.v1", "data": deep], -32602),
            (["type": "x.p.any.v1", "data": [:], "subject": "no such form"], -32602),
            (["type": "x.p.any.v1", "data": [:], "ticket": "T-99"], 1001), (["type": "x.p.any.v1"], -32602),
        ]
        for (params, code) in cases {
            let error = try desk.answer("p", "event.publish", params)["error"]
            #expect(error?["code"]?.int == code, "\(params.text.prefix(120)): \(error?.text ?? "done")")
        }
        #expect(try desk.answer("q", "event.publish", ["type": "x.q.a.v1", "data": [:]])["error"]?["code"] == -32008)
        let recorded = try desk.bench.log().compactMap { $0["event"]?["type"]?.string }
        #expect(recorded.allSatisfy { $0.hasPrefix("opora.") })
        desk.bench.kernel.stop()
    }

    @Test("A key makes an event happen once")
    func key() throws {
        let desk = try desk()
        let params: JSON = ["type": "x.p.any.v1", "data": ["n": 1], "_meta": ["idempotency_key": "k"]]
        let first = try desk.answer("p", "event.publish", params)["result"]
        let second = try desk.answer("p", "event.publish", params)["result"]
        #expect(first?["seq"] == second?["seq"] && second?["_meta"]?["replayed"] == true)
        desk.bench.kernel.stop()
    }
}

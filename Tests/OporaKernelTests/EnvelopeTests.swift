import OporaKernel
import OporaProtocol
import Testing

@Suite("Envelopes", .timeLimit(.minutes(1)))
struct EnvelopeTests {
    @Test("Malformed messages get their typed error, and the kernel goes on")
    func malformed() throws {
        let bench = try KernelBench()
        let ping = Array(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#.utf8)
        let cases: [([[UInt8]], String)] = [
            ([ping], "bad_envelope"), ([[], ping, [1]], "bad_envelope"), ([[1], ping], "bad_envelope"), ([[]], "bad_envelope"),
            ([], "bad_envelope"), ([[], []], "parse_error"), ([[], [0xff, 0xfe]], "parse_error"),
            ([[], Array("{".utf8)], "parse_error"),
            ([[], [0xef, 0xbb, 0xbf] + ping], "parse_error"), ([[], ping + ping], "parse_error"),
            ([[], Array("[]".utf8)], "invalid_request"), ([[], Array("3".utf8)], "invalid_request"),
            ([[], Array(repeating: 0x20, count: Limits.bodyBytes + 1)], "request_too_large"),
        ]
        for (frames, code) in cases {
            bench.kernel.receive(bench.peer, frames: frames, user: "owner")
            let answer = try bench.next()
            #expect(answer["error"]?["data"]?["code"]?.string == code && answer["id"] == .null)
        }
        #expect(try bench.call("ping")["pong"] == true)
        #expect(try bench.call("kernel.stats")["malformed"]?.int == Int64(cases.count))
        bench.kernel.stop()
    }

    @Test("Exactly 1 MiB is taken")
    func largest() throws {
        let bench = try KernelBench()
        let ping = Array(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#.utf8)
        let padded = ping + Array(repeating: 0x20, count: Limits.bodyBytes - ping.count)
        bench.kernel.receive(bench.peer, frames: [[], padded], user: "owner")
        #expect(try bench.next()["result"]?["pong"] == true)
        bench.kernel.stop()
    }

    @Test("What was counted as waiting is counted out with its answer, whatever it is")
    func waitingBytes() throws {
        let bench = try KernelBench()
        try bench.furnish()
        try bench.call("consumer.ensure", ["name": "c", "start": ["from": "beginning"]])
        let token = try bench.call("consumer.fetch", ["name": "c", "max": 1])["lease_token"]
        try bench.call("consumer.fetch", ["name": "c", "lease_token": token, "ack_seq": 1])
        _ = try bench.refusal("consumer.fetch", ["name": "c", "lease_token": token, "ack_seq": 999])
        _ = try bench.refusal("ticket.get", ["ticket": "T-9"])
        _ = try bench.refusal("ticket.solve", ["ticket": "T-9"])
        bench.send(
            #"[{"jsonrpc":"2.0","id":1,"method":"user.list"},{"jsonrpc":"2.0","id":2,"method":"user.create","params":{"name":"n"}}]"#
        )
        #expect(try bench.next().array?.count == 2)
        let stats: JSON = ["jsonrpc": "2.0", "id": 1, "method": "kernel.stats"]
        // The question itself is all that waits.
        #expect(try bench.call("kernel.stats")["waiting_bytes"]?.int ?? 0 <= Int64(stats.bytes.count + 20))
        bench.kernel.stop()
    }

    @Test("A batch is answered in its order, notifications left out, bad entries one by one")
    func batches() throws {
        let bench = try KernelBench()
        bench.send(
            """
            [{"jsonrpc":"2.0","id":"a","method":"ping"},{"jsonrpc":"2.0","method":"ping"},1,{"foo":"boo"},
             {"jsonrpc":"2.0","id":"b","method":"nope"},{"jsonrpc":"2.0","id":"c","method":"ticket.get","params":{"ticket":"T-1"}},
             {"jsonrpc":"2.0","id":"d","method":"session.hello","params":{"manifest":{"name":"x"}}}]
            """)
        let answers = try #require(try bench.next().array)
        #expect(answers.map { $0["id"] ?? .null } == ["a", .null, .null, "b", "c", "d"])
        #expect(answers.map { $0["error"]?["code"]?.int ?? 0 } == [0, -32600, -32600, -32601, 1001, -32600])
        let many = "[" + Array(repeating: #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, count: 51).joined(separator: ",") + "]"
        bench.send(many)
        #expect(try bench.next()["error"]?["data"]?["code"] == "batch_too_large")
        // A batch of notifications is not answered: the next answer is the ping's.
        bench.send(#"[{"jsonrpc":"2.0","method":"ping"},{"jsonrpc":"2.0","method":"ticket.create","params":{}}]"#)
        bench.send(#"{"jsonrpc":"2.0","id":"bar","method":"ping"}"#)
        #expect(try bench.next()["id"] == "bar")
        bench.kernel.stop()
    }

    @Test("A change that nobody could see fail is not made")
    func notification() throws {
        let bench = try KernelBench()
        try bench.furnish()
        bench.send(#"{"jsonrpc":"2.0","method":"ticket.create","params":{"subject":"x","requester":"U-2"}}"#)
        #expect(try bench.call("ticket.list")["items"]?.array?.isEmpty == true)
        #expect(try bench.call("kernel.stats")["ignored_notifications"] == 1)
        bench.kernel.stop()
    }

    @Test(
        "Parameters that are wrong are named",
        arguments: [
            ("ticket.create", #"{"requester":"U-2"}"#, "/subject"),
            ("ticket.create", #"{"subject":1,"requester":"U-2"}"#, "/subject"),
            ("ticket.create", #"{"subject":" ","requester":"U-2"}"#, "/subject"),
            ("ticket.create", #"{"subject":"a\nb","requester":"U-2"}"#, "/subject"),
            ("ticket.create", #"{"subject":"x","requester":"T-2"}"#, "/requester"),
            ("ticket.create", #"{"subject":"x","requester":"U-2","priority":"asap"}"#, "/priority"),
            ("ticket.create", #"{"subject":"x","requester":"U-2","fields":{"a":[1]}}"#, "/fields/a"),
            ("ticket.solve", #"{"ticket":"T-1","expected_verison":1}"#, "/expected_verison"),
            ("ticket.solve", #"{"ticket":"T-1","expected_version":"1"}"#, "/expected_version"),
            ("ticket.list", #"{"status":["new","gone"]}"#, "/status/1"), ("ticket.list", #"{"limit":0}"#, "/limit"),
            ("user.create", #"{"name":"x","email":"nobody"}"#, "/email"),
            ("user.create", #"{"name":"x","language":"de"}"#, "/language"),
            ("calendar.due", #"{"calendar":{"zone":"UTC","always_open":true},"start":"x","working_ms":1}"#, "/start"),
            (
                "calendar.due", #"{"calendar":{"zone":"UTC","always_open":true},"start":"2026-01-01T00:00:00Z","working_ms":-1}"#,
                "/working_ms"
            ),
            (
                "policy.create", #"{"name":"x","calendar":"C-1","targets":{"urgent":{"resolution":0}}}"#,
                "/targets/urgent/resolution"
            ),
            ("consumer.ensure", #"{"name":"a b","start":{"from":"now"}}"#, "/name"),
            ("consumer.ensure", #"{"name":"a","start":{}}"#, "/start"),
            ("events.read", #"{"after_seq":-1}"#, "/after_seq"),
            ("feedback.record", #"{"ticket":"T-1","kind":"csat","score":6}"#, "/score"),
        ])
    func parameters(method: String, params: String, path: String) throws {
        let bench = try KernelBench()
        try bench.furnish()
        try bench.call("ticket.create", ["subject": "x", "requester": "U-2"])
        let error = try bench.answer(method, try JSON(parsing: params))["error"]
        #expect(
            error?["code"] == -32602 && error?["data"]?["details"]?.array?.first?["path"]?.string == path, "\(error?.text ?? "")")
        bench.kernel.stop()
    }
}

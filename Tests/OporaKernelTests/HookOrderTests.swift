import OporaKernel
import OporaProtocol
import Testing

@Suite("Commands that wait for hooks", .timeLimit(.minutes(1)))
struct HookOrderTests {
    private let create = "ticket.before_create"

    @Test("Commands of one connection stay in order; those of others go on")
    func lanes() throws {
        let desk = try HookBench(["a", "z"])
        try desk.greet("a", [create])
        desk.send("one", "ticket.create", ["subject": "1", "requester": "U-2"])
        desk.send("two", "ticket.note", ["ticket": "T-1", "text": "n"])
        desk.send("three", "ticket.create", ["subject": "3", "requester": "U-2"])
        desk.send("four", "user.create", ["name": "Z"])
        let first = try desk.question()
        // The connection of z is not held up.
        #expect(try desk.answer("z", "ticket.note", ["ticket": "T-1", "text": "z"])["result"] != nil)
        desk.proceed("a", first)
        // The next question does not wait for the answers that are on their way.
        let messages = [try desk.bench.next(), try desk.bench.next(), try desk.bench.next()]
        let second = try #require(messages.first { $0["method"] == "hook.call" })
        #expect(messages.filter { $0["method"] == nil }.map { $0["id"] } == ["one", "two"])
        desk.proceed("a", second)
        #expect(try desk.bench.next()["id"] == "three")
        #expect(try desk.bench.next()["id"] == "four")
        // Nothing waits any more: the fast way is open again.
        try desk.bench.call("ticket.note", ["ticket": "T-1", "text": "n"])
        desk.bench.kernel.stop()
    }

    @Test("A batch keeps its order, too")
    func batch() throws {
        let desk = try HookBench(["a"])
        try desk.greet("a", [create])
        desk.bench.send(
            """
            [{"jsonrpc":"2.0","id":1,"method":"ticket.create","params":{"subject":"x","requester":"U-2"}},
             {"jsonrpc":"2.0","id":2,"method":"ticket.get","params":{"ticket":"T-2"}}]
            """)
        desk.patch("a", try desk.question(), ["priority": "low"])
        #expect(try desk.bench.next().array?.map { $0["result"]?["ticket"]?["priority"] } == ["low", "low"])
        desk.bench.kernel.stop()
    }

    @Test("A repeat with the same key asks nobody; another request with it is refused")
    func replay() throws {
        let desk = try HookBench(["a"])
        try desk.greet("a", [create])
        desk.send(1, "ticket.create", ["subject": "s", "requester": "U-2"], key: "k")
        let question = try desk.question()
        desk.patch("a", question, ["priority": "high"])
        let first = try desk.bench.next()
        desk.send(2, "ticket.create", ["subject": "s", "requester": "U-2"], key: "k")
        let second = try desk.bench.next()
        #expect(second["result"]?["_meta"]?["replayed"] == true && second["result"]?["ticket"] == first["result"]?["ticket"])
        desk.send(3, "ticket.create", ["subject": "other", "requester": "U-2"], key: "k")
        #expect(try desk.bench.next()["error"]?["data"]?["code"] == "idempotency_key_reused")
        desk.bench.kernel.stop()
    }

    @Test("The same call_id comes again where a caller repeats with its key, another for another command")
    func callIDs() throws {
        let desk = try HookBench(["a"])
        try desk.greet("a", [create])
        var ids: [String] = []
        for key in ["k", "k", "l"] {
            desk.send(1, "ticket.create", ["subject": "s", "requester": "U-2"], key: key)
            let question = try desk.question()
            ids.append(question["params"]?["call_id"]?.string ?? "")
            desk.reply("a", question, ["action": "veto", "code": "no", "reason": "no"])
            _ = try desk.bench.next()
        }
        #expect(ids[0] == ids[1] && ids[1] != ids[2] && !ids[0].isEmpty)
        desk.bench.kernel.stop()
    }

    @Test("A plugin's own commands never ask it, and inside a hook it may only look")
    func reentrancy() throws {
        let desk = try HookBench()
        try desk.greet("a", [create])
        let own = try desk.answer("a", "ticket.create", ["subject": "own", "requester": "U-2"])
        #expect(own["result"]?["ticket"]?["id"] == "T-2")
        desk.send(1, "ticket.create", ["subject": "s", "requester": "U-2"])
        let question = try desk.question()
        let meta: JSON = ["hook_id": question["params"]?["call_id"]]
        #expect(try desk.answer("a", "ticket.get", ["ticket": "T-1", "_meta": meta])["result"] != nil)
        for method in ["ticket.create", "ticket.solve"] {
            let params: JSON = method == "ticket.create" ? ["subject": "x", "_meta": meta] : ["ticket": "T-1", "_meta": meta]
            let error = try desk.answer("a", method, params)["error"]
            #expect(error?["code"] == -32002 && error?["data"]?["code"] == "reentrant")
        }
        desk.proceed("a", question)
        #expect(try desk.bench.next()["result"] != nil)
        desk.bench.kernel.stop()
    }

    @Test("What waits for hooks can be cancelled, and the plugin is told")
    func cancel() throws {
        let desk = try HookBench(["a"])
        try desk.greet("a", [create], capabilities: ["cancel": true])
        desk.send("one", "ticket.create", ["subject": "1", "requester": "U-2"])
        desk.send("two", "ticket.create", ["subject": "2", "requester": "U-2"])
        let question = try desk.question()
        func cancel(_ id: String) {
            let notice: JSON = ["jsonrpc": "2.0", "method": "$/cancel", "params": ["id": .string(id)]]
            desk.bench.send(notice.text)
        }
        cancel("two")
        #expect(try desk.bench.next() == error("two", "cancelled"))
        cancel("one")
        let notice = try desk.bench.next()
        #expect(notice["method"] == "$/cancel" && notice["params"]?["id"] == question["id"])
        #expect(try desk.bench.next() == error("one", "cancelled"))
        desk.proceed("a", question)
        #expect(try desk.bench.call("ticket.list")["items"]?.array?.count == 1)
        desk.bench.kernel.stop()
    }

    private func error(_ id: String, _ code: String) -> JSON {
        [
            "jsonrpc": "2.0", "id": .string(id),
            "error": [
                "code": -32006, "message": "the caller cancelled the request; nothing was done",
                "data": ["code": .string(code), "retryable": false],
            ],
        ]
    }

    @Test("A stop answers what waits for hooks")
    func stop() throws {
        let desk = try HookBench(["a"])
        try desk.greet("a", [create])
        desk.send("one", "ticket.create", ["subject": "1", "requester": "U-2"])
        desk.send("two", "ticket.note", ["ticket": "T-1", "text": "n"])
        _ = try desk.question()
        desk.bench.kernel.stop()
        var codes: [JSON?] = []
        while codes.count < 2 {
            let message = try desk.bench.next()
            if message["id"] != nil { codes.append(message["error"]?["data"]?["code"]) }
        }
        #expect(codes == ["unavailable", "unavailable"])
    }

    @Test("Parameters that can't be are refused before anybody is asked; a deadline that passes is kept")
    func early() throws {
        let desk = try HookBench(["a"])
        try desk.greet("a", [create])
        desk.send(1, "ticket.create", ["subject": 5, "requester": "U-2"])
        #expect(try desk.bench.next()["error"]?["code"] == -32602)
        desk.send(2, "ticket.create", ["subject": "x", "requester": "U-2"], deadline: 100)
        #expect(try desk.question()["params"]?["deadline_ms"] == 100)
        desk.bench.advance(seconds: 1)
        #expect(try desk.bench.next()["error"]?["code"] == -32005)
        #expect(try desk.failures().isEmpty)
        desk.bench.kernel.stop()
    }
}

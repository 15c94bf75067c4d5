import OporaKernel
import OporaProtocol
import Testing

@Suite("Hooks in the kernel", .timeLimit(.minutes(1)))
struct HookTests {
    private let create = "ticket.before_create"

    @Test("Continue, patch, veto; what a question says")
    func actions() throws {
        let desk = try HookBench()
        try desk.greet("a", [create])
        desk.send(1, "ticket.create", ["subject": "Printer", "requester": "U-2", "fields": ["x": 1]])
        let question = try desk.question()
        let params = try #require(question["params"])
        #expect(params["point"] == "ticket.before_create" && params["method"] == "ticket.create" && params["via"] == "owner")
        #expect(params["actor"] == "user/U-1" && params["deadline_ms"] == 300 && params["before"] == nil)
        #expect(params["proposed"] == ["subject": "Printer", "requester": "U-2", "fields": ["x": 1]])
        #expect(params["call_id"]?.string?.isEmpty == false)
        desk.patch("a", question, ["priority": "urgent", "fields": ["y": "2"]])
        let ticket = try desk.bench.next()["result"]?["ticket"]
        #expect(ticket?["priority"] == "urgent" && ticket?["fields"] == ["x": 1, "y": "2"])
        desk.send(2, "ticket.create", ["subject": "Printer", "requester": "U-2"])
        desk.proceed("a", try desk.question())
        #expect(try desk.bench.next()["result"]?["ticket"]?["priority"] == "normal")
        desk.send(3, "ticket.create", ["subject": "Viagra", "requester": "U-2"])
        desk.reply("a", try desk.question(), ["action": "veto", "code": "spam", "reason": "Looks like spam."])
        let error = try desk.bench.next()["error"]
        #expect(error?["code"] == 1008 && error?["data"]?["plugin"] == "a" && error?["data"]?["veto_code"] == "spam")
        #expect(error?["data"]?["reason"] == "Looks like spam." && error?["data"]?["code"] == "vetoed")
        #expect(try desk.bench.call("ticket.list")["items"]?.array?.count == 3)
        #expect(try desk.failures().isEmpty)
        desk.bench.kernel.stop()
    }

    @Test("Each point stands before its commands, with the ticket as it is; others ask nobody")
    func points() throws {
        let desk = try HookBench(["a"])
        try desk.greet("a", HookPoint.allCases.map(\.rawValue))
        let cases: [(String, JSON, String?)] = [
            ("ticket.set_priority", ["priority": "high"], "ticket.before_update"),
            ("ticket.set_status", ["status": "pending"], "ticket.before_update"),
            ("ticket.assign", ["group": "G-1"], "ticket.before_assign"),
            ("ticket.reply", ["text": "Hello"], "message.before_send"),
            ("ticket.note", ["text": "Hm"], nil), ("ticket.solve", [:], "ticket.before_update"),
            ("ticket.reopen", [:], "ticket.before_update"),
        ]
        for (method, params, point) in cases {
            let now = try desk.bench.call("ticket.get", ["ticket": "T-1"])["ticket"]
            var all = params.object ?? JSONObject()
            all["ticket"] = "T-1"
            desk.send(1, method, .object(all))
            if let point {
                let question = try desk.question()
                #expect(question["params"]?["point"]?.string == point)
                #expect(question["params"]?["before"] == ["ticket": now ?? .null])
                #expect(question["params"]?["proposed"] == .object(all))
                desk.proceed("a", question)
            }
            let answer = try desk.bench.next()
            #expect(answer["result"]?["ticket"]?["id"] == "T-1", "\(method): \(answer.text)")
        }
        desk.bench.kernel.stop()
    }

    @Test("The next plugin sees the patch; the operator's order wins")
    func chain() throws {
        for order in [[], ["b", "a"]] {
            let desk = try HookBench(hooks: [.beforeCreate: HookRule(order: order)])
            try desk.greet("b", [create])
            try desk.greet("a", [create])
            let (first, second) = order.isEmpty ? ("a", "b") : ("b", "a")
            desk.send(1, "ticket.create", ["subject": "s", "requester": "U-2"])
            desk.patch(first, try desk.question(), ["subject": "From \(JSON.string(first).text)"].asJSON)
            let question = try desk.question()
            #expect(question["params"]?["proposed"]?["subject"]?.string == "From \"\(first)\"")
            desk.patch(second, question, ["type": "task"])
            let ticket = try desk.bench.next()["result"]?["ticket"]
            #expect(ticket?["type"] == "task" && ticket?["subject"]?.string == "From \"\(first)\"")
            desk.bench.kernel.stop()
        }
    }

    @Test("Wishes that contradict each other are warned of, and names decide")
    func cycle() throws {
        let desk = try HookBench()
        #expect(try desk.greet("a", [create], before: ["b"])["warnings"] == [])
        let warnings = try desk.greet("b", [create], before: ["a"])["warnings"]?.array ?? []
        #expect(warnings.map { $0["code"] } == ["hook_cycle"])
        desk.bench.kernel.stop()
    }

    @Test("Silence, errors and nonsense are failures: open goes on and records them")
    func failuresOpen() throws {
        let desk = try HookBench(["a"])
        try desk.greet("a", [create])
        let answers: [JSON?] = [
            nil, [:], "x", ["action": "patch", "patch": ["external_id": "x"]], ["action": "patch", "patch": 5],
        ]
        for (number, answer) in answers.enumerated() {
            desk.send(.int(Int64(number)), "ticket.create", ["subject": "s", "requester": "U-2"])
            let question = try desk.question()
            if let answer { desk.reply("a", question, answer) } else { desk.bench.advance(seconds: 1) }
            let ticket = try desk.bench.next()["result"]?["ticket"]
            #expect(ticket?["priority"] == "normal" && ticket?["external_id"] == nil)
            // A second answer, and one after the time: nobody waits for it.
            desk.reply("a", question, ["action": "veto", "code": "late", "reason": "late"])
        }
        // Five failures in a row: it is not asked any more.
        desk.send("x", "ticket.create", ["subject": "s", "requester": "U-2"])
        #expect(try desk.bench.next()["id"] == "x")
        desk.bench.advance(seconds: 61)
        #expect(try desk.answer("a", "ping")["result"]?["pong"] == true)
        try desk.greet("a", [create])
        desk.send("y", "ticket.create", ["subject": "s", "requester": "U-2"])
        desk.proceed("a", try desk.question())
        #expect(try desk.bench.next()["id"] == "y")
        #expect(try desk.failures() == ["a timeout open"] + Array(repeating: "a malformed open", count: 4))
        desk.bench.kernel.stop()
    }

    @Test("Closed: a failure refuses the command, whatever it is")
    func failuresClosed() throws {
        let desk = try HookBench(["a"], hooks: [.beforeCreate: HookRule(onFailure: .closed)])
        try desk.greet("a", [create])
        desk.send(1, "ticket.create", ["subject": "s", "requester": "U-2"])
        _ = try desk.question()
        desk.bench.advance(seconds: 1)
        #expect(try desk.bench.next()["error"]?["code"] == -32011)
        desk.send(2, "ticket.create", ["subject": "s", "requester": "U-2"])
        desk.reply("a", try desk.question(), [:])
        #expect(try desk.bench.next()["error"]?["code"] == -32010)
        desk.send(3, "ticket.create", ["subject": "s", "requester": "U-2"])
        _ = try desk.question()
        desk.bench.kernel.lost(desk.peer("a"))
        #expect(try desk.bench.next()["error"]?["code"] == -32010)
        #expect(try desk.failures() == ["a timeout closed", "a malformed closed", "a offline closed"])
        #expect(try desk.bench.call("ticket.list")["items"]?.array?.count == 1)
        // The plugin is gone, and with it its wish.
        try desk.bench.call("ticket.create", ["subject": "s", "requester": "U-2"])
        desk.bench.kernel.stop()
    }

    @Test("A patch that the desk's state forbids is taken back")
    func patchRefused() throws {
        let desk = try HookBench()
        try desk.greet("a", ["ticket.before_assign"])
        try desk.greet("b", ["ticket.before_assign"])
        desk.send(1, "ticket.assign", ["ticket": "T-1", "group": "G-1"])
        desk.patch("a", try desk.question(), ["group": "G-99"])
        desk.patch("b", try desk.question(), ["assignee": "U-1"])
        // The writer refuses group G-99: a's patch is gone, b is asked about what was there without it.
        let again = try desk.question()
        #expect(again["params"]?["proposed"] == ["ticket": "T-1", "group": "G-1"])
        desk.patch("b", again, ["assignee": "U-1"])
        let ticket = try desk.bench.next()["result"]?["ticket"]
        #expect(ticket?["group"] == "G-1" && ticket?["assignee"] == "U-1")
        #expect(try desk.failures() == ["a malformed open"])
        // What the caller asks for and can't have is the caller's own mistake.
        desk.send(2, "ticket.assign", ["ticket": "T-1", "group": "G-98"])
        desk.proceed("a", try desk.question())
        desk.patch("b", try desk.question(), ["assignee": .null])
        #expect(try desk.bench.next()["error"]?["code"] == 1001)
        #expect(try desk.failures().count == 1)
        desk.bench.kernel.stop()
    }

    @Test("A ticket that moves meanwhile: once more, then the conflict")
    func moved() throws {
        let desk = try HookBench(["a"])
        try desk.greet("a", ["ticket.before_update"])
        var group: JSON = .null
        func move() throws {
            group = group.isNull ? "G-1" : .null
            #expect(try desk.answer("a", "ticket.assign", ["ticket": "T-1", "group": group])["result"] != nil)
        }
        for moves in 1...2 {
            desk.send(1, "ticket.set_priority", ["ticket": "T-1", "priority": moves == 1 ? "high" : "low"])
            let first = try desk.question()
            try move()
            desk.proceed("a", first)
            let second = try desk.question()
            let versions = [first, second].compactMap { $0["params"]?["before"]?["ticket"]?["version"]?.int }
            #expect(versions[1] == versions[0] + 1)
            if moves == 2 { try move() }
            desk.proceed("a", second)
            let answer = try desk.bench.next()
            if moves == 1 {
                #expect(answer["result"]?["ticket"]?["priority"] == "high")
            } else {
                #expect(answer["error"]?["code"] == 1003)
            }
        }
        // What the caller expected does not hold: nobody is asked.
        desk.send(2, "ticket.solve", ["ticket": "T-1", "expected_version": 1])
        #expect(try desk.bench.next()["error"]?["code"] == 1003)
        desk.send(3, "ticket.solve", ["ticket": "T-77"])
        #expect(try desk.bench.next()["error"]?["code"] == 1001)
        desk.bench.kernel.stop()
    }
}

extension Dictionary where Key == String, Value == String {
    fileprivate var asJSON: JSON { .object(JSONObject(map { ($0, .string($1)) })) }
}

import OporaKernel
import OporaProtocol
import Testing

/// What a command sees of what commands before it did, be it in the same transaction or to another peer of the same name.
@Suite("What holds at that moment", .timeLimit(.minutes(1)))
struct StaleStateTests {
    /// One message with several commands: they are run in one transaction.
    private func together(_ bench: KernelBench, _ calls: [(String, JSON)]) throws -> [JSON] {
        let entries = calls.enumerated().map { index, call -> JSON in
            ["jsonrpc": "2.0", "id": .int(Int64(index)), "method": .string(call.0), "params": call.1]
        }
        bench.send(JSON.array(entries).text)
        let answers = try bench.next().array ?? []
        return answers.sorted { ($0["id"]?.int ?? 0) < ($1["id"]?.int ?? 0) }
    }

    private func reading(_ bench: KernelBench) throws -> JSON {
        for number in 1...20 { try bench.call("organization.create", ["name": .string("O\(number)")]) }
        try bench.call("consumer.ensure", ["name": "c", "start": ["from": "beginning"]])
        return try #require(try bench.call("consumer.fetch", ["name": "c", "max": 20])["lease_token"])
    }

    @Test("An ack under a lease that a seek in front of it ended is refused, and the seek stays")
    func seekThenAck() throws {
        let bench = try KernelBench()
        defer { bench.kernel.stop() }
        let token = try reading(bench)
        let answers = try together(
            bench,
            [
                ("consumer.seek", ["name": "c", "to": ["from": "beginning"]]),
                ("consumer.ack", ["name": "c", "seq": 20, "lease_token": token]),
            ])
        #expect(answers[1]["error"]?["data"]?["code"] == "lease_lost", "\(answers[1].text)")
        #expect(try bench.call("consumer.info", ["name": "c"])["consumer"]?["acked_seq"] == 0)
    }

    @Test("A consumer that was deleted and made again is another one")
    func deletedAndMade() throws {
        let bench = try KernelBench()
        defer { bench.kernel.stop() }
        let token = try reading(bench)
        let answers = try together(
            bench,
            [
                ("consumer.delete", ["name": "c"]), ("consumer.ensure", ["name": "c", "start": ["from": "beginning"]]),
                ("consumer.ack", ["name": "c", "seq": 20, "lease_token": token]),
            ])
        #expect(answers[2]["error"]?["data"]?["code"] == "lease_lost", "\(answers[2].text)")
        #expect(try bench.call("consumer.info", ["name": "c"])["consumer"]?["acked_seq"] == 0)
    }

    @Test("Events that a seek has just asked for are not cut off the log behind it")
    func seekThenTruncate() throws {
        let bench = try KernelBench()
        defer { bench.kernel.stop() }
        let token = try reading(bench)
        try bench.call("consumer.ack", ["name": "c", "seq": 20, "lease_token": token])
        let answers = try together(
            bench,
            [
                ("consumer.seek", ["name": "c", "to": ["from": "beginning"]]),
                ("log.truncate", ["before_seq": 10, "snapshot": false]),
            ])
        #expect(answers[1]["error"]?["data"]?["code"] == "validation_failed", "\(answers[1].text)")
        #expect(try bench.log().count >= 20)
    }

    @Test("A fetch that is refused takes no lease", arguments: [["max": 0], ["ack_seq": 3]] as [JSON])
    func refusedFetch(params: JSON) throws {
        let bench = try KernelBench()
        defer { bench.kernel.stop() }
        try bench.call("consumer.ensure", ["name": "c", "start": ["from": "beginning"]])
        var object = try #require(params.object)
        object["name"] = "c"
        #expect(try bench.refusal("consumer.fetch", .object(object)) == "invalid_params")
        #expect(try bench.call("consumer.fetch", ["name": "c"])["lease_token"] != nil)
    }

    @Test("The end of a standby's session leaves the holder its lease")
    func standby() throws {
        let bench = try KernelBench()
        defer { bench.kernel.stop() }
        try bench.call("organization.create", ["name": "O"])
        try bench.call("session.hello", ["manifest": ["name": "p"]])
        try bench.call("consumer.ensure", ["name": "c", "start": ["from": "beginning"]])
        let token = try #require(try bench.call("consumer.fetch", ["name": "c"])["lease_token"])
        let standby = Peer([7])
        for (id, method, params) in [(1, "session.hello", ["manifest": ["name": "p"]]), (2, "session.bye", [:])]
            as [(Int64, String, JSON)]
        {
            let request: JSON = ["jsonrpc": "2.0", "id": .int(id), "method": .string(method), "params": params]
            bench.send(request.text, from: standby)
            _ = try bench.next()
        }
        try bench.call("consumer.ack", ["name": "c", "seq": 1, "lease_token": token])
    }

    @Test("Who takes the name of a connection gets nothing that was under way for its first owner")
    func takenName() throws {
        let other = Identity(name: "other", roles: [], methods: [], rights: [])
        let bench = try KernelBench(identities: [.owner, other])
        defer { bench.kernel.stop() }
        let name = Peer([0x56, 0x49, 0x43])
        let poll: JSON = [
            "jsonrpc": "2.0", "id": 77, "method": "events.read", "params": ["after_seq": 0, "wait_ms": 20_000],
        ]
        bench.send(poll.text, from: name)
        bench.send(#"{"jsonrpc":"2.0","id":2,"method":"ping"}"#, from: name, as: "other")
        #expect(try bench.next()["id"] == 2)
        // What the first one waits for comes, and reaches nobody.
        try bench.call("organization.create", ["name": "O"])
        bench.advance(seconds: 25)
        for _ in 0..<50 { #expect(try bench.answer("ping")["id"] == 1) }
    }

    @Test("A repeat of a command that changed nothing is answered as the first time")
    func nothingChanged() throws {
        let bench = try KernelBench()
        defer { bench.kernel.stop() }
        try bench.furnish()
        try bench.call("ticket.create", ["subject": "S", "requester": "U-2"])
        let call: JSON = ["ticket": "T-1", "priority": "normal", "_meta": ["idempotency_key": "k"]]
        let first = try bench.call("ticket.set_priority", call)
        let second = try bench.call("ticket.set_priority", call)
        #expect(first["_meta"]?["seq"] == nil && second["_meta"]?["seq"] == nil)
        #expect(second["_meta"]?["replayed"] == true)
    }

    @Test("Who may not act for others may not say as whom an identity acts")
    func delegation() throws {
        let clerk = Identity(name: "clerk", roles: ["clerk"], methods: ["user.*"], rights: [])
        let bench = try KernelBench(identities: [.owner, clerk])
        defer { bench.kernel.stop() }
        try bench.furnish()
        #expect(try bench.refusal("user.update", ["user": "U-2", "identity": "clerk"], as: "clerk") == "forbidden")
        #expect(try bench.refusal("user.create", ["name": "N", "identity": "clerk"], as: "clerk") == "forbidden")
        try bench.call("user.create", ["name": "N"], as: "clerk")
    }

    @Test("A plugin that has to be asked and is not there holds the command up")
    func closedHook() throws {
        let rule = HookRule(onFailure: .closed, order: ["guard"])
        let bench = try KernelBench(hooks: [.beforeCreate: rule])
        defer { bench.kernel.stop() }
        try bench.furnish()
        #expect(try bench.refusal("ticket.create", ["subject": "S", "requester": "U-2"]) == "provider_offline")
    }
}

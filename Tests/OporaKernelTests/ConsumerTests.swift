import OporaKernel
import OporaProtocol
import Testing

@Suite("Durable consumers", .timeLimit(.minutes(1)))
struct ConsumerTests {
    private func bench() throws -> KernelBench {
        let bench = try KernelBench()
        try bench.furnish()
        for n in 0..<5 { try bench.call("ticket.create", ["subject": .string("s\(n)"), "requester": "U-2"]) }
        return bench
    }

    private func seqs(_ fetched: JSON) -> [Int64] { fetched["events"]?.array?.compactMap { $0["seq"]?.int } ?? [] }

    @Test("Fetch does not move the cursor, ack does, and a restart keeps it")
    func cursor() throws {
        let bench = try bench()
        try bench.call("consumer.ensure", ["name": "c", "start": ["from": "beginning"]])
        let first = try bench.call("consumer.fetch", ["name": "c", "max": 4])
        let token = first["lease_token"]
        #expect(seqs(first) == [1, 2, 3, 4])
        #expect(seqs(try bench.call("consumer.fetch", ["name": "c", "max": 2, "lease_token": token])) == [1, 2])
        #expect(try bench.call("consumer.ack", ["name": "c", "seq": 3, "lease_token": token])["acked_seq"] == 3)
        #expect(try bench.call("consumer.ack", ["name": "c", "seq": 1, "lease_token": token])["acked_seq"] == 3)
        #expect(try bench.refusal("consumer.ack", ["name": "c", "seq": 99, "lease_token": token]) == "ack_out_of_range")
        #expect(seqs(try bench.call("consumer.fetch", ["name": "c", "max": 2, "lease_token": token, "ack_seq": 4])) == [5, 6])
        bench.kernel.stop()
        let again = try KernelBench(folder: bench.folder)
        #expect(try again.refusal("consumer.fetch", ["name": "c", "lease_token": token]) == "lease_lost")
        #expect(seqs(try again.call("consumer.fetch", ["name": "c", "max": 1])) == [5])
        again.kernel.stop()
    }

    @Test("Acks and makings that reach the writer together do not undo each other")
    func together() throws {
        let bench = try bench()
        let kernel = bench.kernel
        for round in 0..<30 {
            let name = "c\(round)"
            // What the writer takes at once is one transaction; each must see what the one before it did.
            let ensure = { (from: String) in
                #"{"jsonrpc":"2.0","id":1,"method":"consumer.ensure","params":{"name":"\#(name)","start":{"from":"\#(from)"}}}"#
            }
            bench.send("[\(ensure("beginning")),\(ensure("now"))]")
            let made = try bench.next().array ?? []
            #expect(made.map { $0["result"]?["created"] ?? .null } == [true, false])
            #expect(made.map { $0["result"]?["consumer"]?["acked_seq"] ?? .null } == [0, 0])
            let token = try bench.call("consumer.fetch", ["name": .string(name), "max": 5])["lease_token"]?.string ?? ""
            let ack = { (seq: Int) in
                #"{"jsonrpc":"2.0","id":1,"method":"consumer.ack","params":{"name":"\#(name)","seq":\#(seq),"lease_token":"\#(token)"}}"#
            }
            bench.send("[\(ack(5)),\(ack(3))]")
            #expect(try bench.next().array?.map { $0["result"]?["acked_seq"] ?? .null } == [5, 5])
            #expect(try bench.call("consumer.info", ["name": .string(name)])["consumer"]?["acked_seq"] == 5)
        }
        kernel.stop()
    }

    @Test("A consumer belongs to the identity that made it")
    func ownership() throws {
        let (a, b) = (
            Identity(name: "a", roles: [], methods: ["consumer.*"], streams: nil, rights: []),
            Identity(name: "b", roles: [], methods: ["consumer.*"], streams: nil, rights: [])
        )
        let bench = try KernelBench(identities: [.owner, a, b])
        try bench.furnish()
        try bench.call("consumer.ensure", ["name": "c", "start": ["from": "beginning"]], as: "a")
        #expect(try bench.refusal("consumer.fetch", ["name": "c"], as: "b") == "forbidden")
        #expect(try bench.refusal("consumer.delete", ["name": "c"], as: "b") == "forbidden")
        let token = try bench.call("consumer.fetch", ["name": "c"], as: "a")["lease_token"]
        #expect(try bench.refusal("consumer.ack", ["name": "c", "seq": 1, "lease_token": token], as: "b") == "forbidden")
        try bench.call("consumer.ack", ["name": "c", "seq": 1, "lease_token": token], as: "a")
        bench.kernel.stop()
    }

    @Test("A consumer that begins anew sees everything anew, whatever still looks for the old one")
    func beginsAnew() throws {
        let bench = try bench()
        try bench.call("consumer.ensure", ["name": "c", "start": ["from": "beginning"], "streams": ["feedback"]])
        bench.send(#"{"jsonrpc":"2.0","id":"old","method":"consumer.fetch","params":{"name":"c","wait_ms":20000}}"#)
        let anew =
            #"[{"jsonrpc":"2.0","id":1,"method":"consumer.delete","params":{"name":"c"}},"#
            + #"{"jsonrpc":"2.0","id":2,"method":"consumer.ensure","params":{"name":"c","start":{"from":"beginning"}}}]"#
        bench.send(anew)
        // The fetch that waits learns of it at once; which answer comes first is open.
        let answers = [try bench.next(), try bench.next()]
        #expect(answers.contains { $0.array?.count == 2 })
        let refusal = answers.compactMap { $0["error"]?["data"]?["code"]?.string }.first
        #expect(refusal == "lease_lost" || refusal == "consumer_not_found")
        #expect(seqs(try bench.call("consumer.fetch", ["name": "c", "max": 3])) == [1, 2, 3])
        bench.kernel.stop()
    }

    @Test("A slow query holds up nobody who asks meanwhile, and a look by ticket waits for that ticket")
    func readers() throws {
        let bench = try bench()
        for round in 0..<50 {
            bench.send(#"{"jsonrpc":"2.0","id":"a\#(round)","method":"ticket.list","params":{}}"#)
            bench.send(#"{"jsonrpc":"2.0","id":"b\#(round)","method":"user.list","params":{}}"#)
        }
        var seen: Set<String> = []
        for _ in 0..<100 { seen.insert(try bench.next()["id"]?.string ?? "") }
        #expect(seen.count == 100)
        let head = Int64(try bench.log().count)
        bench.send(
            #"{"jsonrpc":"2.0","id":"w","method":"events.read","params":{"after_seq":\#(head),"subject":"ticket/T-2","wait_ms":20000}}"#
        )
        try bench.call("ticket.note", ["ticket": "T-1", "text": "another one"])
        bench.send(#"{"jsonrpc":"2.0","id":"n","method":"ticket.note","params":{"ticket":"T-2","text":"this one"}}"#)
        let answers = [try bench.next(), try bench.next()]
        let events = answers.first { $0["id"] == "w" }?["result"]?["events"]?.array
        #expect(events?.count == 1 && events?.first?["event"]?["data"]?["ticket"] == "T-2")
        bench.kernel.stop()
    }

    @Test("One holder at a time; a late ack is fenced")
    func leases() throws {
        let bench = try bench()
        try bench.call("consumer.ensure", ["name": "c", "start": ["from": "beginning"]])
        let first = try bench.call("consumer.fetch", ["name": "c", "max": 4])
        #expect(try bench.refusal("consumer.fetch", ["name": "c"]) == "consumer_busy")
        bench.advance(minutes: 1)
        let second = try bench.call("consumer.fetch", ["name": "c", "max": 4])
        #expect(seqs(second) == [1, 2, 3, 4] && second["lease_token"] != first["lease_token"])
        #expect(try bench.refusal("consumer.ack", ["name": "c", "seq": 4, "lease_token": first["lease_token"]]) == "lease_lost")
        try bench.call("consumer.ack", ["name": "c", "seq": 4, "lease_token": second["lease_token"]])
        bench.kernel.stop()
    }

    @Test("A consumer of some streams sees those alone, and what it does not want is no lag")
    func streams() throws {
        let bench = try bench()
        let ensure: JSON = ["name": "c", "start": ["from": "beginning"], "streams": ["sla"]]
        #expect(try bench.call("consumer.ensure", ensure)["created"] == true)
        #expect(try bench.call("consumer.ensure", ensure)["created"] == false)
        #expect(try bench.refusal("consumer.ensure", ["name": "c", "start": ["from": "now"]]) == "consumer_differs")
        let fetched = try bench.call("consumer.fetch", ["name": "c", "max": 500])
        let types = Set(fetched["events"]?.array?.compactMap { $0["event"]?["type"]?.string } ?? [])
        #expect(types == ["opora.sla.applied.v1"])
        try bench.call("user.create", ["name": "One more"])
        let token = fetched["lease_token"]
        _ = try bench.call("consumer.fetch", ["name": "c", "lease_token": token, "ack_seq": fetched["next_after_seq"]])
        #expect(try bench.call("consumer.info", ["name": "c"])["consumer"]?["lag"] == 0)
        bench.kernel.stop()
    }

    @Test("A long poll waits for something of its streams, and ends empty when its time is over")
    func longPoll() throws {
        let bench = try bench()
        let head = Int64(try bench.log().count)
        let read: JSON = [
            "jsonrpc": "2.0", "id": "p", "method": "events.read",
            "params": ["after_seq": .int(head), "wait_ms": 20_000, "streams": ["feedback"]],
        ]
        bench.send(read.text)
        try bench.call("ticket.note", ["ticket": "T-1", "text": "wakes nobody"])
        bench.send(#"{"jsonrpc":"2.0","id":"f","method":"feedback.record","params":{"ticket":"T-1","kind":"nps","score":9}}"#)
        let answers = [try bench.next(), try bench.next()]
        let polled = answers.first { $0["id"] == "p" }
        #expect(polled?["result"]?["events"]?.array?.first?["event"]?["type"] == "opora.feedback.recorded.v1")
        bench.send(
            JSON(
                dictionaryLiteral: ("jsonrpc", "2.0"), ("id", "e"), ("method", "events.read"),
                ("params", ["after_seq": .int(head + 50), "wait_ms": 5000])
            ).text)
        bench.advance(seconds: 10)
        let empty = try bench.next()
        #expect(empty["id"] == "e" && empty["result"]?["events"]?.array?.isEmpty == true)
        bench.kernel.stop()
    }

    @Test("A plugin's method is routed to it, and its silence, absence and nonsense are told apart")
    func pluginMethods() throws {
        let plugin = Identity(name: "rep", roles: [], methods: [], streams: nil, rights: [])
        let bench = try KernelBench(identities: [.owner, plugin])
        #expect(try bench.refusal("x.rep.sum") == "provider_offline")
        let hello: JSON = [
            "jsonrpc": "2.0", "id": 1, "method": "session.hello",
            "params": [
                "manifest": ["name": "rep", "version": "1", "methods": [["name": "x.rep.sum"], ["name": "x.other.sum"]]]
            ],
        ]
        let other = Peer([9])
        bench.send(hello.text, from: other, as: "rep")
        let greeted = try bench.next()["result"]
        #expect(greeted?["granted"]?["methods"] == ["x.rep.sum"] && greeted?["warnings"]?.array?.count == 1)
        #expect(try bench.call("kernel.health")["sessions"]?.array?.first?["name"] == "rep")
        func routed() throws -> String {
            bench.send(#"{"jsonrpc":"2.0","id":"q","method":"x.rep.sum","params":{"a":1}}"#)
            let call = try bench.next()
            #expect(
                call["method"] == "method.call" && call["params"]?["params"] == ["a": 1] && call["params"]?["caller"] == "owner")
            return try #require(call["id"]?.string)
        }
        bench.send(#"{"jsonrpc":"2.0","id":"\#(try routed())","result":{"sum":3}}"#, from: other, as: "rep")
        #expect(try bench.next() == ["jsonrpc": "2.0", "id": "q", "result": ["sum": 3]])
        bench.send(#"{"jsonrpc":"2.0","id":"\#(try routed())","result":[3]}"#, from: other, as: "rep")
        #expect(try bench.next()["error"]?["data"]?["code"] == "provider_error")
        // Another peer can't answer for it; then its time is over.
        let id = try routed()
        bench.send(#"{"jsonrpc":"2.0","id":"\#(id)","result":{"sum":666}}"#)
        bench.advance(seconds: 11)
        #expect(try bench.next()["error"]?["data"]?["code"] == "provider_timeout")
        bench.advance(seconds: 11)
        try bench.until { try bench.call("kernel.health")["sessions"]?.array?.isEmpty ?? false }
        #expect(try bench.refusal("x.rep.sum") == "provider_offline")
        bench.kernel.stop()
    }
}

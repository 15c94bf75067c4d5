import OporaProtocol
import OporaThreads
import OporaTime
import Testing

@testable import OporaKernel

@Suite("Requests under way")
struct RequestTests {
    @Test("A query in a batch sees the commands before it, and answers keep the order")
    func batchOrder() throws {
        let bench = try KernelBench()
        try bench.furnish()
        let entries = (1...10).flatMap { number in
            [
                #"{"jsonrpc":"2.0","id":"c\#(number)","method":"ticket.create","params":{"subject":"S\#(number)"}}"#,
                #"{"jsonrpc":"2.0","id":"g\#(number)","method":"ticket.get","params":{"ticket":"T-\#(number)"}}"#,
            ]
        }
        bench.send("[\(entries.joined(separator: ","))]")
        let answers = try #require(try bench.next().array)
        #expect(answers.count == 20)
        for (index, answer) in answers.enumerated() {
            #expect(answer["id"]?.string == (index % 2 == 0 ? "c" : "g") + "\(index / 2 + 1)")
            #expect(answer["result"]?["ticket"]?["subject"]?.string == "S\(index / 2 + 1)")
        }
        bench.kernel.stop()
    }

    @Test("A batch whose answers exceed the limit refuses the entries that do not fit")
    func batchSize() throws {
        let bench = try KernelBench()
        try bench.furnish()
        try bench.call("ticket.create", ["subject": "S"])
        let text = String(repeating: "x", count: 150_000)
        for _ in 0..<4 { try bench.call("ticket.note", ["ticket": "T-1", "text": .string(text)]) }
        let entry = #"{"jsonrpc":"2.0","id":1,"method":"message.list","params":{"ticket":"T-1"}}"#
        bench.send("[\(Array(repeating: entry, count: 10).joined(separator: ","))]")
        let answers = try #require(try bench.next().array)
        #expect(answers.count == 10)
        let refused = answers.filter { $0["error"]?["data"]?["code"] == "response_too_large" }.count
        #expect(refused > 0 && refused < 10)
        bench.kernel.stop()
    }

    @Test("A long poll is cancelled, once; what is unknown or done is not")
    func cancel() throws {
        let bench = try KernelBench()
        bench.send(
            #"{"jsonrpc":"2.0","id":"w","method":"events.read","params":{"after_seq":0,"wait_ms":20000}}"#)
        bench.send(#"{"jsonrpc":"2.0","method":"$/cancel","params":{"id":"other"}}"#)
        // The poll may still be on its way to where it waits.
        while bench.probe.answers.count == 0 {
            bench.send(#"{"jsonrpc":"2.0","method":"$/cancel","params":{"id":"w"}}"#)
        }
        let answer = try bench.next()
        #expect(answer["id"] == "w")
        #expect(answer["error"]?["data"]?["code"] == "cancelled")
        bench.send(#"{"jsonrpc":"2.0","method":"$/cancel","params":{"id":"w"}}"#)
        #expect(try bench.call("ping")["pong"] == true)
        bench.kernel.stop()
    }

    @Test("Requests over the limit wait unread and are all answered in order")
    func inFlight() throws {
        let bench = try KernelBench { $0.inFlightPerConnection = 4 }
        for number in 1...200 {
            bench.send(
                #"{"jsonrpc":"2.0","id":\#(number),"method":"organization.create","params":{"name":"O\#(number)"}}"#)
        }
        for number in 1...200 as ClosedRange<Int64> { #expect(try bench.next()["id"]?.int == number) }
        let stats = try bench.call("kernel.stats")
        #expect(stats["unread_bytes"] == 0)
        bench.kernel.stop()
    }

    @Test("More unread bytes than may wait are refused, and nothing of them is done")
    func full() throws {
        let bench = try KernelBench {
            $0.inFlightPerConnection = 1
            $0.unreadBytesPerConnection = 100 + Limits.unreadMessageBytes
        }
        bench.send(#"{"jsonrpc":"2.0","id":"w","method":"events.read","params":{"after_seq":0,"wait_ms":20000}}"#)
        bench.send(#"{"jsonrpc":"2.0","id":1,"method":"kernel.stats","params":{}}"#)
        bench.send(#"{"jsonrpc":"2.0","id":2,"method":"organization.create","params":{"name":"never made"}}"#)
        let refusal = try bench.next()
        #expect(refusal["id"] == 2)
        #expect(refusal["error"]?["data"]?["code"] == "too_many_inflight")
        #expect(refusal["error"]?["data"]?["retry_after_ms"]?.int != nil)
        bench.kernel.stop()
    }

    @Test("An identity with a rate is refused over it; others are not")
    func rate() throws {
        let slow = Identity(
            name: "slow", roles: [], methods: ["*"], streams: nil, rights: [], rate: .init(perSecond: 1, burst: 2))
        let bench = try KernelBench(identities: [.owner, slow])
        try bench.call("ping", as: "slow")
        try bench.call("ping", as: "slow")
        #expect(try bench.refusal("ping", as: "slow") == "rate_limited")
        try bench.call("ping")
        bench.advance(seconds: 1)
        try bench.call("ping", as: "slow")
        bench.kernel.stop()
    }

    @Test("A connection that sends too much that is no message is refused for a minute, and that is on record")
    func flood() throws {
        let bench = try KernelBench()
        let other = Peer([9])
        for _ in 0..<21 {
            bench.send("{")
            #expect(try bench.next()["error"]?["code"]?.int == -32700)
        }
        #expect(try bench.refusal("ping") == "rate_limited")
        bench.send("{")
        #expect(try bench.next()["error"]?["code"]?.int == -32003)
        bench.send(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, from: other)
        #expect(try bench.next()["result"]?["pong"] == true)
        bench.advance(seconds: 61)
        try bench.call("ping")
        try bench.until { try !bench.log().isEmpty }
        #expect(try bench.log().first?["event"]?["type"] == "opora.system.flood_refused.v1")
        bench.kernel.stop()
    }

    @Test("expand brings people, organizations and groups along, each once; an unknown word is refused")
    func expand() throws {
        let bench = try KernelBench()
        try bench.furnish()
        try bench.call("ticket.create", ["subject": "A", "text": "x", "requester": "U-2", "group": "G-1"])
        try bench.call("ticket.create", ["subject": "B", "requester": "U-2", "assignee": "U-1"])
        let list = try bench.call("ticket.list", ["expand": ["requester", "group", "assignee", "organization"]])
        #expect(list["included"]?.object?.members.map(\.name) == ["U-1", "U-2", "G-1"])
        #expect(list["included"]?["U-2"]?["name"] == "Anna")
        let one = try bench.call("ticket.get", ["ticket": "T-1", "expand": "requester"])
        #expect(one["included"]?.object?.members.map(\.name) == ["U-2"])
        let messages = try bench.call("message.list", ["ticket": "T-1", "expand": ["author"]])
        #expect(messages["included"]?["U-2"]?["email"] == "anna@example.org")
        #expect(try bench.call("ticket.get", ["ticket": "T-1"])["included"] == nil)
        #expect(try bench.refusal("ticket.list", ["expand": ["everything"]]) == "invalid_params")
        bench.kernel.stop()
    }

    @Test("A cursor is good for its list alone, and nobody can make one up")
    func cursors() throws {
        let bench = try KernelBench()
        try bench.furnish()
        for number in 1...5 { try bench.call("ticket.create", ["subject": .string("S\(number)")]) }
        let page = try bench.call("ticket.list", ["limit": 2, "sort": "id"])
        let cursor = try #require(page["next_cursor"]?.string)
        #expect(
            try bench.call("ticket.list", ["limit": 3, "sort": "id", "cursor": .string(cursor), "expand": "requester"])["items"]?
                .array?.count == 3)
        #expect(try bench.refusal("ticket.list", ["limit": 2, "sort": "-id", "cursor": .string(cursor)]) == "invalid_cursor")
        #expect(try bench.refusal("user.list", ["cursor": .string(cursor)]) == "invalid_cursor")
        let parts = cursor.split(separator: ".")
        let forged = "\(parts[0]).4.\(parts[2])"
        #expect(try bench.refusal("ticket.list", ["limit": 2, "sort": "id", "cursor": .string(forged)]) == "invalid_cursor")
        bench.kernel.stop()
    }
}

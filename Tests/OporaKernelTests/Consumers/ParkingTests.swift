import OporaKernel
import OporaProtocol
import Testing

@Suite("Setting events aside", .timeLimit(.minutes(1)))
struct ParkingTests {
    private func bench(_ more: JSON = [:]) throws -> (KernelBench, Reader) {
        let bench = try KernelBench()
        try bench.fill(8)
        _ = try bench.ensure("c", more)
        return (bench, Reader(bench))
    }

    @Test("Deliveries are counted in the kernel's memory, over leases, until the ack")
    func counts() throws {
        let (bench, reader) = try bench()
        #expect(Reader.deliveries(try reader.fetch(max: 4)) == [1, 1, 1, 1])
        bench.advance(minutes: 1)
        reader.token = nil
        #expect(Reader.deliveries(try reader.fetch(max: 5)) == [2, 2, 2, 2, 1])
        try reader.ack(3)
        #expect(Reader.deliveries(try reader.fetch(max: 3)) == [3, 2, 1])
        bench.kernel.stop()
        let again = try KernelBench(folder: bench.folder)
        #expect(Reader.deliveries(try Reader(again).fetch(max: 1)) == [1])
        again.kernel.stop()
    }

    @Test("From the third delivery on an event comes alone and after a rest, and then it is set aside")
    func wornOut() throws {
        let (bench, reader) = try bench(["max_deliver": 4])
        for _ in 0..<2 { #expect(Reader.seqs(try reader.fetch(max: 3)) == [1, 2, 3]) }
        let early = try reader.fetch(max: 3)
        #expect(Reader.seqs(early).isEmpty && early["next_after_seq"] == 0)
        bench.advance(seconds: 1)
        let third = try reader.fetch(max: 3)
        #expect(Reader.seqs(third) == [1] && Reader.deliveries(third) == [3])
        bench.advance(seconds: 1)
        #expect(Reader.seqs(try reader.fetch(max: 3)).isEmpty)
        bench.advance(seconds: 1)
        #expect(Reader.deliveries(try reader.fetch(max: 3)) == [4])
        let next = try reader.fetch(max: 3)
        #expect(Reader.seqs(next) == [2, 3, 4] && Reader.deliveries(next) == [3, 3, 1])
        let info = try reader.info
        #expect(info["parked"] == 1 && info["acked_seq"] == 1)
        #expect(
            try bench.facts("system.consumer_parked") == [["consumer": "c", "seq": 1, "deliveries": 4, "by": "kernel"]])
        let parked = try bench.call("consumer.parked_list", ["name": "c"])["items"]?.array ?? []
        #expect(parked.count == 1 && parked[0]["seq"] == 1 && parked[0]["deliveries"] == 4)
        #expect(parked[0]["event"]?["subject"] == "organization/O-1" && parked[0]["reason"]?.string?.isEmpty == false)
        bench.kernel.stop()
    }

    @Test("A fetch that waits gets what rests as soon as it may go out")
    func waitsForRest() throws {
        let (bench, reader) = try bench()
        for _ in 0..<2 { _ = try reader.fetch(max: 3) }
        let token = reader.token?.string ?? ""
        bench.send(
            #"{"jsonrpc":"2.0","id":"w","method":"consumer.fetch","params":{"name":"c","wait_ms":20000,"lease_token":"\#(token)"}}"#
        )
        bench.advance(seconds: 2)
        let answer = try bench.next()
        #expect(answer["id"] == "w" && Reader.seqs(answer["result"] ?? .null) == [1])
        bench.kernel.stop()
    }

    @Test("The holder sets an event aside: what lies before it is done, what lies after it comes next")
    func park() throws {
        let (bench, reader) = try bench()
        _ = try reader.fetch(max: 5)
        func park(_ seq: Int64, _ token: JSON?, reason: String = "bad") -> JSON {
            ["name": "c", "seq": .int(seq), "reason": .string(reason), "lease_token": token]
        }
        #expect(try bench.refusal("consumer.park", park(6, reader.token)) == "ack_out_of_range")
        #expect(try bench.refusal("consumer.park", park(5, "stale")) == "lease_lost")
        #expect(
            try bench.refusal("consumer.park", park(5, reader.token, reason: String(repeating: "x", count: 201)))
                == "invalid_params")
        #expect(try bench.call("consumer.park", park(5, reader.token))["acked_seq"] == 5)
        #expect(try bench.call("consumer.park", park(2, reader.token))["acked_seq"] == 5)
        #expect(Reader.seqs(try reader.fetch(max: 2)) == [6, 7])
        #expect(try reader.info["parked"] == 1)
        // The reason is for people: it is in no event.
        #expect(try bench.facts("system.consumer_parked") == [["consumer": "c", "seq": 5, "deliveries": 1, "by": "holder"]])
        bench.kernel.stop()
        let again = try KernelBench(folder: bench.folder)
        #expect(try again.call("consumer.parked_list", ["name": "c"])["items"]?.array?.first?["reason"] == "bad")
        #expect(try Reader(again).info["parked"] == 1)
        again.kernel.stop()
    }

    @Test("What was set aside comes once more in a page of its own, and stays until it is dropped")
    func retry() throws {
        let (bench, reader) = try bench()
        _ = try reader.fetch(max: 5)
        for seq: Int64 in [1, 2, 4] {
            try bench.call(
                "consumer.park", ["name": "c", "seq": .int(seq), "reason": "bad", "lease_token": reader.token])
        }
        #expect(try bench.call("consumer.parked_retry", ["name": "c", "seq": 2])["retried"] == 1)
        #expect(try bench.refusal("consumer.parked_retry", ["name": "c", "seq": 3]) == "not_found")
        let once = try reader.fetch(max: 9)
        #expect(Reader.seqs(once) == [2] && once["events"]?.array?.first?["parked"] == true)
        #expect(Reader.deliveries(once) == [2] && once["next_after_seq"] == 4)
        let ordinary = try reader.fetch(max: 2)
        #expect(Reader.seqs(ordinary) == [5, 6] && ordinary["events"]?.array?.first?["parked"] == nil)
        #expect(try bench.call("consumer.parked_drop", ["name": "c", "seq": 2])["dropped"] == 1)
        #expect(try bench.refusal("consumer.parked_drop", ["name": "c", "seq": 2]) == "not_found")
        #expect(try bench.call("consumer.parked_retry", ["name": "c"])["retried"] == 2)
        #expect(Reader.seqs(try reader.fetch(max: 1)) == [1])
        #expect(Reader.seqs(try reader.fetch(max: 1)) == [4])
        let info = try reader.info
        #expect(info["acked_seq"] == 4 && info["parked"] == 2)
        #expect(try bench.call("consumer.parked_drop", ["name": "c"])["dropped"] == 2)
        #expect(try bench.call("consumer.parked_drop", ["name": "c"])["dropped"] == 0)
        #expect(try reader.info["parked"] == 0)
        bench.kernel.stop()
    }

    @Test("A wish to try again survives a restart, and a fetch that waits gets it")
    func retryLater() throws {
        let (bench, reader) = try bench()
        _ = try reader.fetch(max: 8)
        try bench.call("consumer.park", ["name": "c", "seq": 1, "reason": "bad", "lease_token": reader.token])
        try bench.call("consumer.parked_retry", ["name": "c"])
        bench.kernel.stop()
        let again = try KernelBench(folder: bench.folder)
        let next = Reader(again)
        #expect(Reader.seqs(try next.fetch()) == [1])
        _ = try next.fetch()
        let head = try again.call("kernel.health")["head_seq"]?.int ?? 0
        try next.ack(head)
        let token = next.token?.string ?? ""
        again.send(
            #"{"jsonrpc":"2.0","id":"w","method":"consumer.fetch","params":{"name":"c","wait_ms":20000,"lease_token":"\#(token)"}}"#
        )
        again.send(#"{"jsonrpc":"2.0","id":"r","method":"consumer.parked_retry","params":{"name":"c"}}"#)
        let answers = [try again.next(), try again.next()]
        #expect(Reader.seqs(answers.first { $0["id"] == "w" }?["result"] ?? .null) == [1])
        again.kernel.stop()
    }

    @Test("The list of what was set aside goes on page by page")
    func pages() throws {
        let (bench, reader) = try bench()
        _ = try reader.fetch(max: 8)
        for seq in Int64(1)...7 {
            try bench.call("consumer.park", ["name": "c", "seq": .int(seq), "reason": "", "lease_token": reader.token])
        }
        var seen: [Int64] = []
        var cursor: JSON?
        repeat {
            let page = try bench.call("consumer.parked_list", ["name": "c", "limit": 3, "cursor": cursor])
            seen += page["items"]?.array?.compactMap { $0["seq"]?.int } ?? []
            cursor = page["next_cursor"].flatMap { $0.isNull ? nil : $0 }
        } while cursor != nil
        #expect(seen == Array(1...7))
        #expect(try bench.refusal("consumer.parked_list", ["name": "none"]) == "consumer_not_found")
        bench.kernel.stop()
    }

    @Test("Paused means nothing goes out, resumed that it does, also to a fetch that waits")
    func pause() throws {
        let (bench, reader) = try bench()
        #expect(try bench.call("consumer.pause", ["name": "c"])["consumer"]?["state"] == "paused")
        #expect(Reader.seqs(try reader.fetch()).isEmpty)
        let token = reader.token?.string ?? ""
        bench.send(
            #"{"jsonrpc":"2.0","id":"w","method":"consumer.fetch","params":{"name":"c","wait_ms":20000,"lease_token":"\#(token)"}}"#
        )
        bench.send(#"{"jsonrpc":"2.0","id":"r","method":"consumer.resume","params":{"name":"c"}}"#)
        let answers = [try bench.next(), try bench.next()]
        #expect(Reader.seqs(answers.first { $0["id"] == "w" }?["result"] ?? .null) == Array(1...8))
        try bench.call("consumer.pause", ["name": "c"])
        bench.kernel.stop()
        let again = try KernelBench(folder: bench.folder)
        #expect(try Reader(again).info["state"] == "paused")
        again.kernel.stop()
    }

    @Test("A consumer's owner alone may do these things to it, but for the kernel's own account")
    func ownership() throws {
        let names = ["a", "b"].map { Identity(name: $0, roles: [], methods: ["consumer.*"], streams: nil, rights: []) }
        let bench = try KernelBench(identities: [.owner] + names)
        try bench.fill(3)
        _ = try bench.ensure("c", as: "a")
        let token = try bench.call("consumer.fetch", ["name": "c"], as: "a")["lease_token"]
        let calls: [(String, JSON)] = [
            ("consumer.park", ["name": "c", "seq": 1, "reason": "", "lease_token": token]),
            ("consumer.parked_list", ["name": "c"]), ("consumer.parked_retry", ["name": "c"]),
            ("consumer.parked_drop", ["name": "c"]), ("consumer.pause", ["name": "c"]), ("consumer.resume", ["name": "c"]),
            ("consumer.seek", ["name": "c", "to": ["from": "now"]]), ("consumer.delete", ["name": "c"]),
        ]
        for (method, params) in calls {
            #expect(try bench.refusal(method, params, as: "b") == "forbidden", "\(method)")
            #expect(try bench.refusal(method, params) == nil, "\(method)")
        }
        #expect(try bench.refusal("$consumer.park", ["name": "c", "lease_token": token]) == "method_not_found")
        bench.kernel.stop()
    }
}

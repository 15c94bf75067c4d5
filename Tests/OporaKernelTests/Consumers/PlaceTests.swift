import OporaKernel
import OporaProtocol
import Testing

@Suite("Where consumers begin and are put", .timeLimit(.minutes(1)))
struct PlaceTests {
    @Test("A start is required, and what is wrong with it is said")
    func wrong() throws {
        let bench = try KernelBench()
        try bench.fill(3)
        #expect(try bench.refusal("consumer.ensure", ["name": "c"]) == "invalid_params")
        for start in [
            [:], ["from": "middle"], ["after_seq": 4], ["after_seq": -1], ["at": "today"], ["from": "now", "after_seq": 1],
            ["after_seq": "1"],
        ] as [JSON] {
            #expect(try bench.refusal("consumer.ensure", ["name": "c", "start": start]) == "invalid_params", "\(start.text)")
        }
        #expect(
            try bench.refusal("consumer.ensure", ["name": "c", "start": ["from": "now"], "max_deliver": 0]) == "invalid_params")
        #expect(
            try bench.refusal("consumer.ensure", ["name": "c", "start": ["from": "now"], "types": ["no.such"]])
                == "invalid_params")
        bench.kernel.stop()
    }

    @Test("A place is a position, an end of the log, or an instant")
    func places() throws {
        let bench = try KernelBench()
        // Event n is recorded n-1 minutes after the start.
        for _ in 0..<5 {
            try bench.fill(1)
            bench.advance(minutes: 1)
        }
        let places: [(JSON, Int64)] = [
            (["from": "beginning"], 0), (["from": "now"], 5), (["after_seq": 0], 0), (["after_seq": 5], 5),
            (["at": "2020-01-01T00:00:00Z"], 0), (["at": "2099-01-01T00:00:00Z"], 5),
            (["at": "2026-11-23T08:00:00Z"], 0), (["at": "2026-11-23T08:02:00Z"], 2), (["at": "2026-11-23T08:02:00.001Z"], 3),
        ]
        for (index, (place, seq)) in places.enumerated() {
            let name = "c\(index)"
            let made = try bench.ensure(name, ["start": place])
            #expect(made["consumer"]?["acked_seq"] == .int(seq), "\(place.text)")
            #expect(made["consumer"]?["lag"] == .int(5 - seq))
        }
        bench.kernel.stop()
    }

    @Test("Ensure again leaves a consumer where it is, but takes another number of deliveries")
    func again() throws {
        let bench = try KernelBench()
        try bench.fill(3)
        let first = try bench.ensure(
            "c", ["streams": ["organization", "user"], "types": ["user.created", "organization.created"]])
        #expect(first["created"] == true)
        let consumer = first["consumer"]
        #expect(consumer?["state"] == "active" && consumer?["max_deliver"] == 8 && consumer?["parked"] == 0)
        #expect(consumer?["types"] == ["user.created", "organization.created"] && consumer?["holder"] == nil)
        let again = try bench.ensure(
            "c",
            [
                "streams": ["user", "organization"], "types": ["organization.created", "user.created"], "max_deliver": 3,
                "start": ["from": "now"],
            ])
        #expect(again["created"] == false && again["consumer"]?["acked_seq"] == 0 && again["consumer"]?["max_deliver"] == 3)
        for other: JSON in [
            ["streams": ["user", "organization"]], ["streams": ["user"], "types": ["user.created", "organization.created"]], [:],
        ] {
            var params = JSONObject([("name", "c"), ("start", ["from": "now"])])
            for member in other.object?.members ?? [] { params[member.name] = member.value }
            #expect(try bench.refusal("consumer.ensure", .object(params)) == "consumer_differs", "\(other.text)")
        }
        bench.kernel.stop()
    }

    @Test("A seek ends the lease, moves either way and is recorded")
    func seek() throws {
        let bench = try KernelBench()
        try bench.fill(6)
        _ = try bench.ensure()
        let reader = Reader(bench)
        _ = try reader.fetch(max: 2)
        try reader.ack(2)
        bench.send(#"{"jsonrpc":"2.0","id":"w","method":"consumer.seek","params":{"name":"c","to":{"after_seq":4}}}"#)
        #expect(try bench.next()["result"]?["consumer"]?["acked_seq"] == 4)
        #expect(try bench.refusal("consumer.ack", ["name": "c", "seq": 5, "lease_token": reader.token]) == "lease_lost")
        reader.token = nil
        #expect(Reader.seqs(try reader.fetch(max: 1)) == [5])
        try bench.call("consumer.seek", ["name": "c", "to": ["from": "beginning"]])
        reader.token = nil
        let fetched = try reader.fetch(max: 2)
        #expect(Reader.seqs(fetched) == [1, 2] && Reader.deliveries(fetched) == [1, 1])
        #expect(
            try bench.facts("system.consumer_moved") == [
                ["consumer": "c", "before": 2, "after": 4], ["consumer": "c", "before": 4, "after": 0],
            ])
        #expect(try bench.refusal("consumer.seek", ["name": "c", "to": ["after_seq": 999]]) == "invalid_params")
        #expect(try bench.refusal("consumer.seek", ["name": "d", "to": ["from": "now"]]) == "consumer_not_found")
        bench.kernel.stop()
    }

    @Test("A fetch that waits learns at once that its consumer was put elsewhere")
    func seekWhileWaiting() throws {
        let bench = try KernelBench()
        _ = try bench.ensure()
        bench.send(#"{"jsonrpc":"2.0","id":"w","method":"consumer.fetch","params":{"name":"c","wait_ms":20000}}"#)
        bench.send(#"{"jsonrpc":"2.0","id":"s","method":"consumer.seek","params":{"name":"c","to":{"from":"beginning"}}}"#)
        let answers = [try bench.next(), try bench.next()]
        #expect(answers.first { $0["id"] == "w" }?["error"]?["data"]?["code"] == "lease_lost")
        bench.kernel.stop()
    }
}

import OporaKernel
import OporaProtocol
import Testing

@Suite("Streams that an identity may see", .timeLimit(.minutes(1)))
struct VisibilityTests {
    private func bench() throws -> KernelBench {
        let roles = [("all", nil), ("people", [.organization, .group]), ("none", [])] as [(String, Set<EventStream>?)]
        let identities = roles.map {
            Identity(name: $0.0, roles: [], methods: ["events.read", "consumer.*"], streams: $0.1, rights: [])
        }
        let bench = try KernelBench(identities: [.owner] + identities)
        try bench.call("user.create", ["name": "One"])
        try bench.call("organization.create", ["name": "Two"])
        try bench.call("user.create", ["name": "Three"])
        try bench.call("group.create", ["name": "Four"])
        try bench.call("user.create", ["name": "Five"])
        return bench
    }

    struct Case: CustomTestStringConvertible {
        var identity: String
        var filter: JSON
        var seqs: [Int64]
        var testDescription: String { "\(identity) \(filter.text)" }
    }

    static let cases = [
        Case(identity: "all", filter: [:], seqs: [1, 2, 3, 4, 5]),
        Case(identity: "people", filter: [:], seqs: [2, 4]),
        Case(identity: "people", filter: ["streams": ["user"]], seqs: []),
        Case(identity: "people", filter: ["streams": ["user", "group"]], seqs: [4]),
        Case(identity: "people", filter: ["types": ["user.created", "organization.created"]], seqs: [2]),
        Case(identity: "none", filter: [:], seqs: []),
    ]

    @Test("What it may not see is passed over, and the position moves on", arguments: cases)
    func filtered(_ expected: Case) throws {
        let bench = try bench()
        var read = JSONObject([("after_seq", 0)])
        for member in expected.filter.object?.members ?? [] { read[member.name] = member.value }
        let page = try bench.call("events.read", .object(read), as: expected.identity)
        #expect(Reader.seqs(page) == expected.seqs && page["next_after_seq"] == 5)
        _ = try bench.ensure("c", expected.filter, as: expected.identity)
        let reader = Reader(bench, as: expected.identity)
        let fetched = try reader.fetch()
        #expect(Reader.seqs(fetched) == expected.seqs && fetched["next_after_seq"] == 5 && fetched["pending"] == 0)
        // What lies before the first event that it wants is no lag.
        #expect(try reader.info["lag"] == .int(expected.seqs.first.map { 5 - $0 + 1 } ?? 0))
        try reader.ack(5)
        #expect(try reader.info["acked_seq"] == 5)
        bench.kernel.stop()
    }

    @Test("A waiting reader that may not see what came waits on")
    func waiting() throws {
        let bench = try bench()
        bench.send(
            #"{"jsonrpc":"2.0","id":"w","method":"events.read","params":{"after_seq":5,"wait_ms":20000}}"#, as: "people")
        try bench.call("user.create", ["name": "Six"])
        bench.send(#"{"jsonrpc":"2.0","id":"o","method":"organization.create","params":{"name":"Seven"}}"#)
        let answers = [try bench.next(), try bench.next()]
        #expect(Reader.seqs(answers.first { $0["id"] == "w" }?["result"] ?? .null) == [7])
        bench.kernel.stop()
    }

    @Test("An event that a reader was not given can't be set aside")
    func parkUnseen() throws {
        let bench = try bench()
        _ = try bench.ensure("c", as: "people")
        let reader = Reader(bench, as: "people")
        _ = try reader.fetch()
        let params: JSON = ["name": "c", "seq": 1, "reason": "", "lease_token": reader.token]
        #expect(try bench.refusal("consumer.park", params, as: "people") == "ack_out_of_range")
        #expect(try reader.info["parked"] == 0)
        bench.kernel.stop()
    }
}

import OporaProtocol
import Testing

/// One reader of a durable consumer on a bench: keeps the lease between calls.
final class Reader {
    let bench: KernelBench
    let name: String
    let identity: String
    var token: JSON?

    init(_ bench: KernelBench, _ name: String = "c", as identity: String = "owner") {
        self.bench = bench
        self.name = name
        self.identity = identity
    }

    static func seqs(_ fetched: JSON) -> [Int64] { fetched["events"]?.array?.compactMap { $0["seq"]?.int } ?? [] }
    static func deliveries(_ fetched: JSON) -> [Int64] { fetched["events"]?.array?.compactMap { $0["deliveries"]?.int } ?? [] }

    func fetch(max: Int64 = 100, ack: Int64? = nil) throws -> JSON {
        let answer = try bench.call(
            "consumer.fetch",
            ["name": .string(name), "max": .int(max), "lease_token": token, "ack_seq": ack.map { .int($0) }], as: identity)
        token = answer["lease_token"]
        return answer
    }

    func ack(_ seq: Int64) throws {
        try bench.call("consumer.ack", ["name": .string(name), "seq": .int(seq), "lease_token": token], as: identity)
    }

    var info: JSON { get throws { try bench.call("consumer.info", ["name": .string(name)])["consumer"] ?? .null } }
}

extension KernelBench {
    /// As many events as that: one each.
    func fill(_ count: Int) throws {
        for start in stride(from: 0, to: count, by: Limits.batchEntries) {
            let calls = (start..<min(start + Limits.batchEntries, count)).map { n in
                #"{"jsonrpc":"2.0","id":\#(n),"method":"organization.create","params":{"name":"Organization \#(n)"}}"#
            }
            send("[\(calls.joined(separator: ","))]")
            #expect(try next().array?.allSatisfy { $0["result"] != nil } == true)
        }
    }

    func ensure(_ name: String = "c", _ more: JSON = [:], as identity: String = "owner") throws -> JSON {
        var params = JSONObject([("name", .string(name)), ("start", ["from": "beginning"])])
        for member in more.object?.members ?? [] { params[member.name] = member.value }
        return try call("consumer.ensure", .object(params), as: identity)
    }

    /// The data of the events of one type in the log.
    func facts(_ type: String) throws -> [JSON] {
        try log().filter { $0["event"]?["type"] == .string("opora.\(type).v1") }.compactMap { $0["event"]?["data"] }
    }
}

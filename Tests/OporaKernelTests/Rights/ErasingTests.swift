import OporaDomain
import OporaProtocol
import Testing

@testable import OporaKernel

/// Forgetting somebody with more texts than one step takes, across a restart.
@Suite("Forgetting a person")
struct ErasingTests {
    static let secret = "zebra"

    /// U-2 Anna with tickets and messages of her own and in others' tickets.
    private static func desk(tickets: Int) throws -> KernelBench {
        let bench = try KernelBench()
        try bench.furnish()
        try bench.call("user.create", ["name": "Other"])
        for number in 0..<tickets {
            try bench.call(
                "ticket.create", ["subject": .string("\(secret) \(number)"), "text": .string(secret), "requester": "U-2"])
        }
        try bench.call("ticket.create", ["subject": "Theirs", "requester": "U-3"])
        let last = JSON.string("T-\(tickets + 1)")
        try bench.call("ticket.reply", ["ticket": last, "text": .string(secret), "_meta": ["on_behalf_of": "U-1"]])
        try bench.call(
            "feedback.record", ["ticket": "T-1", "kind": "csat", "score": 5, "user": "U-2", "comment": .string(secret)])
        return bench
    }

    private static func export(_ bench: KernelBench) throws -> [JSON] {
        var items: [JSON] = []
        var cursor: JSON = .null
        repeat {
            let page = try bench.call("person.export", ["user": "U-2", "limit": 100, "cursor": cursor])
            items += page["items"]?.array ?? []
            cursor = page["next_cursor"] ?? .null
        } while !cursor.isNull
        return items
    }

    @Test("It goes on after a restart until nothing is left, and the log knows nothing of it")
    func restart() throws {
        let count = Limits.erasedRows + 50
        let bench = try Self.desk(tickets: count)
        let before = try Self.export(bench)
        #expect(before.map { $0["kind"]?.string ?? "" }.filter { $0 == "message" }.count == count)
        #expect(before.allSatisfy { $0.text.contains(Self.secret) || $0["kind"] == "user" })
        let logged = try bench.log().count
        try bench.call("person.erase", ["user": "U-2", "subjects": true])
        bench.kernel.stop()

        let again = try KernelBench(folder: bench.folder)
        defer { _ = bench.folder }
        try again.until { try Self.export(again).allSatisfy { !$0.text.contains(Self.secret) } }
        let after = try Self.export(again)
        #expect(after.count == before.count && after.first?["user"]?["name"] == "[erased]")
        // Another's text in another's ticket stays.
        #expect(
            try again.call("message.list", ["ticket": .string("T-\(count + 1)")])["items"]?.array?.first?["text"]
                == .string(Self.secret))
        let log = try again.log()
        #expect(log.allSatisfy { !$0.text.contains(Self.secret) } && log.count > logged)
        let replaced = log.filter { $0["event"]?["type"] == "opora.ticket.content_erased.v1" }
        #expect(replaced.count == 2 * count)
        // Once more changes nothing and says nothing.
        #expect(try again.call("person.erase", ["user": "U-2", "subjects": true])["_meta"]?["seq"] == nil)
        again.kernel.stop()
        let third = try KernelBench(folder: bench.folder)
        #expect(try third.log().filter { $0["event"]?["type"] == "opora.ticket.content_erased.v1" }.count == replaced.count)
        third.kernel.stop()
    }

    @Test("Nobody forgets who may do more than they; whoever is forgotten acts for nobody")
    func rights() throws {
        let bench = try Self.desk(tickets: 1)
        defer { _ = bench.folder }
        try bench.call("user.create", ["name": "Boss", "roles": ["manager"]])
        #expect(try bench.refusal("person.erase", ["user": "U-2", "_meta": ["on_behalf_of": "U-4"]]) == "forbidden")
        try bench.call("person.erase", ["user": "U-1"])
        #expect(try bench.refusal("ticket.reply", ["ticket": "T-1", "text": "x"]) == "forbidden")
        bench.kernel.stop()
    }
}

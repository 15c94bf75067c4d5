import OporaKernel
import OporaProtocol
import OporaStoreSQLite
import Testing

@Suite("Work on tickets", .timeLimit(.minutes(2)))
struct TicketWorkTests {
    @Test("What the desk decides and how tickets stand outlives a restart, and the file holds what the log says")
    func restart() throws {
        let first = try KernelBench()
        defer { _ = first.folder }
        try first.furnish()
        try first.call(
            "status.create", ["status": "vendor", "category": "on_hold", "reason": "vendor", "label": ["ru": "У поставщика"]])
        try first.call("field.create", ["field": "cause", "kind": "multi_choice", "choices": ["disk", "user"]])
        try first.call("desk.set", ["stuck_days": 3, "transitions": ["vendor": ["open"]]])
        for _ in 0..<3 { try first.call("ticket.create", ["subject": "x", "text": "y", "requester": "U-2"]) }
        try first.call("ticket.set_status", ["ticket": "T-1", "status": "vendor"])
        try first.call("ticket.set_fields", ["ticket": "T-1", "fields": ["cause": "user,disk"]])
        try first.call("ticket.set_tags", ["ticket": "T-1", "tags": ["vip", "возврат"]])
        try first.call("ticket.follow", ["ticket": "T-1", "user": "U-2"])
        try first.call("ticket.claim", ["ticket": "T-1", "minutes": 60])
        try first.call("ticket.hand_over", ["ticket": "T-2", "tier": 2, "tried": "a", "needed": "b"])
        try first.call("ticket.link", ["ticket": "T-1", "relation": "blocks", "to": "T-2"])
        try first.call("ticket.merge", ["ticket": "T-3", "into": "T-2"])
        let seen = try (1...3).map { try first.call("ticket.get", ["ticket": .string("T-\($0)")])["ticket"] }
        first.kernel.stop()
        let again = try KernelBench(folder: first.folder)
        defer { _ = again.folder }
        let now = try (1...3).map { try again.call("ticket.get", ["ticket": .string("T-\($0)")])["ticket"] }
        #expect(now == seen)
        #expect(now[0]?["fields"] == ["cause": "disk,user"] && now[0]?["tags"] == ["vip", "возврат"])
        #expect(try again.call("desk.get")["desk"]?["transitions"] == ["vendor": ["open"]])
        #expect(try again.refusal("ticket.solve", ["ticket": "T-1"]) == "invalid_transition")
        try again.call("ticket.unmerge", ["ticket": "T-3"])
        #expect(try again.call("message.list", ["ticket": "T-3"])["items"]?.array?.count == 1)
        again.kernel.stop()
        let found = try Verification(path: "\(first.folder)/opora.db")
        #expect(found.problems == [] && found.tickets == 3 && found.messages == 4)
    }

    @Test("What nobody touches is told of once, what is solved closes by itself, at the instant, whatever slept meanwhile")
    func forgotten() throws {
        let bench = try KernelBench()
        defer { _ = bench.folder }
        try bench.furnish()
        try bench.call("ticket.create", ["subject": "a", "requester": "U-2", "priority": "low"])
        try bench.call("ticket.create", ["subject": "b", "requester": "U-2", "priority": "low"])
        try bench.call("ticket.solve", ["ticket": "T-2"])
        bench.advance(minutes: 8 * 24 * 60)
        try bench.until { try bench.call("ticket.stuck")["items"]?.array?.first?["id"] == "T-1" }
        bench.advance(minutes: 40 * 24 * 60)
        try bench.until { try bench.call("ticket.get", ["ticket": "T-2"])["ticket"]?["status"] == "closed" }
        try bench.call("ticket.note", ["ticket": "T-1", "text": "looking"])
        #expect(try bench.call("ticket.stuck")["items"] == [])
        let told = try bench.log().filter { $0["event"]?["type"] == "opora.ticket.stuck.v1" }
        #expect(told.count == 1 && told[0]["event"]?["actor"] == "kernel")
        #expect(told[0]["event"]?["time"] == "2026-11-30T08:00:00.000Z")
        bench.kernel.stop()
    }

    @Test("A ticket in the bin takes no change, and lists pass over it")
    func bin() throws {
        let bench = try KernelBench()
        defer { _ = bench.folder }
        try bench.furnish()
        try bench.call("ticket.create", ["subject": "a", "requester": "U-2"])
        try bench.call("ticket.create", ["subject": "b", "requester": "U-2"])
        try bench.call("ticket.delete", ["ticket": "T-1"])
        for (method, params) in [
            ("ticket.reply", ["ticket": "T-1", "text": "x"]), ("ticket.assign", ["ticket": "T-1", "assignee": "U-1"]),
            ("ticket.merge", ["ticket": "T-2", "into": "T-1"]),
            ("ticket.link", ["ticket": "T-2", "relation": "blocks", "to": "T-1"]),
            ("ticket.set_tags", ["ticket": "T-1", "tags": ["x"]]),
        ] as [(String, JSON)] {
            #expect(try bench.refusal(method, params) == "validation_failed", "\(method)")
        }
        #expect(try bench.call("ticket.list")["items"]?.array?.map { $0["id"] } == ["T-2"])
        #expect(try bench.call("ticket.list", ["deleted": true])["items"]?.array?.map { $0["id"] } == ["T-1"])
        try bench.call("ticket.restore", ["ticket": "T-1"])
        #expect(try bench.call("ticket.list")["items"]?.array?.count == 2)
        bench.kernel.stop()
    }

    @Test("A parent with open children is neither solved nor closed, by whichever method")
    func guarded() throws {
        let bench = try KernelBench()
        defer { _ = bench.folder }
        try bench.furnish()
        for _ in 0..<2 { try bench.call("ticket.create", ["subject": "a", "requester": "U-2"]) }
        try bench.call("ticket.link", ["ticket": "T-2", "relation": "child_of", "to": "T-1"])
        #expect(try bench.refusal("ticket.solve", ["ticket": "T-1"]) == "validation_failed")
        #expect(try bench.refusal("ticket.set_status", ["ticket": "T-1", "status": "solved"]) == "validation_failed")
        #expect(try bench.refusal("ticket.reply", ["ticket": "T-1", "text": "x", "status": "solved"]) == "validation_failed")
        try bench.call("ticket.solve", ["ticket": "T-1", "force": true])
        #expect(try bench.refusal("ticket.close", ["ticket": "T-1"]) == "validation_failed")
        try bench.call("ticket.delete", ["ticket": "T-2"])
        try bench.call("ticket.close", ["ticket": "T-1"])
        bench.kernel.stop()
    }
}

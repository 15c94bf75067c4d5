import OporaKernel
import OporaProtocol
import OporaTime
import Testing

@Suite("Import", .timeLimit(.minutes(1)))
struct ImportTests {
    private func item(_ position: Int64, _ external: String, _ at: String, _ set: JSON, opened: String = "2016-02-29T01:00:00Z")
        -> JSON
    {
        [
            "position": .int(position), "external_id": .string(external), "at": .string(at),
            "actor": ["external_id": "a/1", "name": "Updater"],
            "create": [
                "at": .string(opened), "subject": .string(external), "channel": "phone",
                "requester": ["external_id": "c/1", "name": "Caller"],
            ], "set": set,
        ]
    }

    private func apply(_ bench: KernelBench, _ items: [JSON]) throws -> JSON {
        try bench.call("import.apply", ["source": "old", "items": .array(items)])
    }

    @Test("Rows become facts at their own instants; a repeat changes nothing")
    func rows() throws {
        let bench = try KernelBench()
        let items = [
            item(
                2, "I1", "2016-02-29T02:00:00Z",
                ["status": "open", "priority": "high", "group": ["external_id": "g", "name": "Group 5"]]),
            // Earlier than the row before: counts at that row's instant.
            item(
                3, "I1", "2016-02-29T01:30:00Z", ["status": "pending", "assignee": ["external_id": "r/1", "name": "Resolver"]]),
            item(4, "I1", "2016-03-01T00:00:00Z", ["status": "pending", "priority": "high", "fields": ["category": "c"]]),
            item(5, "I1", "2016-03-02T00:00:00Z", ["status": "closed"]),
        ]
        let first = try apply(bench, items)
        #expect(
            first["applied"] == 4 && first["created"] == 1 && first["skipped"] == 0 && first["failed"]?.array?.isEmpty == true)
        let head = try bench.log().count
        let second = try apply(bench, items)
        #expect(second["applied"] == 0 && second["skipped"] == 4)
        #expect(try bench.log().count == head)
        let history = try bench.call("ticket.history", ["ticket": "T-1"])["items"]?.array ?? []
        #expect(
            history.compactMap { item in item["type"]?.string.map { "\($0) \(item["at"]?.string?.prefix(16) ?? "")" } } == [
                "ticket.created 2016-02-29T01:00", "ticket.priority_changed 2016-02-29T02:00", "ticket.assigned 2016-02-29T02:00",
                "ticket.status_changed 2016-02-29T02:00", "ticket.assigned 2016-02-29T02:00",
                "ticket.status_changed 2016-02-29T02:00",
                "ticket.fields_changed 2016-03-01T00:00", "ticket.status_changed 2016-03-02T00:00",
            ])
        #expect(history.allSatisfy { $0["imported"] == true })
        let ticket = try bench.call("ticket.get", ["ticket": "T-1"])["ticket"]
        #expect(ticket?["external_id"] == "I1" && ticket?["imported"] == true && ticket?["status"] == "closed")
        #expect(ticket?["closed_at"]?.string == "2016-03-02T00:00:00.000Z")
        bench.kernel.stop()
    }

    @Test("A bad row costs itself alone")
    func badRows() throws {
        let bench = try KernelBench()
        let report = try apply(
            bench,
            [
                item(2, "I1", "2016-02-29T02:00:00Z", ["status": "gone"]), item(3, "I2", "yesterday", [:]), 7,
                ["position": 5, "external_id": "I3", "at": "2016-02-29T02:00:00Z"],
                item(6, "I4", "2016-02-29T02:00:00Z", ["status": "open"]),
            ])
        #expect(report["applied"] == 1)
        #expect(report["failed"]?.array?.map { $0["position"] ?? .null } == [2, 3, .null, 5])
        #expect(try bench.call("ticket.list")["items"]?.array?.count == 1)
        bench.kernel.stop()
    }

    @Test("SLA results of history stand at their true instants and are marked, those found later by the timer too")
    func sla() throws {
        let bench = try KernelBench()
        try bench.furnish()
        _ = try apply(
            bench,
            [
                item(2, "I1", "2016-02-29T01:10:00Z", ["status": "open"]),
                item(3, "I1", "2016-02-29T09:00:00Z", ["status": "solved"]),
                item(4, "I2", "2016-02-29T01:10:00Z", ["status": "open"]),
            ])
        // The open one's targets are overdue since 2016, but its next row might still tell otherwise. Once that is over, the timer
        // finds them.
        let before = try bench.call("events.read", ["after_seq": 0, "limit": 500, "types": ["sla.breached"]])["events"]?.array
        #expect(Set(before?.compactMap { $0["event"]?["subject"]?.string } ?? []) == ["ticket/T-1"])
        bench.advance(seconds: 11)
        var breaches: [JSON] = []
        var after: Int64 = 0
        while breaches.count < 4 {
            let page = try bench.call("events.read", ["after_seq": .int(after), "types": ["sla.breached"], "wait_ms": 10_000])
            breaches += page["events"]?.array?.compactMap { $0["event"] } ?? []
            after = page["next_after_seq"]?.int ?? after
        }
        #expect(breaches.allSatisfy { $0["imported"] == true })
        #expect(Set(breaches.compactMap { $0["time"]?.string }) == ["2016-02-29T02:00:00.000Z", "2016-02-29T05:00:00.000Z"])
        #expect(breaches.allSatisfy { $0["recordedtime"]?.string?.hasPrefix("2026") == true })
        // What happens from now on is live again.
        try bench.call("ticket.reply", ["ticket": "T-2", "text": "hello"])
        let last = try #require(try bench.log().last?["event"])
        #expect(last["imported"] == nil)
        bench.kernel.stop()
    }
}

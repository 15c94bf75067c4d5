import Foundation
import OporaKernel
import OporaProtocol
import OporaTime
import Testing

@Suite("Edits of policies and calendars in a kernel")
struct SLAEditTests {
    private static let hour: Int64 = 3_600_000

    private func target(_ bench: KernelBench, _ ticket: Int, _ kind: TargetKind = .resolution) throws -> JSON? {
        let ticket = try bench.call("ticket.get", ["ticket": .string("T-\(ticket)")])["ticket"]
        return ticket?["sla"]?.array?.last { $0["target"]?.string == kind.rawValue }
    }

    private func create(_ bench: KernelBench, _ count: Int) throws {
        for _ in 0..<count { try bench.call("ticket.create", ["subject": "x", "requester": "U-2"]) }
    }

    private func events(_ bench: KernelBench, _ type: String) throws -> [JSON] {
        try bench.log().compactMap { $0["event"] }.filter { $0["type"]?.string == "opora.\(type).v1" }
    }

    @Test("An edit reaches every open ticket, in slices, and closed ones never")
    func slices() throws {
        let bench = try KernelBench()
        defer { _ = bench.folder }
        try bench.furnish()
        let count = Limits.recomputedTickets * 2 + 3
        try create(bench, count)
        for method in ["ticket.solve", "ticket.close"] { try bench.call(method, ["ticket": "T-1"]) }
        try bench.call("policy.update", ["policy": "P-1", "targets": ["normal": ["resolution": .int(Self.hour)]]])
        try bench.until { try target(bench, count)?["budget_ms"] == .int(Self.hour) }
        #expect(try events(bench, "sla.recomputed").count == count - 1)
        #expect(try target(bench, 1)?["policy_version"] == 1 && target(bench, 2)?["policy_version"] == 2)
        #expect(try target(bench, 2, .firstResponse)?["state"] == "cancelled")
        let updated = try events(bench, "policy.updated")
        #expect(updated.count == 1 && updated[0]["data"]?["changed"] == ["targets"] && updated[0]["data"]?["version"] == 2)
        bench.kernel.stop()
    }

    @Test("A restart goes on with an edit where it stopped")
    func restart() throws {
        let bench = try KernelBench()
        try bench.furnish()
        let count = Limits.recomputedTickets * 3
        try create(bench, count)
        try bench.call("calendar.update", ["calendar": "C-1", "holidays": ["2026-11-23"]])
        bench.kernel.stop()
        let again = try KernelBench(folder: bench.folder)
        defer { _ = (bench.folder, again.folder) }
        try again.until { try target(again, count)?["calendar_version"] == 2 }
        for number in [1, Limits.recomputedTickets, Limits.recomputedTickets + 1, count] {
            #expect(try target(again, number)?["calendar_version"] == 2)
        }
        #expect(try events(again, "sla.recomputed").count == count, "each ticket took it over once")
        again.kernel.stop()
    }

    @Test("Targets keep their version where the edit says so; every version can be read")
    func kept() throws {
        let bench = try KernelBench()
        defer { _ = bench.folder }
        try bench.furnish()
        try create(bench, 1)
        let before = try target(bench, 1)
        try bench.call("calendar.update", ["calendar": "C-1", "holidays": ["2026-11-23"], "running": "keep"])
        try bench.call("policy.update", ["policy": "P-1", "name": "Gold", "running": "keep", "expected_version": 1])
        try bench.call("policy.retire", ["policy": "P-1", "running": "keep"])
        try create(bench, 1)
        #expect(try target(bench, 1) == before && target(bench, 2) == nil)
        let versions = try bench.call("policy.list", ["versions_of": "P-1"])["items"]?.array ?? []
        #expect(versions.map { $0["version"] } == [1, 2, 3] && versions.map { $0["retired"] } == [false, false, true])
        #expect(try bench.call("policy.get", ["policy": "P-1", "version": 1])["policy"]?["name"] == "Standard")
        #expect(try bench.call("calendar.get", ["calendar": "C-1", "version": 1])["calendar"]?["holidays"] == nil)
        #expect(try bench.call("calendar.list", ["versions_of": "C-1"])["items"]?.array?.count == 2)
        #expect(try bench.refusal("policy.update", ["policy": "P-1", "name": "x"]) == "validation_failed")
        #expect(
            try bench.refusal("calendar.update", ["calendar": "C-1", "name": "x", "expected_version": 1]) == "version_conflict")
        #expect(try bench.refusal("policy.get", ["policy": "P-1", "version": 9]) == "not_found")
        #expect(try events(bench, "sla.recomputed").isEmpty)
        bench.kernel.stop()
    }

    @Test("What changes nothing is no version; a calendar in which promises can't fall due is refused")
    func nothing() throws {
        let bench = try KernelBench()
        defer { _ = bench.folder }
        try bench.furnish()
        let seq = try bench.call("ping")["head_seq"]
        #expect(try bench.call("policy.update", ["policy": "P-1", "name": "Standard"])["policy"]?["version"] == 1)
        #expect(try bench.call("calendar.update", ["calendar": "C-1", "always_open": true])["calendar"]?["version"] == 1)
        #expect(try bench.call("ping")["head_seq"] == seq)
        let never: JSON = ["calendar": "C-1", "always_open": .null, "overrides": ["2026-11-23": [["09:00", "09:01"]]]]
        #expect(try bench.refusal("calendar.update", never) == "calendar_exhausted")
        #expect(try bench.call("calendar.get", ["calendar": "C-1"])["calendar"]?["version"] == 1)
        bench.kernel.stop()
    }

    @Test("What an edit would do is told page by page, and is what it does")
    func preview() throws {
        let bench = try KernelBench()
        defer { _ = bench.folder }
        try bench.furnish()
        try create(bench, 5)
        try bench.call("ticket.set_priority", ["ticket": "T-2", "priority": "low"])
        bench.advance(minutes: 90)
        let set: JSON = ["targets": ["normal": ["resolution": .int(Self.hour)]]]
        let first = try bench.call("sla.preview", ["policy": "P-1", "set": set, "limit": 3])
        let rest = try bench.call(
            "sla.preview", ["policy": "P-1", "set": set, "limit": 3, "cursor": first["next_cursor"] ?? .null])
        let items = (first["items"]?.array ?? []) + (rest["items"]?.array ?? [])
        #expect(items.compactMap { $0["ticket"]?.string } == ["T-1", "T-3", "T-4", "T-5"] && rest["next_cursor"]?.isNull == true)
        let change = items.first?["changes"]?.array?.last
        #expect(change?["breaches"] == true && change?["state_before"] == "running" && change?["state"] == "breached")
        #expect(try events(bench, "sla.recomputed").isEmpty, "a preview stores nothing")
        try bench.call("policy.update", ["policy": "P-1", "targets": ["normal": ["resolution": .int(Self.hour)]]])
        try bench.until { try target(bench, 5)?["state"] == "breached" }
        #expect(try target(bench, 1)?["due_at"] == change?["due_at"] && target(bench, 1)?["cause"] == "policy_changed")
        #expect(try bench.refusal("sla.preview", ["policy": "P-1", "calendar": "C-1"]) == "invalid_params")
        #expect(try bench.refusal("sla.preview", ["calendar": "C-1", "set": ["colour": "red"]]) == "invalid_params")
        bench.kernel.stop()
    }

    @Test("A target is explained, and a breach waived")
    func explained() throws {
        let bench = try KernelBench()
        defer { _ = bench.folder }
        try bench.furnish()
        try create(bench, 1)
        bench.advance(minutes: 30)
        try bench.call("ticket.set_status", ["ticket": "T-1", "status": "pending"])
        bench.advance(minutes: 30)
        try bench.call("ticket.set_status", ["ticket": "T-1", "status": "open"])
        let explained = try bench.call("sla.explain", ["ticket": "T-1", "target": "resolution"])
        #expect(explained["worked_ms"] == .int(4 * Self.hour) && explained["remaining_ms"] == 0)
        #expect(explained["parts"]?.array?.map { $0["kind"] } == ["working", "paused", "working"])
        #expect(explained["parts"]?.array?.map { $0["working_ms"] } == [1_800_000, 1_800_000, 12_600_000])
        #expect(try bench.refusal("sla.explain", ["ticket": "T-1", "target": "tier_time"]) == "not_found")
        #expect(try bench.refusal("sla.waive", ["ticket": "T-1", "target": "resolution", "reason": "x"]) == "validation_failed")
        bench.advance(minutes: 600)
        let waived = try bench.call("sla.waive", ["ticket": "T-1", "target": "resolution", "reason": "vendor_outage"])
        #expect(waived["ticket"]?["sla"]?.array?.last?["state"] == "waived")
        let last = try events(bench, "sla.waived").last
        #expect(last?["data"]?["reason"] == "vendor_outage" && last?["actor"] == "user/U-1")
        let breach = try events(bench, "sla.breached").last { $0["data"]?["target"] == "resolution" }
        #expect(breach?["repeatkey"] == "T-1/resolution/1/b/0" && breach?["actor"] == "kernel")
        bench.kernel.stop()
    }

    @Test("Holidays come from an iCalendar text, and open tickets take them over")
    func imported() throws {
        let bench = try KernelBench()
        defer { _ = bench.folder }
        try bench.furnish()
        try create(bench, 1)
        let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261123\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        let result = try bench.call("calendar.import_holidays", ["calendar": "C-1", "ical": .string(text)])
        #expect(result["added"] == ["2026-11-23"] && result["removed"] == [] && result["skipped"] == 0)
        try bench.until { try target(bench, 1)?["due_at"] == "2026-11-24T04:00:00.000Z" }
        let broken = text.replacingOccurrences(of: "20261123", with: "20261323")
        let refused = try bench.answer("calendar.import_holidays", ["calendar": "C-1", "ical": .string(broken)])
        #expect(refused["error"]?["message"]?.string?.contains("line 3") == true)
        bench.kernel.stop()
    }

    @Test("Policies are tried over the log, and the log is not touched")
    func simulated() throws {
        let bench = try KernelBench()
        defer { _ = bench.folder }
        try bench.furnish()
        try create(bench, 3)
        try bench.call("ticket.set_priority", ["ticket": "T-3", "priority": "low"])
        bench.advance(minutes: 100)
        try bench.call("ticket.reply", ["ticket": "T-1", "text": "x", "status": "solved"])
        bench.advance(minutes: 300)
        let seq = try bench.call("ping")["head_seq"]
        let trial: JSON = [
            "name": "Strict", "calendar": ["zone": "UTC", "always_open": true],
            "targets": ["normal": ["first_response": .int(2 * Self.hour), "resolution": .int(Self.hour)]],
        ]
        let result = try bench.call("sla.simulate", ["policies": [trial, "P-1"]])
        #expect(result["tickets"] == 3)
        let strict = result["policies"]?.array?.first
        #expect(strict?["tickets"] == 3 && strict?["name"] == "Strict" && strict?["policy"] == nil)
        #expect(
            strict?["targets"]?.array?.map(\.text) == [
                #"{"priority":"normal","target":"first_response","met":1,"breached":1,"open":0,"cancelled":0}"#,
                #"{"priority":"normal","target":"resolution","met":0,"breached":2,"open":0,"cancelled":0}"#,
                #"{"priority":"low","target":"first_response","met":0,"breached":0,"open":0,"cancelled":1}"#,
                #"{"priority":"low","target":"resolution","met":0,"breached":0,"open":0,"cancelled":1}"#,
            ])
        let open = try bench.call(
            "sla.simulate", ["policies": [trial], "to": .string(Timestamp(1_795_420_800_000 + 600_000).text)])
        #expect(open["policies"]?.array?.first?["targets"]?.array?.first?["open"] == 2)
        #expect(try bench.call("ping")["head_seq"] == seq)
        #expect(try bench.refusal("sla.simulate", ["policies": []]) == "invalid_params")
        #expect(try bench.refusal("sla.simulate", ["policies": ["P-9"]]) == "not_found")
        bench.kernel.stop()
    }

    @Test("2,000 tickets with two targets that fall due at once are all breached, once, with commands in between")
    func many() throws {
        let bench = try KernelBench()
        defer { _ = bench.folder }
        try bench.furnish()
        let items = (1...Limits.batchEntries).map { number in
            #"{"jsonrpc":"2.0","id":\#(number),"method":"ticket.create","params":{"subject":"x","requester":"U-2"}}"#
        }
        let batches = 2000 / Limits.batchEntries
        for _ in 0..<batches {
            bench.send("[\(items.joined(separator: ","))]")
            _ = try bench.next()
        }
        bench.advance(minutes: 241)
        try bench.until { try events(bench, "sla.breached").count == 4000 }
        let keys = try events(bench, "sla.breached").compactMap { $0["repeatkey"]?.string }
        #expect(Set(keys).count == 4000)
        bench.kernel.stop()
    }
}

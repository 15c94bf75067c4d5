import OporaKernel
import OporaProtocol
import Testing

@Suite("Macros and bulk updates")
struct MacroKernelTests {
    private func bench() throws -> KernelBench {
        let bench = try KernelBench()
        try bench.furnish()
        try bench.call("ticket.create", ["subject": "Printer", "requester": "U-2"])
        return bench
    }

    @Test("A macro fills its texts and does all of its steps as one")
    func applying() throws {
        let bench = try bench()
        defer { _ = bench.folder }
        let actions: JSON = [
            "priority": "high", "add_tags": ["printer"], "assignee": "me", "group": "G-1",
            "reply": "Hello {{requester.first_name}}, {{ticket.id}} is being looked at. {{agent.name}}", "status": "pending",
            "reason": "answer",
        ]
        let made = try bench.call("macro.create", ["name": "Printers", "actions": actions])
        #expect(made["macro"]?["id"] == "R-1" && made["macro"]?["uses"] == 0)
        let preview = try bench.call("macro.preview", ["macro": "R-1", "ticket": "T-1"])
        #expect(preview["actions"]?["reply"] == "Hello Anna, T-1 is being looked at. Admin")
        #expect(try bench.call("ticket.get", ["ticket": "T-1"])["ticket"]?["version"] != nil)
        let done = try bench.call("ticket.apply_macro", ["ticket": "T-1", "macro": "R-1"])
        let ticket = done["ticket"]
        #expect(ticket?["priority"] == "high" && ticket?["tags"] == ["printer"] && ticket?["assignee"] == "U-1")
        #expect(ticket?["status"] == "pending" && ticket?["status_reason"] == "answer")
        #expect(done["messages"]?.array?.first?["text"] == "Hello Anna, T-1 is being looked at. Admin")
        #expect(try bench.call("macro.get", ["macro": "R-1"])["macro"]?["uses"] == 1)
        // What was read is what was answered: all versions are on disk in order.
        #expect(try bench.call("ticket.get", ["ticket": "T-1"])["ticket"] == ticket)
        let edited = try bench.call("ticket.apply_macro", ["ticket": "T-1", "macro": "R-1", "reply": "By hand {{x}}"])
        #expect(edited["messages"]?.array?.first?["text"] == "By hand {{x}}")
    }

    @Test("One refused step leaves the ticket as it was")
    func allOrNothing() throws {
        let bench = try bench()
        defer { _ = bench.folder }
        try bench.call("macro.create", ["name": "Reopen", "actions": ["priority": "urgent", "note": "x", "status": "closed"]])
        let before = try bench.call("ticket.get", ["ticket": "T-1"])["ticket"]
        #expect(try bench.refusal("ticket.apply_macro", ["ticket": "T-1", "macro": "R-1"]) == "invalid_transition")
        #expect(try bench.call("ticket.get", ["ticket": "T-1"])["ticket"] == before)
        #expect(try bench.call("message.list", ["ticket": "T-1"])["items"]?.array?.isEmpty == true)
        #expect(try bench.call("macro.get", ["macro": "R-1"])["macro"]?["uses"] == 0)
    }

    @Test(
        "What a macro can never do is refused when it is made",
        arguments: [
            (["reply": "Hello {{name}}"], "validation_failed"), (["colour": "red"], "invalid_params"), ([:], "invalid_params"),
            (["priority": "huge"], "invalid_params"), (["reason": "x"], "invalid_params"),
            (["assignee": "T-1"], "invalid_params"),
        ] as [(JSON, String)])
    func refused(actions: JSON, code: String) throws {
        let bench = try bench()
        defer { _ = bench.folder }
        #expect(try bench.refusal("macro.create", ["name": "x", "actions": actions]) == code)
    }

    @Test("Each ticket of a bulk update is for itself, and the report says what came of it")
    func bulk() throws {
        let bench = try bench()
        defer { _ = bench.folder }
        for _ in 2...4 { try bench.call("ticket.create", ["subject": "s", "requester": "U-2"]) }
        try bench.call("ticket.solve", ["ticket": "T-2"])
        try bench.call("ticket.close", ["ticket": "T-2"])
        try bench.call("ticket.set_priority", ["ticket": "T-3", "priority": "high"])
        try bench.call("ticket.set_status", ["ticket": "T-3", "status": "open"])
        let report = try bench.call(
            "ticket.bulk_update",
            ["tickets": ["T-1", "T-2", "T-3", "T-999"], "priority": "high", "status": "open"])
        #expect(report["done"] == 1 && report["unchanged"] == 1 && report["refused"] == 2)
        let outcomes = report["items"]?.array?.compactMap { $0["outcome"]?.string }
        #expect(outcomes == ["done", "refused", "unchanged", "refused"])
        #expect(report["items"]?.array?[1]["error"]?["code"] == "invalid_transition")
        // The refused one kept its priority, though that step alone would have been allowed.
        #expect(try bench.call("ticket.get", ["ticket": "T-2"])["ticket"]?["priority"] == "normal")
        #expect(try bench.call("ticket.get", ["ticket": "T-1"])["ticket"]?["status"] == "open")
        let events = try bench.log().compactMap { $0["event"]?["sequence"]?.string }
        #expect(Set(events).count == events.count)
        #expect(try bench.refusal("ticket.bulk_update", ["tickets": ["T-1", "T-1"], "priority": "low"]) == "invalid_params")
        #expect(try bench.refusal("ticket.bulk_update", ["tickets": ["T-1"]]) == "invalid_params")
    }
}

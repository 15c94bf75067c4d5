import OporaKernel
import OporaProtocol
import Testing

@Suite("Views, lists and counts over the protocol")
struct ViewKernelTests {
    private func bench() throws -> KernelBench {
        let bench = try KernelBench(
            identities: [.owner, Identity(name: "bot", roles: [], methods: ["*"], streams: nil, rights: [.onBehalfOf])])
        try bench.furnish()
        for number in 1...6 {
            let high = number % 2 == 0
            try bench.call(
                "ticket.create",
                [
                    "subject": .string("s\(number)"), "requester": "U-2", "priority": high ? "high" : "normal",
                    "group": number < 4 ? "G-1" : nil, "assignee": number == 1 ? "U-1" : nil,
                    "tags": number > 4 ? ["vip"] : nil,
                ])
        }
        return bench
    }

    private func ids(_ page: JSON) -> [String] { page["items"]?.array?.compactMap { $0["id"]?.string } ?? [] }

    @Test("Lists take every filter and order, page by page")
    func lists() throws {
        let bench = try bench()
        defer { _ = bench.folder }
        #expect(try ids(bench.call("ticket.list", ["assignee": "none", "group": "mine"])) == ["T-3", "T-2"])
        #expect(try ids(bench.call("ticket.list", ["assignee": ["me"]])) == ["T-1"])
        #expect(try ids(bench.call("ticket.list", ["tags": ["VIP"], "sort": "id"])) == ["T-5", "T-6"])
        #expect(
            try ids(bench.call("ticket.list", ["unsolved": true, "sort": "-priority"])) == [
                "T-6", "T-4", "T-2", "T-5", "T-3", "T-1",
            ])
        var cursor: JSON?
        var all: [String] = []
        repeat {
            let page = try bench.call("ticket.list", ["unsolved": true, "sort": "priority", "limit": 2, "cursor": cursor])
            all += ids(page)
            cursor = page["next_cursor"].flatMap { $0.isNull ? nil : $0 }
        } while cursor != nil
        #expect(all == ["T-1", "T-3", "T-5", "T-2", "T-4", "T-6"])
        #expect(try bench.refusal("ticket.list", ["sort": "priority"]) == "validation_failed")
        #expect(try bench.refusal("ticket.list", ["assignee": []]) == "invalid_params")
        #expect(try bench.refusal("ticket.list", ["assignee": "mine"]) == "invalid_params")
        // A program is nobody: what is mine means nothing to it.
        #expect(try bench.answer("ticket.list", ["assignee": "me"], as: "bot")["error"]?["data"]?["code"] == "validation_failed")
        let count = try bench.call("ticket.count", ["priority": "high", "group": ["G-1", "none"]])
        #expect(count["count"] == 3 && count["exact"] == true)
    }

    @Test("Every desk begins with five views, and they find what they say")
    func shipped() throws {
        let bench = try bench()
        defer { _ = bench.folder }
        let views = try bench.call("view.list")["items"]?.array ?? []
        #expect(views.compactMap { $0["key"]?.string } == ["mine", "unassigned", "due_soon", "breached", "waking"])
        func tickets(_ view: String) throws -> [String] { ids(try bench.call("view.tickets", ["view": .string(view)])) }
        #expect(try tickets("V-1") == ["T-1"])
        #expect(try tickets("V-2") == ["T-2", "T-3"])
        #expect(try tickets("V-3") == ["T-1", "T-3", "T-5"])
        #expect(try tickets("V-4") == [])
        try bench.call("ticket.set_status", ["ticket": "T-6", "status": "pending", "wake_at": "2100-01-01T00:00:00Z"])
        #expect(try tickets("V-5") == ["T-6"])
        bench.advance(minutes: 61)
        try bench.until { try tickets("V-4") == ["T-1", "T-3", "T-5"].reversed() }
        #expect(try bench.call("view.count", ["view": "V-4"])["count"] == 3)
    }

    @Test("Views are made, changed, seen by whom they are for, and deleted")
    func life() throws {
        let bench = try bench()
        defer { _ = bench.folder }
        let made = try bench.call(
            "view.create",
            ["name": "VIP", "filter": ["tags": ["vip"], "unsolved": true], "sort": "-priority", "groups": ["G-1"]])
        #expect(made["view"]?["id"] == "V-6" && made["view"]?["version"] == 1)
        #expect(try ids(bench.call("view.tickets", ["view": "V-6"])) == ["T-6", "T-5"])
        try bench.call("view.create", ["name": "Mine alone", "owner": "me"])
        #expect(try bench.refusal("view.get", ["view": "V-7"], as: "bot") == "not_found")
        #expect(try bench.call("view.list", as: "bot")["items"]?.array?.count == 6)
        let changed = try bench.call("view.update", ["view": "V-6", "name": "Very important", "expected_version": 1])
        #expect(changed["view"]?["version"] == 2)
        #expect(try bench.call("view.update", ["view": "V-6", "name": "Very important"])["view"]?["version"] == 2)
        #expect(try bench.refusal("view.update", ["view": "V-6", "name": "x", "expected_version": 1]) == "version_conflict")
        let wrong = try bench.answer("view.create", ["name": "x", "filter": ["color": "red"]])
        #expect(wrong["error"]?["data"]?["details"]?.array?.first?["path"] == "/filter/color")
        #expect(try bench.refusal("view.create", ["name": "x", "sort": "priority"]) == "validation_failed")
        #expect(try bench.refusal("view.create", ["name": "x", "columns": ["subject", "subject"]]) == "invalid_params")
        try bench.call("view.delete", ["view": "V-6"])
        #expect(try bench.refusal("view.tickets", ["view": "V-6"]) == "not_found")
        let types = try bench.log().compactMap { $0["event"]?["type"]?.string }.filter { $0.contains(".view.") }
        #expect(
            types == [
                "opora.view.created.v1", "opora.view.created.v1", "opora.view.updated.v1", "opora.view.deleted.v1",
            ])
        #expect(try !bench.log().contains { $0.text.contains("important") })
    }
}

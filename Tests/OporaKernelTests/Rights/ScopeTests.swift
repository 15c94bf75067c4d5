import OporaDomain
import OporaProtocol
import Testing

@testable import OporaKernel

/// People in whose name a plugin acts see and change what is theirs.
@Suite("Acting for a person")
struct ScopeTests {
    /// U-1 the admin; U-3 an agent of G-1, U-4 a manager; T-1 in G-1, T-2 in G-2, T-3 in no group.
    private static func desk() throws -> KernelBench {
        let bench = try KernelBench()
        try bench.furnish()
        try bench.call("user.create", ["name": "Boris", "roles": ["agent"]])
        try bench.call("user.create", ["name": "Maria", "roles": ["manager"]])
        try bench.call("group.update", ["group": "G-1", "members": ["U-1", "U-3"]])
        try bench.call("group.create", ["name": "Network", "members": ["U-1"]])
        for group in ["G-1", "G-2", nil] as [JSON?] {
            try bench.call("ticket.create", ["subject": "x", "requester": "U-2", "group": group])
        }
        return bench
    }

    private static func meta(_ user: String, _ given: JSON = [:]) -> JSON {
        var params = given.object ?? JSONObject()
        params["_meta"] = ["on_behalf_of": .string(user)]
        return .object(params)
    }

    private static func list(_ bench: KernelBench, _ user: String) throws -> [JSON?]? {
        try bench.call("ticket.list", meta(user, ["sort": "id"]))["items"]?.array?.map { $0["id"] }
    }

    @Test("An agent sees the tickets of their groups and those of none; a manager sees all")
    func groups() throws {
        let bench = try Self.desk()
        defer { _ = bench.folder }
        #expect(try Self.list(bench, "U-3") == ["T-1", "T-3"])
        #expect(try Self.list(bench, "U-4") == ["T-1", "T-2", "T-3"])
        #expect(try Self.list(bench, "U-2") == ["T-1", "T-2", "T-3"])
        #expect(try bench.refusal("ticket.note", Self.meta("U-3", ["ticket": "T-2", "text": "x"])) == "not_found")
        #expect(try bench.call("ticket.note", Self.meta("U-3", ["ticket": "T-1", "text": "x"]))["message"]?["author"] == "U-3")
        // Whoever it is given to sees it; whoever joins the group, too; whoever leaves it does not.
        try bench.call("ticket.assign", ["ticket": "T-2", "assignee": "U-3"])
        #expect(try Self.list(bench, "U-3") == ["T-1", "T-2", "T-3"])
        try bench.call("ticket.assign", ["ticket": "T-2", "assignee": .null])
        try bench.call("group.update", ["group": "G-2", "members": ["U-3"]])
        #expect(try Self.list(bench, "U-3") == ["T-1", "T-2", "T-3"])
        try bench.call("group.update", ["group": "G-2", "members": []])
        #expect(try Self.list(bench, "U-3") == ["T-1", "T-3"])
        bench.kernel.stop()

        let again = try KernelBench(folder: bench.folder)
        #expect(try Self.list(again, "U-3") == ["T-1", "T-3"])
        again.kernel.stop()
    }

    @Test("A method that no role of the person has is forbidden, and a hook hears nothing of it")
    func methods() throws {
        let bench = try Self.desk()
        defer { _ = bench.folder }
        #expect(try bench.refusal("policy.list", Self.meta("U-2")) == "forbidden")
        #expect(try bench.refusal("key.list", Self.meta("U-4")) == "forbidden")
        #expect(try bench.refusal("events.read", Self.meta("U-3", ["after_seq": 0])) == "forbidden")
        #expect(try bench.call("events.read", Self.meta("U-4", ["after_seq": 0]))["events"]?.array?.isEmpty == false)
        #expect(try bench.call("key.list", Self.meta("U-1"))["items"] == [])
        #expect(try bench.refusal("ticket.list", Self.meta("U-77")) == "not_found")
        try bench.call("user.update", ["user": "U-3", "active": false])
        #expect(try bench.refusal("ticket.list", Self.meta("U-3")) == "validation_failed")
        bench.kernel.stop()
    }
}

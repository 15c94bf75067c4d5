import Foundation
import OporaDomain
import OporaProtocol
import Testing

@testable import OporaKernel

/// Somebody who may see their own tickets tries everything that there is.
@Suite("A requester tries every method")
struct RequesterTests {
    /// Stands in all that a requester must not read.
    static let secret = "zebra"
    static let portal = Identity(name: "portal", roles: [("requester", Role.shipped["requester"] ?? Role(methods: []))])

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../protocol/schemas/methods").standardizedFileURL

    /// The parameters of the examples of a method's schema.
    static func examples(_ method: String) throws -> [JSON] {
        guard let data = FileManager.default.contents(atPath: folder.appendingPathComponent("\(method).json").path) else {
            return []
        }
        return try JSONParser.parse([UInt8](data))["examples"]?.array?.compactMap { $0["params"] } ?? []
    }

    /// U-2 Anna asked for T-1, which has a note; T-2 is somebody else's, and secret.
    static func desk() throws -> KernelBench {
        let bench = try KernelBench(identities: [.owner, portal])
        try bench.furnish()
        try bench.call("user.update", ["user": "U-2", "identity": "portal"])
        try bench.call(
            "user.update", ["user": "U-1", "name": .string("Admin \(secret)"), "email": .string("\(secret)@example.org")])
        try bench.call("user.create", ["name": .string(secret)])
        try bench.call(
            "ticket.create",
            [
                "subject": "Mine", "text": "I need help", "requester": "U-2", "group": "G-1", "assignee": "U-1",
                "fields": ["risk": .string(secret)], "external_id": .string("\(secret)-1"),
            ])
        try bench.call("ticket.note", ["ticket": "T-1", "text": .string("\(secret): a difficult person")])
        try bench.call("ticket.reply", ["ticket": "T-1", "text": "We look into it"])
        try bench.call("ticket.set_status", ["ticket": "T-1", "status": "pending", "reason": .string(secret)])
        try bench.call("ticket.create", ["subject": .string("Theirs \(secret)"), "text": .string(secret), "requester": "U-3"])
        try bench.call("feedback.record", ["ticket": "T-2", "kind": "csat", "score": 1, "comment": .string(secret)])
        return bench
    }

    /// Parameters that point at everything there is.
    private static func attempts(_ method: String) throws -> [JSON] {
        var attempts = try examples(method)
        let ids: [(String, String)] = [
            ("T-1", "ticket"), ("T-2", "ticket"), ("M-1", "message"), ("M-2", "message"), ("M-4", "message"), ("U-1", "user"),
            ("U-2", "user"), ("U-3", "user"), ("O-1", "organization"), ("G-1", "group"), ("P-1", "policy"), ("C-1", "calendar"),
            ("F-1", "feedback"),
        ]
        for (id, name) in ids { attempts.append([name: .string(id)]) }
        for id in ["T-1", "T-2"] {
            attempts.append(["ticket": .string(id), "visibility": "internal"])
            attempts.append(["ticket": .string(id), "text": "hello"])
            attempts.append(["ticket": .string(id), "expand": ["requester", "assignee", "group"]])
            attempts.append(["ticket": .string(id), "expand": ["author"]])
        }
        attempts += [[:], ["after_seq": 0], ["name": "x"], ["status": "new"], ["requester": "U-3"], ["assignee": "U-1"]]
        return attempts
    }

    @Test("What is not theirs is refused, and nothing internal is told", arguments: [true, false])
    func everything(_ isPortal: Bool) throws {
        let bench = try Self.desk()
        defer { _ = bench.folder }
        let allowed = Set(RightsTable.all.filter { $0.roles.contains("r") }.map(\.method))
        for spec in MethodTable.specs where !spec.name.hasPrefix("session.") {
            // What a connection asks of itself knows no person.
            if !isPortal, MethodTable.sessionMethods[spec.name] != nil { continue }
            let isOpen = allowed.contains(spec.name) && (!isPortal || spec.name != "event.publish")
            let known = Set(spec.required + spec.optional)
            for attempt in try Self.attempts(spec.name) {
                var params = attempt.object ?? JSONObject()
                params = JSONObject(params.members.filter { known.contains($0.name) })
                for name in spec.required where params[name] == nil { params[name] = "x" }
                params["_meta"] = isPortal ? nil : ["on_behalf_of": "U-2"]
                let answer = try bench.answer(spec.name, .object(params), as: isPortal ? "portal" : "owner")
                #expect(!answer.text.contains(Self.secret), "\(spec.name) \(attempt.text): \(answer.text)")
                if !isOpen { #expect(answer["error"]?["data"]?["code"] == "forbidden", "\(spec.name): \(answer.text)") }
            }
        }
        bench.kernel.stop()
    }

    @Test("Their own conversation is there, without what is internal")
    func own() throws {
        let bench = try Self.desk()
        defer { _ = bench.folder }
        let ticket = try bench.call("ticket.get", ["ticket": "T-1"], as: "portal")["ticket"]
        #expect(ticket?["subject"] == "Mine" && ticket?["status"] == "pending")
        for name in ["group", "assignee", "status_reason", "external_id", "due_at"] { #expect(ticket?[name] == nil, "\(name)") }
        #expect(ticket?["fields"] == [:] && ticket?["sla"] == [])
        let messages = try bench.call("message.list", ["ticket": "T-1"], as: "portal")["items"]?.array
        #expect(messages?.map { $0["text"] } == ["I need help", "We look into it"])
        #expect(try bench.call("message.list", ["ticket": "T-1", "visibility": "internal"], as: "portal")["items"] == [])
        let listed = try bench.call("ticket.list", as: "portal")["items"]?.array
        #expect(listed?.map { $0["id"] } == ["T-1"])
        let history = try bench.call("ticket.history", ["ticket": "T-1"], as: "portal")["items"]?.array
        #expect(
            history?.map { $0["type"] } == [
                "ticket.created", "message.added", "message.added", "ticket.status_changed", "ticket.status_changed",
            ])
        #expect(history?.allSatisfy { $0["via"] == nil } == true)
        for method in ["ticket.get", "ticket.history", "message.list", "ticket.solve"] {
            #expect(try bench.refusal(method, ["ticket": "T-2"], as: "portal") == "not_found", "\(method)")
        }
        #expect(try bench.refusal("message.get", ["message": "M-2"], as: "portal") == "not_found")
        let reply = try bench.call("ticket.reply", ["ticket": "T-1", "text": "Thank you"], as: "portal")
        #expect(reply["message"]?["author"] == "U-2" && reply["ticket"]?["assignee"] == nil)
        let made = try bench.call("ticket.create", ["subject": "Another"], as: "portal")
        #expect(made["ticket"]?["requester"] == "U-2")
        let opinion = try bench.call("feedback.record", ["ticket": "T-1", "kind": "csat", "score": 5], as: "portal")
        #expect(opinion["feedback"]?["user"] == "U-2")
        bench.kernel.stop()
    }

    @Test("It hears no events and is asked at no hook point, whatever else its roles say")
    func streams() throws {
        let role = Role(methods: ["*"], streams: nil, hooks: ["*"], tickets: .own, seesInternal: false)
        let identity = Identity(name: "odd", roles: [("odd", role)])
        #expect(!identity.maySee(.ticket) && identity.visible([]) == nil && !identity.mayHook("ticket.before_create"))
        let bench = try KernelBench(identities: [.owner, identity])
        defer { _ = bench.folder }
        #expect(!bench.kernel.access.mayListen("odd"))
        #expect(try bench.refusal("events.read", ["after_seq": 0], as: "odd") == "forbidden")
        #expect(try bench.refusal("consumer.info", ["name": "odd"], as: "odd") == "forbidden")
        // It acts as nobody: no ticket is its own.
        try bench.furnish()
        try bench.call("ticket.create", ["subject": "x", "requester": "U-2"])
        #expect(try bench.refusal("ticket.get", ["ticket": "T-1"], as: "odd") == "not_found")
        #expect(try bench.call("ticket.list", as: "odd")["items"] == [])
        bench.kernel.stop()
    }
}

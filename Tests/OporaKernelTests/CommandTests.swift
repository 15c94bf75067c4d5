import Foundation
import OporaKernel
import OporaProtocol
import Synchronization
import Testing

@Suite("Commands", .timeLimit(.minutes(2)))
struct CommandTests {
    @Test("A ticket's life, told by the log")
    func life() throws {
        let bench = try KernelBench()
        try bench.furnish()
        let created = try bench.call("ticket.create", ["subject": "Printer", "text": "It does not print", "requester": "U-2"])
        #expect(created["ticket"]?["status"] == "new" && created["message"]?["author_kind"] == "requester")
        try bench.call("ticket.assign", ["ticket": "T-1", "group": "G-1", "assignee": "U-1"])
        let reply = try bench.call("ticket.reply", ["ticket": "T-1", "text": "Looking", "status": "pending"])
        #expect(reply["ticket"]?["status"] == "pending" && reply["message"]?["author_kind"] == "agent")
        try bench.call("ticket.note", ["ticket": "T-1", "text": "internal"])
        try bench.call("ticket.solve", ["ticket": "T-1"])
        try bench.call("ticket.close", ["ticket": "T-1"])
        let types = try bench.call("ticket.history", ["ticket": "T-1"])["items"]?.array?.compactMap { $0["type"]?.string }
        #expect(
            types == [
                "ticket.created", "message.added", "sla.applied", "ticket.assigned", "message.added", "sla.met",
                "ticket.status_changed", "sla.paused", "message.added", "ticket.status_changed", "sla.resumed", "sla.met",
                "ticket.status_changed",
            ])
        let messages = try bench.call("message.list", ["ticket": "T-1", "visibility": "public"])["items"]?.array
        #expect(messages?.compactMap { $0["text"]?.string } == ["It does not print", "Looking"])
        bench.kernel.stop()
    }

    @Test("The log is gapless, each stream's chain unbroken, and no free text is in it")
    func log() throws {
        let bench = try KernelBench()
        try bench.furnish()
        let secret = "Geheimnis-4711"
        for n in 0..<20 {
            try bench.call(
                "ticket.create",
                ["subject": .string(secret), "text": .string(secret), "requester": "U-2", "fields": ["a": .string(secret)]])
            try bench.call("ticket.note", ["ticket": .string("T-\(n + 1)"), "text": .string(secret)])
        }
        try bench.call("feedback.record", ["ticket": "T-1", "kind": "csat", "score": 1, "comment": .string(secret)])
        let log = try bench.log()
        var last: [String: Int64] = [:]
        for (index, item) in log.enumerated() {
            #expect(item["seq"]?.int == Int64(index + 1))
            let type = try #require(item["event"]?["type"]?.string.flatMap { EventType(cloudEventsType: $0) })
            #expect(item["prev"]?.int == last[type.stream.rawValue] ?? 0)
            last[type.stream.rawValue] = item["seq"]?.int
            #expect(!item.text.contains(secret) && !item.text.contains("Anna") && !item.text.contains("example.org"))
            #expect(item["event"]?["sequence"]?.string.flatMap { Int64($0) } == item["seq"]?.int)
        }
        // What went over the bus is what is in the log.
        let sent = bench.probe.events.withLock { $0.filter { !$0.topic.hasPrefix("$") } }
        #expect(sent.map { $0.header?.seq } == log.map { $0["seq"]?.int })
        #expect(sent.map(\.body) == log.map { $0["event"] ?? .null })
        bench.kernel.stop()
    }

    @Test("A key gives the stored answer to the same request, and refuses another")
    func idempotency() throws {
        let bench = try KernelBench()
        try bench.furnish()
        let params: JSON = ["subject": "x", "requester": "U-2", "_meta": ["idempotency_key": "k"]]
        let first = try bench.call("ticket.create", params)
        let second = try bench.call("ticket.create", params)
        #expect(first["ticket"] == second["ticket"] && second["_meta"]?["replayed"] == true)
        #expect(first["_meta"]?["seq"] == second["_meta"]?["seq"])
        let other: JSON = ["subject": "y", "requester": "U-2", "_meta": ["idempotency_key": "k"]]
        #expect(try bench.refusal("ticket.create", other) == "idempotency_key_reused")
        // What was refused is not kept: the key is free for the corrected request.
        let wrong: JSON = ["ticket": "T-9", "_meta": ["idempotency_key": "s"]]
        #expect(try bench.refusal("ticket.solve", wrong) == "not_found")
        try bench.call("ticket.solve", ["ticket": "T-1", "_meta": ["idempotency_key": "s"]])
        #expect(try bench.call("ticket.list")["items"]?.array?.count == 1)
        bench.kernel.stop()
    }

    @Test("Another version than expected changes nothing and takes no number")
    func versions() throws {
        let bench = try KernelBench()
        try bench.furnish()
        try bench.call("ticket.create", ["subject": "x", "requester": "U-2"])
        let head = try bench.log().count
        for method in ["ticket.solve", "ticket.reopen", "ticket.close"] {
            #expect(try bench.refusal(method, ["ticket": "T-1", "expected_version": 77]) == "version_conflict")
        }
        #expect(
            try bench.answer("ticket.solve", ["ticket": "T-1", "expected_version": 77])["error"]?["data"]?["current_version"] == 2
        )
        #expect(try bench.refusal("user.update", ["user": "U-1", "name": "N", "expected_version": 9]) == "version_conflict")
        #expect(try bench.refusal("group.update", ["group": "G-1", "name": "N", "expected_version": 9]) == "version_conflict")
        #expect(try bench.log().count == head)
        try bench.call("ticket.solve", ["ticket": "T-1", "expected_version": 2])
        bench.kernel.stop()
    }

    @Test("A restart finds everything as it was, and goes on counting")
    func restart() throws {
        let bench = try KernelBench()
        try bench.furnish()
        try bench.call("ticket.create", ["subject": "x", "requester": "U-2", "_meta": ["idempotency_key": "k"]])
        let ticket = try bench.call("ticket.get", ["ticket": "T-1"])
        let log = try bench.log()
        bench.kernel.stop()
        let again = try KernelBench(folder: bench.folder)
        #expect(try again.call("ticket.get", ["ticket": "T-1"]) == ticket)
        #expect(try again.log() == log)
        let replay = try again.call("ticket.create", ["subject": "x", "requester": "U-2", "_meta": ["idempotency_key": "k"]])
        #expect(replay["_meta"]?["replayed"] == true)
        #expect(try again.call("ticket.create", ["subject": "y", "requester": "U-2"])["ticket"]?["id"] == "T-2")
        #expect(try again.call("ticket.reply", ["ticket": "T-2", "text": "hi"])["message"]?["author"] == "U-1")
        again.kernel.stop()
    }

    @Test("Time acts by itself: warning, breach, once, with their true instants")
    func time() throws {
        let bench = try KernelBench()
        try bench.furnish()
        try bench.call("ticket.create", ["subject": "x", "requester": "U-2"])
        let head = Int64(try bench.log().count)
        bench.advance(minutes: 46)
        let warned = try bench.call("events.read", ["after_seq": .int(head), "wait_ms": 20_000])["events"]?.array
        #expect(warned?.compactMap { $0["event"]?["type"]?.string } == ["opora.sla.warning.v1"])
        #expect(warned?.first?["event"]?["actor"] == "kernel")
        bench.advance(minutes: 20)
        let breached = try bench.call("events.read", ["after_seq": .int(head + 1), "wait_ms": 20_000])["events"]?.array
        let data = breached?.first?["event"]?["data"]
        #expect(data?["breached_at"] == data?["due_at"] && data?["cause"] == "time" && data?["target"] == "first_response")
        #expect(data?["detected_at"]?.string != data?["due_at"]?.string)
        bench.kernel.stop()
    }

    @Test("A page ends before it grows too large to send, and history goes on to its end")
    func largePages() throws {
        let bench = try KernelBench()
        try bench.furnish()
        try bench.call("ticket.create", ["subject": "x", "requester": "U-2"])
        let text = String(repeating: "я", count: 199_000)
        for _ in 0..<6 { try bench.call("ticket.note", ["ticket": "T-1", "text": .string(text)]) }
        func all(_ method: String, _ limit: Int64) throws -> [JSON] {
            var (items, cursor): ([JSON], JSON?) = ([], nil)
            repeat {
                let page = try bench.call(method, ["ticket": "T-1", "limit": .int(limit), "cursor": cursor])
                #expect(page.bytes.count < 2 * Limits.bodyBytes)
                items += page["items"]?.array ?? []
                cursor = page["next_cursor"].flatMap { $0.isNull ? nil : $0 }
            } while cursor != nil
            return items
        }
        #expect(try all("message.list", 50).count == 6)
        #expect(try all("ticket.history", 3).count == 8)
        #expect(try all("ticket.history", 200).count == 8)
        bench.kernel.stop()
    }

    @Test("A key is for one person; an identity whose person left can still be put right; a reason is one word")
    func edges() throws {
        let bench = try KernelBench()
        try bench.furnish()
        func create(_ user: String) throws -> JSON {
            let meta: JSON = ["idempotency_key": "k", "on_behalf_of": .string(user)]
            return try bench.answer("ticket.create", ["subject": "x", "_meta": meta])
        }
        #expect(try create("U-1")["result"] != nil)
        #expect(try create("U-2")["error"]?["data"]?["code"] == "idempotency_key_reused")
        #expect(
            try bench.refusal("ticket.set_status", ["ticket": "T-1", "status": "pending", "reason": "call Ivan +7 999"])
                == "invalid_params")
        #expect(try bench.call("ticket.list", ["unsolved": true, "status": ["solved"]])["items"]?.array?.isEmpty == true)
        try bench.call("user.update", ["user": "U-1", "active": false])
        try bench.call("user.update", ["user": "U-1", "active": true])
        let stingy: JSON = ["name": "c", "zone": "UTC", "hours": ["mon": [["09:00", "10:00"]]]]
        try bench.call("calendar.create", stingy)
        let policy: JSON = ["name": "p", "calendar": "C-2", "targets": ["low": ["resolution": 31_622_400_000]]]
        #expect(try bench.refusal("policy.create", policy) == "calendar_exhausted")
        bench.kernel.stop()
    }

    @Test("An identity may do what its roles say, and nothing else")
    func rights() throws {
        let plugin = Identity(name: "p", roles: ["p"], methods: ["ticket.get", "consumer.*"], streams: nil, rights: [])
        let delegate = Identity(name: "d", roles: ["d"], methods: ["ticket.*"], rights: [.onBehalfOf])
        let bench = try KernelBench(identities: [.owner, plugin, delegate])
        try bench.furnish()
        try bench.call("ticket.create", ["subject": "x", "requester": "U-2"])
        try bench.call("ticket.get", ["ticket": "T-1"], as: "p")
        for method in ["ticket.list", "ticket.solve", "import.apply", "x.reporter.metrics", "kernel.stats"] {
            #expect(try bench.refusal(method, [:], as: "p") == "forbidden")
        }
        #expect(try bench.refusal("ticket.get", ["ticket": "T-1", "_meta": ["on_behalf_of": "U-1"]], as: "p") == "forbidden")
        #expect(try bench.refusal("ticket.reply", ["ticket": "T-1", "text": "x"], as: "d") == "forbidden")
        let reply = try bench.call("ticket.reply", ["ticket": "T-1", "text": "x", "_meta": ["on_behalf_of": "U-1"]], as: "d")
        #expect(reply["message"]?["author"] == "U-1")
        #expect(try bench.refusal("import.apply", ["source": "s", "items": []], as: "d") == "forbidden")
        bench.send(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, as: nil)
        #expect(try bench.next()["error"]?["data"]?["code"] == "unauthenticated")
        // Told once a second on one connection.
        bench.send(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, from: Peer([7]), as: "stranger")
        #expect(try bench.next()["error"]?["data"]?["code"] == "unauthenticated")
        let names = try bench.call("rpc.discover", [:], as: "p")["methods"]?.array?.compactMap { $0["name"]?.string } ?? []
        #expect(names.contains("ticket.get") && !names.contains("ticket.solve"))
        bench.kernel.stop()
    }

    @Test("Lists are paged by cursors that belong to one list alone")
    func paging() throws {
        let bench = try KernelBench()
        try bench.furnish()
        for n in 0..<25 { try bench.call("ticket.create", ["subject": .string("s\(n)"), "requester": "U-2"]) }
        for sort in ["id", "-id", "updated_at", "-updated_at", "due_at"] {
            var seen: [String] = []
            var cursor: JSON?
            repeat {
                let page = try bench.call("ticket.list", ["sort": .string(sort), "limit": 7, "cursor": cursor])
                seen += page["items"]?.array?.compactMap { $0["id"]?.string } ?? []
                cursor = page["next_cursor"].flatMap { $0.isNull ? nil : $0 }
            } while cursor != nil
            #expect(seen.count == 25 && Set(seen).count == 25, "\(sort)")
        }
        let page = try bench.call("ticket.list", ["limit": 3])
        let cursor = try #require(page["next_cursor"])
        #expect(try bench.refusal("ticket.list", ["limit": 3, "status": ["new"], "cursor": cursor]) == "invalid_cursor")
        #expect(try bench.refusal("user.list", ["cursor": cursor]) == "invalid_cursor")
        #expect(try bench.refusal("ticket.list", ["cursor": "c1.1.1.xxxx"]) == "invalid_cursor")
        bench.kernel.stop()
    }
}

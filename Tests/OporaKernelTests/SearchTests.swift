import Foundation
import OporaProtocol
import Testing

@testable import OporaKernel

/// Search through a whole kernel: the index follows the log, and answers are bound by what the caller may see.
@Suite("Search")
struct SearchTests {
    /// Waits until the index has all of the log.
    private func catchUp(_ bench: KernelBench) throws {
        try bench.until { try bench.call("search.status")["behind_events"] == 0 }
    }

    private func ids(_ bench: KernelBench, _ params: JSON) throws -> [String] {
        try bench.call("ticket.search", params)["items"]?.array?.compactMap { $0["ticket"]?["id"]?.string } ?? []
    }

    private func furnished() throws -> KernelBench {
        let bench = try KernelBench()
        try bench.furnish()
        try bench.call("ticket.create", ["subject": "Принтер не печатает", "text": "Горит красная лампа", "requester": "U-2"])
        try bench.call(
            "ticket.create", ["subject": "VPN drops", "text": "The tunnel closes every hour", "group": "G-1", "requester": "U-2"])
        try bench.call("ticket.create", ["subject": "Only a subject: toner", "requester": "U-2", "priority": "high"])
        try bench.call("ticket.note", ["ticket": "T-2", "text": "The customer forgot to pay for the tunnel"])
        try catchUp(bench)
        return bench
    }

    @Test(
        "Subjects, messages, notes and tickets without a message are found by any form of a word",
        arguments: [
            (["query": "принтеры"], ["T-1"]), (["query": "лампу"], ["T-1"]), (["query": "tunnels"], ["T-2"]),
            (["query": "forgotten OR forgot"], ["T-2"]), (["query": "toner"], ["T-3"]), (["query": "T-2"], ["T-2"]),
            (["query": "tunnel", "group": "G-1"], ["T-2"]), (["query": "tunnel group:none"], []),
            (["query": "toner priority:high,urgent"], ["T-3"]), (["query": "toner", "priority": "low"], []),
            (["query": "tunnel", "visibility": "internal"], ["T-2"]), (["query": "лампа visibility:internal"], []),
            (["query": "tunnel -customer", "visibility": "internal"], []), (["query": "printer created:<2026-01-01"], []),
            (["query": "лампа created:2026-11-23"], ["T-1"]), (["query": "лампа", "requester": "U-1"], []),
        ] as [(JSON, [String])])
    func finds(params: JSON, expected: [String]) throws {
        let bench = try furnished()
        defer { _ = bench.folder }
        #expect(try ids(bench, params) == expected)
    }

    @Test("A hit shows the message and marks what was looked for")
    func snippet() throws {
        let bench = try furnished()
        defer { _ = bench.folder }
        let hit = try #require(try bench.call("ticket.search", ["query": "красной лампой"])["items"]?.array?.first)
        #expect(hit["message"] == "M-1")
        let parts = hit["snippet"]?.array ?? []
        #expect(parts.compactMap { $0["text"]?.string }.joined() == "Горит красная лампа")
        #expect(parts.filter { $0["match"] == true }.compactMap { $0["text"]?.string } == ["красная", "лампа"])
        #expect(hit["subject"]?.array?.compactMap { $0["text"]?.string } == ["Принтер не печатает"])
    }

    @Test(
        "A query that makes no sense is refused with a reason, and no text is a fault",
        arguments: [
            ("", "validation_failed"), ("-only -without", "validation_failed"), ("status:lost x", "validation_failed"),
            ("group:7 x", "validation_failed"), ("ab*", "validation_failed"), ("created:yesterday x", "validation_failed"),
            ("!!! — …", "validation_failed"), ("a b c d e f g h i j k l m n o p q", "validation_failed"),
        ] as [(String, String)])
    func refuses(query: String, code: String) throws {
        let bench = try KernelBench()
        defer { _ = bench.folder }
        #expect(try bench.refusal("ticket.search", ["query": .string(query)]) == code)
    }

    @Test("Pages of a search fit together though new tickets come")
    func pages() throws {
        let bench = try KernelBench()
        defer { _ = bench.folder }
        try bench.furnish()
        for number in 1...25 {
            try bench.call("ticket.create", ["subject": .string("Alarm \(number)"), "text": "fire", "requester": "U-2"])
        }
        try catchUp(bench)
        var seen: [String] = []
        var cursor: JSON = .null
        repeat {
            let page = try bench.call("ticket.search", ["query": "alarm", "limit": 10, "cursor": cursor])
            seen += page["items"]?.array?.compactMap { $0["ticket"]?["id"]?.string } ?? []
            cursor = page["next_cursor"] ?? .null
            bench.advance(seconds: 1)
            try bench.call("ticket.create", ["subject": "Alarm", "text": "fire", "requester": "U-2"])
            try catchUp(bench)
        } while !cursor.isNull
        #expect(seen.count == 25 && Set(seen).count == 25)
    }

    @Test("A requester finds own tickets by what they may read, and nothing else")
    func requester() throws {
        let portal = Identity(name: "portal", roles: [("requester", Role.shipped["requester"] ?? Role(methods: []))])
        let bench = try KernelBench(identities: [.owner, portal])
        defer { _ = bench.folder }
        try bench.furnish()
        try bench.call("user.update", ["user": "U-2", "identity": "portal"])
        try bench.call("ticket.create", ["subject": "Mine", "text": "lamp", "requester": "U-2", "external_id": "EXT1"])
        try bench.call("ticket.create", ["subject": "Theirs", "text": "lamp", "requester": "U-1"])
        try bench.call("ticket.note", ["ticket": "T-1", "text": "zebra"])
        try catchUp(bench)
        func found(_ query: String) throws -> [String] {
            try bench.call("ticket.search", ["query": .string(query)], as: "portal")["items"]?.array?
                .compactMap { $0["ticket"]?["id"]?.string } ?? []
        }
        #expect(try found("lamp") == ["T-1"] && found("T-1") == ["T-1"])
        #expect(try found("zebra") == [] && found("theirs") == [] && found("T-2") == [] && found("EXT1") == [])
        #expect(try found("lamp visibility:internal") == [])
        #expect(try found("lamp status:new created:>2000-01-01") == ["T-1"])
        for filter in ["group:none", "assignee:none", "requester:U-1", "organization:O-1", "tag:vip"] {
            #expect(
                try bench.answer("ticket.search", ["query": .string("lamp \(filter)")], as: "portal")["error"]?["code"] == -32002)
        }
        #expect(try bench.answer("ticket.search", ["query": "lamp", "group": "G-1"], as: "portal")["error"]?["code"] == -32002)
        for method in ["search.status", "search.rebuild"] {
            #expect(try bench.answer(method, as: "portal")["error"]?["code"] == -32002)
        }
    }

    @Test("What was merged, published or put into the bin is found where it is now")
    func moved() throws {
        let bench = try KernelBench()
        defer { _ = bench.folder }
        try bench.furnish()
        try bench.call("ticket.create", ["subject": "Alpha", "text": "lamp", "requester": "U-2"])
        try bench.call("ticket.create", ["subject": "Beta", "text": "toner", "requester": "U-2"])
        try bench.call("ticket.note", ["ticket": "T-2", "text": "zebra"])
        try catchUp(bench)
        #expect(try ids(bench, ["query": "lamp"]) == ["T-1"])
        #expect(try ids(bench, ["query": "zebra", "visibility": "public"]) == [])
        try bench.call("ticket.merge", ["ticket": "T-1", "into": "T-2"])
        try bench.call("ticket.publish_note", ["message": "M-3"])
        try catchUp(bench)
        #expect(try ids(bench, ["query": "beta lamp"]) == ["T-2"])
        #expect(try ids(bench, ["query": "zebra", "visibility": "public"]) == ["T-2"])
        try bench.call("ticket.unmerge", ["ticket": "T-1"])
        try catchUp(bench)
        #expect(try ids(bench, ["query": "alpha lamp"]) == ["T-1"])
        try bench.call("ticket.delete", ["ticket": "T-1"])
        #expect(try ids(bench, ["query": "lamp"]) == [])
        try bench.call("ticket.restore", ["ticket": "T-1"])
        #expect(try ids(bench, ["query": "lamp"]) == ["T-1"])
    }

    @Test("The index survives a restart, is made anew when it is asked for, when it is gone and when the log was cut past it")
    func restart() throws {
        let folder: String
        do {
            let bench = try furnished()
            folder = bench.folder
            try bench.call("search.rebuild")
            try bench.until { try bench.call("search.status")["state"] == "ready" }
            #expect(try ids(bench, ["query": "tunnel"]) == ["T-2"])
            let status = try bench.call("search.status")
            #expect(status["documents"] == 4 && status["replaced"] == 0)
            bench.kernel.stop()
            let copy = folder + "-next"
            try FileManager.default.copyItem(atPath: folder, toPath: copy)
            try FileManager.default.removeItem(atPath: copy + "/search")
            let next = try KernelBench(folder: copy)
            try catchUp(next)
            #expect(try ids(next, ["query": "tunnel"]) == ["T-2"])
            #expect(try next.call("search.status")["documents"] == 4)
            next.kernel.stop()
        }
    }
}

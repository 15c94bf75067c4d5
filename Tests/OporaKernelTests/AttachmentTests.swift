import Foundation
import OporaDomain
import OporaProtocol
import OporaThreads
import Testing

@testable import OporaKernel

@Suite("Attachments over the protocol")
struct AttachmentKernelTests {
    /// A bench with a file that somebody announced.
    struct Sending {
        let bench: KernelBench
        let bytes: [UInt8]

        init(_ bytes: [UInt8] = Array("%PDF-1.4 hello".utf8), rules: AttachmentRules = AttachmentRules()) throws {
            bench = try KernelBench(
                identities: [.owner, Identity(name: "mail", roles: [], methods: ["*"], streams: nil, rights: [])],
                attachments: rules)
            try bench.furnish()
            self.bytes = bytes
        }

        @discardableResult
        func begin(_ name: String = "a.pdf", type: String = "application/pdf", as user: String = "owner") throws -> JSON {
            try bench.call(
                "attachment.begin",
                [
                    "name": .string(name), "media_type": .string(type), "size": .int(Int64(bytes.count)),
                    "sha256": .string(SHA256.hex(bytes)),
                ], as: user)
        }

        func put(_ id: String, _ part: Range<Int>, as user: String = "owner") throws -> JSON {
            try bench.answer(
                "attachment.put",
                [
                    "attachment": .string(id), "offset": .int(Int64(part.lowerBound)),
                    "data": .string(Base64.encode(Array(bytes[part]))),
                ], as: user)
        }

        /// Sends all of it and ends it; the id.
        func send(_ name: String = "a.pdf", type: String = "application/pdf", as user: String = "owner") throws -> String {
            let id = try #require(try begin(name, type: type, as: user)["attachment"]?["id"]?.string)
            _ = try put(id, 0..<bytes.count, as: user)
            let done = try bench.call("attachment.finish", ["attachment": .string(id)], as: user)
            #expect(done["attachment"]?["state"] == "ready")
            return id
        }

        func exists(_ sha: String) -> Bool {
            FileManager.default.fileExists(atPath: "\(bench.folder)/blobs/\(sha.prefix(2))/\(sha.dropFirst(2))")
        }
    }

    @Test("A file is sent in pieces, goes on where it was left, and comes back as it was")
    func roundTrip() throws {
        let file = try Sending()
        let bench = file.bench
        defer { _ = bench.folder }
        let begun = try file.begin()
        #expect(begun["received"] == 0)
        #expect(try file.put("A-1", 0..<5)["result"]?["received"] == 5)
        #expect(try file.put("A-1", 7..<9)["error"]?["data"]?["code"] == "validation_failed")
        #expect(try file.put("A-1", 0..<5)["result"]?["received"] == 5)
        let again = try file.begin()
        #expect(again["attachment"]?["id"] == "A-1" && again["received"] == 5)
        #expect(try bench.refusal("attachment.finish", ["attachment": "A-1"]) == "validation_failed")
        #expect(try file.put("A-1", 3..<file.bytes.count)["result"]?["received"] == .int(Int64(file.bytes.count)))
        #expect(try bench.refusal("ticket.create", ["subject": "s", "text": "t", "attachments": ["A-1"]]) == "validation_failed")
        try bench.call("attachment.finish", ["attachment": "A-1"])
        try bench.call("attachment.finish", ["attachment": "A-1"])
        let made = try bench.call("ticket.create", ["subject": "s", "text": "see the file", "attachments": ["A-1"]])
        #expect(made["message"]?["attachments"]?.array?.first?["name"] == "a.pdf")
        let listed = try bench.call("message.list", ["ticket": "T-1"])["items"]?.array?.first
        #expect(listed?["attachments"]?.array?.first?["id"] == "A-1")
        let part = try bench.call("attachment.get", ["attachment": "A-1", "offset": 2, "length": 3])
        #expect(part["data"]?.string.flatMap(Base64.decode) == Array(file.bytes[2..<5]) && part["next_offset"] == 5)
        let all = try bench.call("attachment.get", ["attachment": "A-1"], as: "mail")
        #expect(all["data"]?.string.flatMap(Base64.decode) == file.bytes && all["next_offset"] == .null)
        let added = try bench.log().first { $0["event"]?["type"] == "opora.message.added.v1" }
        #expect(added?["event"]?["data"]?["attachments"] == ["A-1"])
        #expect(added?.text.contains("a.pdf") == false)
    }

    @Test("Nobody else sees, ends or uses what somebody sends, and knowing a digest gives nothing")
    func possession() throws {
        let file = try Sending()
        let bench = file.bench
        defer { _ = bench.folder }
        let id = try file.send()
        #expect(try bench.refusal("attachment.get", ["attachment": .string(id)], as: "mail") == "not_found")
        #expect(try file.put(id, 0..<1, as: "mail")["error"]?["data"]?["code"] == "not_found")
        let note: JSON = ["ticket": "T-1", "text": "x", "attachments": [.string(id)]]
        try bench.call("ticket.create", ["subject": "s"])
        #expect(try bench.refusal("ticket.note", note, as: "mail") == "not_found")
        // The bytes are there, but this sender has not shown that it has them.
        let other = try file.begin("b.pdf", as: "mail")
        #expect(other["received"] == 0)
        let otherID = other["attachment"]?["id"] ?? .null
        #expect(try bench.refusal("attachment.finish", ["attachment": otherID], as: "mail") == "validation_failed")
        try bench.call("ticket.note", note)
        #expect(try bench.refusal("ticket.note", note) == "validation_failed")
    }

    @Test("Bytes that are not what was announced are refused, and sent anew")
    func lies() throws {
        let file = try Sending(Array("<html>no picture</html>".utf8))
        let bench = file.bench
        defer { _ = bench.folder }
        let id = try #require(try file.begin("a.png", type: "image/png")["attachment"]?["id"])
        _ = try file.put("A-1", 0..<file.bytes.count)
        #expect(try bench.refusal("attachment.finish", ["attachment": id]) == "validation_failed")
        #expect(try file.begin("a.png", type: "image/png")["received"] == 0)
        let program: JSON = [
            "name": "a.exe", "media_type": "application/octet-stream", "size": 1, "sha256": .string(SHA256.hex([])),
        ]
        #expect(try bench.refusal("attachment.begin", program) == "validation_failed")
        _ = try bench.call(
            "attachment.begin",
            ["name": "x.txt", "media_type": "text/plain", "size": 3, "sha256": .string(SHA256.hex(Array("abc".utf8)))])
        let put: JSON = ["attachment": "A-2", "offset": 0, "data": .string(Base64.encode(Array("abd".utf8)))]
        try bench.call("attachment.put", put)
        let wrong = try bench.answer("attachment.finish", ["attachment": "A-2"])
        #expect(wrong["error"]?["message"]?.string?.contains("SHA-256") == true)
    }

    @Test("What no message takes is gone after a day; what two share stays for the other")
    func collecting() throws {
        let file = try Sending()
        let bench = file.bench
        defer { _ = bench.folder }
        let sha = SHA256.hex(file.bytes)
        let kept = try file.send("kept.pdf")
        _ = try file.send("loose.pdf")
        try bench.call("ticket.create", ["subject": "s", "text": "t", "attachments": [.string(kept)]])
        bench.advance(minutes: 24 * 60 + 1)
        _ = bench.kernel.commands.put(.tidy)
        // A command of our own: the round before it is over then.
        try bench.call("organization.create", ["name": "Barrier"])
        #expect(try bench.refusal("attachment.get", ["attachment": "A-2"]) == "not_found")
        #expect(file.exists(sha))
        #expect(try bench.call("attachment.get", ["attachment": .string(kept)])["next_offset"] == .null)
    }
}

import Foundation
import Logging
import OporaPluginKit
import Testing

@testable import notifier

@Suite struct MethodTests {
    let scratch: Scratch
    let fake = FakeDesk()
    let clock = ManualClock()
    let notifier: Notifier

    init() throws {
        scratch = try Scratch()
        fake.add(user: "U-1", name: "Anna", email: "anna@example.org")
        fake.add(user: "U-2", name: "Boris")
        fake.add(ticket: "T-1", ["requester": "U-1"])
        let settings = Settings(try .of("smtp: {folder: '\(scratch.path)/mail'}"))
        notifier = try Notifier(
            settings, outbox: try scratch.outbox(), desk: fake.desk, clock: clock.clock, log: .silent)
    }

    static let survey: JSON = [
        "user": "U-1", "template": "survey", "link": "https://desk.example.org/f/1", "ticket": "T-1", "key": "survey:T-1:1",
    ]

    private func survey(_ name: String, _ value: JSON?) -> JSON {
        var object = Self.survey.object ?? JSONObject()
        object[name] = value
        return .object(object)
    }

    @Test("a survey is mailed once for each key")
    func send() async throws {
        #expect(try await notifier.answer("send", Self.survey) == ["queued": true])
        #expect(try await notifier.answer("send", Self.survey) == ["queued": true])
        #expect(try notifier.outbox.counts().queued == 1)
        let lane = try #require(notifier.lanes.first)
        #expect(try await lane.step() == 0)
        #expect(try await notifier.answer("send", Self.survey) == ["queued": true])
        #expect(await notifier.health() == ["queued": 0, "failed": 0, "dead": 0, "sent": 1, "skipped": 0])
        let files = try FileManager.default.contentsOfDirectory(atPath: "\(scratch.path)/mail")
        #expect(files.count == 1)
        #expect(files.first?.hasSuffix(".eml") == true)
    }

    @Test("who has no mail is not asked")
    func unreachable() async throws {
        #expect(try await notifier.answer("send", survey("user", "U-2")) == ["queued": false, "reason": "no_email"])
        #expect(try await notifier.answer("send", survey("user", "U-3")) == ["queued": false, "reason": "gone"])
        #expect(try notifier.outbox.counts() == DeliveryCounts())
    }

    @Test(
        "wrong parameters are named",
        arguments: [
            ("user", nil), ("user", "T-1"), ("user", 1), ("template", "assigned"), ("template", "x"),
            ("link", "javascript:alert(1)"),
            ("link", "https://a.example/\r\nx"), ("ticket", "U-1"), ("key", ""), ("key", "ключ"), ("other", 1),
        ] as [(String, JSON?)])
    func wrong(_ name: String, _ value: JSON?) async throws {
        let error = await #expect(throws: RPCError.self) { try await notifier.answer("send", survey(name, value)) }
        #expect(error?.code == .invalidParams)
        #expect(error?.data["details"]?.array?.first?["path"] == .string("/\(name)"))
    }

    @Test("the outbox can be looked at and a dead delivery brought back")
    func retry() async throws {
        let outbox = notifier.outbox
        try outbox.add([OutboxTests.draft("a"), OutboxTests.draft("b")], now: clock.now)
        try outbox.settle(
            try #require(try outbox.delivery(1)), .refused("the mail server answered 550"), now: clock.now, Backoff())
        let dead = try await notifier.answer("outbox", ["state": "dead"])
        #expect(
            dead == [
                "items": [
                    [
                        "id": 1, "state": "dead", "kind": "assigned", "recipient": "U-2", "ticket": "T-1", "attempts": 1,
                        "created_at": .string(clock.now.text), "finished_at": .string(clock.now.text),
                        "problem": "the mail server answered 550",
                    ]
                ]
            ])
        #expect(try await notifier.answer("outbox", ["limit": 1])["items"]?.array?.first?["id"] == 2)
        #expect(try await notifier.answer("retry", ["id": 1])["delivery"]?["state"] == "queued")
        #expect(await notifier.health()["queued"] == 2)
    }

    @Test(
        "what can't be retried is said",
        arguments: [
            (JSON.object(JSONObject()), ErrorCode.invalidParams), (["id": "1"], .invalidParams), (["id": 9], .notFound),
            (["id": 1], .validationFailed),
        ] as [(JSON, ErrorCode)])
    func noRetry(_ params: JSON, _ code: ErrorCode) async throws {
        try notifier.outbox.add([OutboxTests.draft("a")], now: clock.now)
        try notifier.outbox.settle(try #require(try notifier.outbox.delivery(1)), .sent, now: clock.now, Backoff())
        let error = await #expect(throws: RPCError.self) { try await notifier.answer("retry", params) }
        #expect(error?.code == code)
    }

    @Test("other methods and states are refused")
    func unknown() async {
        let method = await #expect(throws: RPCError.self) { try await notifier.answer("x", [:]) }
        #expect(method?.code == .methodNotFound)
        let state = await #expect(throws: RPCError.self) { try await notifier.answer("outbox", ["state": "x"]) }
        #expect(state?.code == .invalidParams)
        let limit = await #expect(throws: RPCError.self) { try await notifier.answer("outbox", ["limit": 201]) }
        #expect(limit?.code == .invalidParams)
    }

    @Test("manifest.json says what the plugin says of itself")
    func manifest() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: folder.appending(path: "manifest.json"), encoding: .utf8)
        #expect(try JSON(parsing: text) == Notifier.manifest.json)
    }
}

import Foundation
import Logging
import OporaPluginKit
import Testing

@testable import notifier

/// The whole way to a real HTTP server, which checks the signature with a library of its own.
@Suite(.serialized, .enabled(if: PythonServer.hasPython, "needs Python; name it in OPORA_PYTHON"))
struct WebhookTests {
    static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    let scratch: Scratch
    let outbox: Outbox
    let clock = ManualClock()

    init() throws {
        scratch = try Scratch()
        outbox = try scratch.outbox()
    }

    private func notifier(_ server: PythonServer, _ status: Int) throws -> Notifier {
        let config = try Config.of("webhooks: [{url: 'http://127.0.0.1:\(server.port)/\(status)', secret: \(Self.secret)}]")
        let settings = Settings(config)
        try config.finish()
        return try Notifier(settings, outbox: outbox, desk: FakeDesk().desk, clock: clock.clock, log: .silent)
    }

    private func attempt(_ notifier: Notifier) async throws {
        let data: JSON = ["ticket": "T-1", "target": "resolution", "group": nil, "assignee": "U-2"]
        try await notifier.take([try .made(.slaBreached, "ticket/T-1", data, seq: 919)], at: .at(919))
        try await notifier.step()
    }

    @Test("a call arrives, signed")
    func arrives() async throws {
        let server = try PythonServer("webhook_server.py", [Self.secret])
        try await attempt(try notifier(server, 200))
        let lines = server.stop()
        #expect(lines.count == 1)
        let call = try JSON(parsing: #require(lines.first))
        #expect(call["is_signed"] == true)
        #expect(call["headers"]?["webhook-id"] == "log.919")
        #expect(call["headers"]?["webhook-timestamp"] == .string("\(clock.now.rawValue / 1000)"))
        #expect(call["headers"]?["content-type"] == "application/json")
        #expect(
            call["body"] == [
                "type": "sla.breached", "id": "log.919", "time": "2026-11-22T03:39:59.123Z", "ticket": "T-1", "people": ["U-2"],
                "data": ["ticket": "T-1", "target": "resolution", "group": nil, "assignee": "U-2"],
            ])
        #expect(try outbox.counts() == DeliveryCounts(sent: 1))
    }

    @Test(
        "answers",
        arguments: [
            (204, DeliveryState.sent), (410, .dead), (400, .failed), (404, .failed), (500, .failed), (503, .failed),
            (302, .failed),
        ])
    func answers(_ status: Int, _ state: DeliveryState) async throws {
        let server = try PythonServer("webhook_server.py", [Self.secret])
        try await attempt(try notifier(server, status))
        #expect(try outbox.delivery(1)?.state == state)
        // One call: a redirect was not followed.
        #expect(server.stop().count == 1)
    }

    @Test("a second try has the same id, a new time and a signature that fits")
    func again() async throws {
        let server = try PythonServer("webhook_server.py", [Self.secret])
        let notifier = try notifier(server, 500)
        try await attempt(notifier)
        clock.advance(milliseconds: 10_000)
        try await notifier.step()
        let calls = try server.stop().map { try JSON(parsing: $0) }
        #expect(calls.map { $0["is_signed"] } == [true, true])
        #expect(calls.map { $0["headers"]?["webhook-id"] } == ["log.919", "log.919"])
        #expect(Set(calls.map { $0["headers"]?["webhook-timestamp"] }).count == 2)
    }

    @Test("without a secret nothing is signed; an id can't add a header")
    func unsigned() {
        let request = WebhookRequest(id: "a\r\nx: y", body: [], secret: nil, now: clock.now)
        #expect(request.headers.contains("webhook-id: ax:y"))
        #expect(!request.headers.contains { $0.hasPrefix("webhook-signature") })
    }
}

@Suite struct FolderTests {
    @Test("a repeat replaces the same file, and a folder that can't be written is a failure to be seen")
    func folder() async throws {
        let scratch = try Scratch()
        let fake = FakeDesk()
        let clock = ManualClock()
        fake.add(ticket: "T-1", ["requester": "U-1"])
        fake.add(user: "U-2", name: "Boris", email: "boris@example.org")
        let renderer = MailRenderer(desk: fake.desk, from: MailTests.box, language: .en, zones: SystemZones(), logID: { "log" })
        let delivery = Delivery(
            id: 1, draft: OutboxTests.draft("a"), state: .queued, attempts: 0, dueAt: clock.now, createdAt: clock.now)
        let outlet = FolderOutlet(folder: "\(scratch.path)/mail", renderer: renderer)
        #expect(try await outlet.deliver(delivery, now: clock.now) == .sent)
        #expect(try await outlet.deliver(delivery, now: clock.now) == .sent)
        let files = try FileManager.default.contentsOfDirectory(atPath: "\(scratch.path)/mail")
        #expect(files == [FolderOutlet.name(delivery)])
        let text = try String(contentsOfFile: "\(scratch.path)/mail/\(FolderOutlet.name(delivery))", encoding: .utf8)
        #expect(text.contains("Subject: [T-1] Assigned to you: Printer on fire\r\n"))
        let file = try scratch.write("", to: "file")
        let outcome = try await FolderOutlet(folder: "\(file)/mail", renderer: renderer).deliver(delivery, now: clock.now)
        guard case .failed(let problem) = outcome else {
            Issue.record("not a failure: \(outcome)")
            return
        }
        #expect(problem.hasPrefix("the folder of smtp.folder can't be written"))
    }
}

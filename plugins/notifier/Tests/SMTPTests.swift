import Foundation
import Logging
import OporaPluginKit
import Testing

@testable import notifier

/// The whole way from the outbox through libcurl to a real SMTP server (aiosmtpd).
@Suite(.serialized, .enabled(if: PythonServer.hasSMTP, "needs aiosmtpd; name its Python in OPORA_PYTHON"))
struct SMTPTests {
    let scratch: Scratch
    let outbox: Outbox
    let fake = FakeDesk()
    let clock = ManualClock()

    init() throws {
        scratch = try Scratch()
        outbox = try scratch.outbox()
        fake.add(ticket: "T-1", subject: "Принтер горит\r\nBcc: all@example.org", ["requester": "U-1"])
        fake.add(user: "U-1", name: "Анна \"К\" Иванова", email: "anna@example.org", language: "ru")
        fake.add(user: "U-2", name: "Boris, the agent", email: "boris@example.org")
        fake.add(
            message: "M-5", of: "T-1", author: "U-2",
            text: ".\nВыключите.\n.\r\nFrom now on = \(String(repeating: "x", count: 2000))")
    }

    private func notifier(_ server: PythonServer, _ more: String = "") throws -> Notifier {
        let config = try Config.of("smtp: {url: 'smtp://127.0.0.1:\(server.port)', from: 'Служба <help@example.org>'\(more)}")
        let settings = Settings(config)
        try config.finish()
        return try Notifier(settings, outbox: outbox, desk: fake.desk, clock: clock.clock, log: .silent)
    }

    private func reply(_ seq: Int64 = 7, author: String = "U-2") throws -> Event {
        try .made(
            .messageAdded, "message/M-5",
            [
                "message": "M-5", "ticket": "T-1", "author": .string(author), "author_kind": "agent", "visibility": "public",
            ], seq: seq)
    }

    /// Takes up one answer and lets the sender do one step.
    private func attempt(_ notifier: Notifier) async throws {
        try await notifier.take([try reply()], at: .at(7))
        try await notifier.step()
    }

    @Test("a mail arrives as it was meant, as another program reads it")
    func arrives() async throws {
        let server = try PythonServer("smtp_server.py")
        let notifier = try notifier(server)
        try await attempt(notifier)
        let mail = try JSON(parsing: #require(server.nextLine()))
        #expect(mail["from"] == "help@example.org")
        #expect(mail["to"] == ["anna@example.org"])
        #expect(mail["defects"] == [])
        #expect(mail["bare_newlines"] == 0)
        let longest = try #require(mail["longest_line"]?.int)
        #expect(longest <= 78)
        let headers = try #require(mail["headers"])
        #expect(headers["subject"] == "[T-1] Новый ответ: Принтер горит Bcc: all@example.org")
        #expect(mail["to_name"] == "Анна \"К\" Иванова")
        #expect(headers["from"] == "Служба <help@example.org>")
        #expect(headers["bcc"] == nil)
        #expect(headers["auto-submitted"] == "auto-generated")
        #expect(headers["x-opora-ticket"] == "T-1")
        #expect(headers["references"]?.string?.hasPrefix("<T-1.") == true)
        #expect(headers["message-id"] == .string("<\(Mail.digest("event/1/log.7/mail/U-1"))@opora>"))
        let body = try #require(mail["body"]?.string?.replacing("\r\n", with: "\n"))
        #expect(body.contains("\n.\nВыключите.\n.\nFrom now on = xxx"))
        #expect(body.hasPrefix("Здравствуйте, Анна \"К\" Иванова!"))
        #expect(try outbox.counts() == DeliveryCounts(sent: 1))
        #expect(server.stop().isEmpty)
    }

    @Test("a run of mails goes over one connection, and the next run over another")
    func connection() async throws {
        let server = try PythonServer("smtp_server.py")
        let notifier = try notifier(server)
        let lane = try #require(notifier.lanes.first)
        try await notifier.take([try reply(7), try reply(8)], at: .at(8))
        for _ in 0..<3 { _ = try await lane.step() }
        try await notifier.take([try reply(9)], at: .at(9))
        _ = try await lane.step()
        let connections = try server.stop().map { try JSON(parsing: $0)["connection"] }
        #expect(connections == [1, 1, 2])
    }

    @Test("refused for now: tried again and sent once", arguments: ["mail", "rcpt", "data", "end"])
    func temporary(_ stage: String) async throws {
        let server = try PythonServer("smtp_server.py", ["--refuse", stage, "--code", "451", "--times", "1"])
        let notifier = try notifier(server)
        try await attempt(notifier)
        let failed = try #require(try outbox.list(.failed, limit: 1).first)
        #expect(failed.problem?.contains("the mail server answered 451") == true)
        #expect(failed.problem?.contains("secret.example") == false)
        #expect(failed.dueAt == clock.now + 10_000)
        clock.advance(milliseconds: 10_000)
        try await notifier.step()
        #expect(try outbox.counts() == DeliveryCounts(sent: 1))
        #expect(server.stop().count == 1)
    }

    @Test("refused for good: given up at once", arguments: ["mail", "rcpt", "data", "end"])
    func permanent(_ stage: String) async throws {
        let server = try PythonServer("smtp_server.py", ["--refuse", stage, "--code", "550"])
        try await attempt(try notifier(server))
        let dead = try #require(try outbox.list(.dead, limit: 1).first)
        #expect(dead.problem == "the mail server answered 550")
        #expect(dead.attempts == 1)
        #expect(server.stop().isEmpty)
    }

    @Test("one refused mail does not spoil the connection for the next")
    func afterRefusal() async throws {
        let server = try PythonServer("smtp_server.py", ["--refuse", "rcpt", "--code", "550", "--times", "1"])
        let notifier = try notifier(server)
        try await notifier.take([try reply(7), try reply(8)], at: .at(8))
        for _ in 0..<2 { try await notifier.step() }
        #expect(try outbox.counts() == DeliveryCounts(dead: 1, sent: 1))
        #expect(server.stop().count == 1)
    }

    @Test("a server that is down is tried again")
    func down() async throws {
        let server = try PythonServer("smtp_server.py")
        let notifier = try notifier(server)
        #expect(server.stop().isEmpty)
        try await attempt(notifier)
        let failed = try #require(try outbox.list(.failed, limit: 1).first)
        #expect(failed.problem?.contains("curl 7") == true)
    }

    @Test("a password is shown to the server; a wrong one makes the mail wait, not die")
    func password() async throws {
        let server = try PythonServer("smtp_server.py", ["--password", "open sesame"])
        let wrong = try scratch.write("wrong", to: "wrong")
        try await attempt(try notifier(server, ", user: desk, password_file: \(wrong), tls: none"))
        let failed = try #require(try outbox.list(.failed, limit: 1).first)
        #expect(failed.problem?.contains("535") == true)
        clock.advance(milliseconds: 10_000)
        let right = try scratch.write("open sesame\n", to: "right")
        let notifier = try notifier(server, ", user: desk, password_file: \(right), tls: none")
        try await notifier.step()
        #expect(try outbox.counts() == DeliveryCounts(sent: 1))
        #expect(server.stop().count == 1)
    }

    @Test("where TLS is required and not offered, nothing is sent")
    func noTLS() async throws {
        let server = try PythonServer("smtp_server.py")
        try await attempt(try notifier(server, ", tls: required"))
        #expect(try outbox.counts() == DeliveryCounts(failed: 1))
        #expect(server.stop().isEmpty)
    }

    @Test(
        "required wants a certificate that is known, opportunistic takes any",
        .enabled(if: PythonServer.hasOpenSSL, "needs the openssl program"),
        arguments: [
            ("required, ca_file: CERTIFICATE", DeliveryState.sent), ("required", .failed), ("opportunistic", .sent),
        ])
    func certificates(_ tls: String, _ state: DeliveryState) async throws {
        let certificate = try PythonServer.certificate(in: scratch.path)
        let server = try PythonServer("smtp_server.py", ["--certificate", certificate])
        try await attempt(try notifier(server, ", tls: \(tls.replacing("CERTIFICATE", with: certificate))"))
        #expect(try outbox.delivery(1)?.state == state)
        let mails = try server.stop().map { try JSON(parsing: $0) }
        #expect(mails.map { $0["encrypted"] } == (state == .sent ? [true] : []))
    }

    @Test("what was sent is not sent again after a restart")
    func restart() async throws {
        let server = try PythonServer("smtp_server.py")
        try await attempt(try notifier(server))
        let again = try Notifier(
            Settings(try .of("smtp: {url: 'smtp://127.0.0.1:\(server.port)', from: a@b}")), outbox: try scratch.outbox(),
            desk: fake.desk, clock: clock.clock, log: .silent)
        try await attempt(again)
        #expect(server.stop().count == 1)
    }

    @Test("a stop while the server says nothing is quick and leaves the mail as it was", .timeLimit(.minutes(1)))
    func stopped() async throws {
        let server = try PythonServer("smtp_server.py", ["--silent"])
        let notifier = try notifier(server)
        try await notifier.take([try reply()], at: .at(7))
        let lane = try #require(notifier.lanes.first)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await lane.run() }
            #expect(server.nextLine() == #"{"connected": true}"#)
            group.cancelAll()
        }
        #expect(try outbox.counts() == DeliveryCounts(queued: 1))
        #expect(server.stop().isEmpty)
    }
}

@Suite struct SMTPOutcomeTests {
    @Test(
        "what answers mean",
        arguments: [
            (CurlAnswer(result: 0, response: 250, isBodyOut: true), Outcome.sent),
            (CurlAnswer(result: 42, response: 220, wasStopped: true), .stopped),
            (CurlAnswer(result: 55, response: 550), .refused("the mail server answered 550")),
            (CurlAnswer(result: 8, response: 554, isBodyOut: true), .refused("the mail server answered 554")),
            // A server that greets with 554 refuses everybody; 530 asks for a password.
            (CurlAnswer(result: 8, response: 554), .failed("the mail server answered 554: Weird server reply (curl 8)")),
            (
                CurlAnswer(result: 55, response: 530),
                .failed("the mail server answered 530: Failed sending data to the peer (curl 55)")
            ),
            (CurlAnswer(result: 67, response: 535), .failed("the mail server answered 535: Login denied (curl 67)")),
            (
                CurlAnswer(result: 7, response: 0),
                .failed("the mail server gave no usable answer: Couldn't connect to server (curl 7)")
            ),
        ])
    func outcomes(_ answer: CurlAnswer, _ outcome: Outcome) { #expect(SMTPOutlet.outcome(answer) == outcome) }
}

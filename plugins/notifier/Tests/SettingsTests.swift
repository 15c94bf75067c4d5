import Logging
import OporaPluginKit
import Testing

@testable import notifier

@Suite struct SettingsTests {
    private func problems(_ yaml: String) throws -> [String] {
        let config = try Config.of(yaml)
        _ = Settings(config)
        do throws(ConfigProblems) { try config.finish() } catch { return error.problems.map(\.description) }
        return []
    }

    @Test("a full file")
    func full() throws {
        let scratch = try Scratch()
        let password = try scratch.write("pass word\n", to: "password")
        let secret = try scratch.write("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n", to: "secret")
        let config = try Config.of(
            """
            language: ru
            smtp: {url: "smtp://mail.example.org:587", from: "Help <help@example.org>", user: desk, password_file: \(password)}
            retry: {pauses_s: [1, 2], attempts: 3}
            outbox: {keep_days: 7}
            webhooks:
              - {url: "https://a.example.org/in?token=x", secret_file: \(secret), events: [sla.breached]}
              - {url: "http://b.example.org/"}
            """)
        let settings = Settings(config)
        try config.finish()
        guard case .server(let smtp) = settings.mail else {
            Issue.record("no server")
            return
        }
        #expect(smtp.password == "pass word")
        #expect(smtp.tls == .required)
        #expect(settings.language == .ru)
        #expect(settings.backoff == Backoff(pauses: [1000, 2000], attempts: 3))
        #expect(settings.keepDays == 7)
        #expect(settings.webhooks.map(\.events) == [[.slaBreached], WebhookSettings.defaultEvents])
        #expect(settings.webhooks.first?.secret?.count == 24)
        #expect(settings.webhooks.first?.name.hasPrefix("webhook/a.example.org/") == true)
    }

    @Test("a folder alone is enough")
    func folder() throws { #expect(try problems("smtp: {folder: mail}").isEmpty) }

    @Test(
        "what is wrong is said with its place",
        arguments: [
            ("", "nothing can be sent"),
            ("smtp: {url: 'smtp://h', folder: x, from: a@b}", "not both"),
            ("smtp: {url: 'smtp://h'}", "smtp.from"),
            ("smtp: {url: 'http://h', from: a@b}", "smtp.url"),
            ("smtp: {url: 'smtp://u:p@h', from: a@b}", "without a password"),
            ("smtp: {folder: x, from: nobody}", "smtp.from"),
            ("smtp: {url: 'smtp://h', from: a@b, user: x}", "belong together"),
            ("smtp: {url: 'smtp://h', from: a@b, password_file: /nowhere}", "can't be read"),
            ("smtp: {folder: x, tsl: none}", "smtp.tsl: there is no such setting"),
            ("smtp: {folder: x, tls: maybe}", "none of opportunistic, required, none"),
            ("{smtp: {folder: x}, language: de}", "none of en, ru"),
            ("{smtp: {folder: x}, retry: {pauses_s: [0]}}", "whole numbers of seconds"),
            ("{smtp: {folder: x}, retry: {attempts: 0}}", "retry.attempts"),
            ("webhooks: [{secret: x}]", "webhooks.0.url"),
            ("webhooks: [{url: 'ftp://h/'}]", "webhooks.0.url"),
            ("webhooks: [{url: 'http://h/', secret: abc}]", "whsec_"),
            ("webhooks: [{url: 'http://h/', events: [user.created]}]", "user.created"),
            ("webhooks: [{url: 'http://h/', event: [ticket.created]}]", "there is no such setting"),
            ("webhooks: [{url: 'http://h/'}, {url: 'http://h/'}]", "same url"),
        ])
    func wrong(_ yaml: String, _ words: String) throws {
        let problems = try problems(yaml)
        #expect(problems.contains { $0.contains(words) }, "\(problems)")
    }

    @Test("a password does not leave the machine in plain text")
    func plain() throws {
        let scratch = try Scratch()
        let file = try scratch.write("secret", to: "password")
        func smtp(_ host: String, _ tls: String) -> String {
            "smtp: {url: 'smtp://\(host)', from: a@b, user: u, password_file: \(file), tls: \(tls)}"
        }
        #expect(try problems(smtp("mail.example.org", "opportunistic")).contains { $0.contains("only over") })
        #expect(try problems(smtp("mail.example.org", "required")).isEmpty)
        #expect(try problems(smtp("127.0.0.1:25", "none")).isEmpty)
    }

    @Test("what waits for a webhook that is not configured any more ends, visibly")
    func orphans() async throws {
        let scratch = try Scratch()
        let outbox = try scratch.outbox()
        let clock = ManualClock()
        try outbox.add([OutboxTests.draft("w", lane: "webhook/gone"), OutboxTests.draft("m")], now: clock.now)
        let config = try Config.of("webhooks: [{url: 'http://127.0.0.1:1/'}]")
        let notifier = try Notifier(
            Settings(config), outbox: outbox, desk: FakeDesk().desk, clock: clock.clock, log: .silent)
        for lane in notifier.lanes { _ = try await lane.step() }
        #expect(try outbox.list(.skipped, limit: 9).compactMap(\.problem) == ["no_mail", "no_webhook"])
    }
}

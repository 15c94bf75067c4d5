import OporaPluginKit
import Testing

@testable import notifier

@Suite struct RendererTests {
    let fake = FakeDesk()
    let clock = ManualClock()

    init() {
        fake.add(
            ticket: "T-1", subject: "Printer on fire", ["requester": "U-1", "group": "G-1", "due_at": "2026-11-22T12:00:00.000Z"])
        fake.add(user: "U-1", name: "Anna", email: "anna@example.org")
        fake.add(user: "U-2", name: "Борис", email: "boris@example.org", language: "ru", ["zone": "Europe/Moscow"])
        fake.add(group: "G-1", name: "Hardware")
        fake.add(message: "M-5", of: "T-1", author: "U-2", text: "Turn it off.")
        fake.add(message: "M-6", of: "T-2", author: "U-2", visibility: "internal", text: "He is rude.")
    }

    private func rendered(_ notice: Notice, _ user: String, _ data: JSON = [:]) async throws -> MailRenderer.Rendered {
        let renderer = MailRenderer(
            desk: fake.desk, from: MailTests.box, language: .en, zones: SystemZones(), logID: { "log" })
        return try await renderer.mail(
            Delivery(
                id: 1,
                draft: Draft(
                    key: "k", lane: "mail", recipient: user, kind: notice.rawValue, ticket: TicketID(rawValue: 1), data: data),
                state: .queued, attempts: 0, dueAt: clock.now, createdAt: clock.now))
    }

    private func mail(_ notice: Notice, _ user: String, _ data: JSON = [:]) async throws -> Mail {
        struct NoMail: Error {}
        guard case .mail(let mail) = try await rendered(notice, user, data) else { throw NoMail() }
        return mail
    }

    @Test("text, names and address are read when the mail is made")
    func answer() async throws {
        let mail = try await mail(.answered, "U-1", ["message": "M-5"])
        #expect(mail.to == Mailbox(name: "Anna", address: "anna@example.org"))
        #expect(mail.subject == "[T-1] New answer: Printer on fire")
        #expect(mail.body.contains("Борис answered your request:\n\nTurn it off."))
    }

    @Test("in the person's language and zone")
    func language() async throws {
        let mail = try await mail(.assigned, "U-2")
        #expect(mail.subject == "[T-1] Назначено вам: Printer on fire")
        #expect(mail.body.contains("Срок: 2026-11-22 15:00 (Europe/Moscow)"))
        #expect(mail.body.contains("От кого: Anna"))
        #expect(mail.body.contains("Turn it off."))
    }

    @Test("to a group, by its name")
    func group() async throws { #expect(try await mail(.groupAssigned, "U-1").body.contains("the group Hardware")) }

    @Test("an internal note never reaches a requester, whatever the outbox says")
    func discreet() async throws {
        #expect(try await rendered(.answered, "U-1", ["message": "M-6"]) == .skip(.gone))
        #expect(try await mail(.noteAdded, "U-2", ["message": "M-6"]).body.contains("He is rude."))
    }

    @Test("nobody to tell")
    func skipped() async throws {
        fake.add(user: "U-3", name: "No mail")
        fake.add(user: "U-4", name: "Bad mail", email: "a@b\r\nRCPT TO:<c@d>")
        fake.add(user: "U-5", name: "Left", email: "left@example.org", ["active": false])
        #expect(try await rendered(.assigned, "U-3") == .skip(.noEmail))
        #expect(try await rendered(.assigned, "U-4") == .skip(.badEmail))
        #expect(try await rendered(.assigned, "U-5") == .skip(.inactive))
        #expect(try await rendered(.assigned, "U-6") == .skip(.gone))
        #expect(try await rendered(.answered, "U-1", ["message": "M-9"]) == .skip(.gone))
        fake.remove("ticket.get T-1")
        #expect(try await rendered(.assigned, "U-1") == .skip(.gone))
    }

    @Test("a kernel that is away is no reason to skip anybody")
    func away() async {
        fake.fail(.noAnswer(method: "user.get", milliseconds: 1))
        await #expect(throws: CallError.self) { try await rendered(.assigned, "U-1") }
    }
}

import OporaPluginKit
import OporaPluginStore
import Testing

@testable import notifier

@Suite struct IntakeTests {
    let scratch: Scratch
    let outbox: Outbox
    let fake = FakeDesk()
    let clock = ManualClock()
    let hook = WebhookSettings(url: "http://127.0.0.1:1/x?token=secret", host: "127.0.0.1", secret: nil, events: [.messageAdded])

    init() throws {
        scratch = try Scratch()
        outbox = try scratch.outbox()
        fake.add(ticket: "T-1", ["requester": "U-1", "assignee": "U-2", "group": "G-1"])
        fake.add(group: "G-1", lead: "U-9", members: ["U-2", "U-3"])
    }

    private func intake(mail: Bool = true, hooks: Bool = false) -> Intake {
        Intake(desk: fake.desk, outbox: outbox, webhooks: hooks ? [hook] : [], sendsMail: mail)
    }

    private func reply(_ seq: Int64 = 7, imported: Bool = false) throws -> Event {
        try .made(
            .messageAdded, "message/M-5",
            ["message": "M-5", "ticket": "T-1", "author": "U-2", "author_kind": "agent", "visibility": "public"], seq: seq,
            imported: imported)
    }

    @Test("the same events again change nothing")
    func repeated() async throws {
        let events = [
            try reply(), try Event.made(.ticketAssigned, "ticket/T-1", ["after": ["group": "G-1", "assignee": nil]], seq: 8),
        ]
        #expect(try await intake().take(events, at: .at(8), now: clock.now) == 3)
        #expect(try await intake().take(events, at: .at(8), now: clock.now) == 0)
        #expect(try outbox.list(nil, limit: 10).map(\.draft.recipient) == ["U-3", "U-2", "U-1"])
        #expect(try outbox.store.position() == .at(8))
    }

    @Test("in a restored log the same id is another event")
    func epochs() async throws {
        #expect(try await intake().take([try reply()], at: .at(7, epoch: 1), now: clock.now) == 1)
        #expect(try await intake().take([try reply()], at: .at(7, epoch: 2), now: clock.now) == 1)
    }

    @Test("imported events only move the position, and nothing is asked about them")
    func imported() async throws {
        #expect(try await intake(hooks: true).take([try reply(imported: true)], at: .at(7), now: clock.now) == 0)
        #expect(fake.calls.isEmpty)
        #expect(try outbox.store.position() == .at(7))
    }

    @Test("while the kernel is away nothing is written, then everything is")
    func away() async throws {
        fake.fail(.interrupted(method: "ticket.get"))
        await #expect(throws: CallError.self) { try await intake().take([try reply()], at: .at(7), now: clock.now) }
        #expect(try outbox.store.position() == nil)
        #expect(try outbox.list(nil, limit: 10).isEmpty)
        fake.fail(nil)
        #expect(try await intake().take([try reply()], at: .at(7), now: clock.now) == 1)
    }

    @Test("a ticket or group that comes up often is asked for once")
    func lookups() async throws {
        let assigned = try Event.made(.ticketAssigned, "ticket/T-1", ["after": ["group": "G-1", "assignee": nil]], seq: 8)
        let events = [try reply(5), try reply(6), try reply(7), assigned, assigned]
        _ = try await intake().take(events, at: .at(8), now: clock.now)
        #expect(fake.calls == ["ticket.get T-1", "group.get G-1"])
    }

    @Test("a webhook gets what it asked for, with the people it is about, and no text")
    func webhook() async throws {
        let warning = try Event.made(.slaWarning, "ticket/T-1", ["ticket": "T-1", "assignee": "U-2"], seq: 8)
        #expect(try await intake(mail: false, hooks: true).take([try reply(), warning], at: .at(8), now: clock.now) == 1)
        let delivery = try #require(try outbox.list(nil, limit: 10).first)
        #expect(delivery.draft.lane == hook.name)
        #expect(!hook.name.contains("secret"))
        #expect(
            delivery.draft.data == [
                "type": "message.added", "id": "log.7", "time": "2026-11-22T03:39:59.123Z", "ticket": "T-1", "people": ["U-1"],
                "data": try reply().data,
            ])
    }

    @Test("a webhook is told also where no person is")
    func webhookAlone() async throws {
        fake.remove("ticket.get T-1")
        #expect(try await intake(hooks: true).take([try reply()], at: .at(7), now: clock.now) == 1)
        #expect(try outbox.list(nil, limit: 10).first?.draft.data["people"] == [])
    }
}

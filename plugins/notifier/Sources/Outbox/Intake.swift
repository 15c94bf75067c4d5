import OporaPluginKit

/// Turns events into drafts in the outbox: looks up who is meant, then writes all at once with the position in the log.
struct Intake: Sendable {
    let desk: Desk
    let outbox: Outbox
    let webhooks: [WebhookSettings]
    /// False where no way for mail is configured.
    let sendsMail: Bool

    /// Deals with events in order. Nothing is written where a look-up fails: the same events then come again.
    /// Returns how many deliveries are new.
    func take(_ events: [Event], at position: LogPosition, now: Timestamp) async throws -> Int {
        var drafts: [Draft] = []
        var lookup = Lookup(desk: desk)
        for event in events where !event.isImported && event.type != nil {
            let hooks = webhooks.filter { hook in event.type.map { hook.events.contains($0) } ?? false }
            let told = try await lookUp(event, &lookup)
            if sendsMail, let told { drafts += mailDrafts(event, told, position) }
            drafts += webhookDrafts(event, hooks, people: told?.users ?? [], position)
        }
        return try outbox.add(drafts, at: position, now: now)
    }

    private struct Told {
        var notice: Notice
        var users: [UserID]
    }

    private func lookUp(_ event: Event, _ lookup: inout Lookup) async throws(CallError) -> Told? {
        var ticket: TicketFacts?
        if let id = Occasion.ticketNeeded(event) { ticket = try await lookup.ticket(id) }
        guard let occasion = Occasion.of(event, ticket: ticket) else { return nil }
        for id in occasion.audience.compactMap(\.group) { try await lookup.find(id) }
        return Told(notice: occasion.notice, users: occasion.people(lookup.groups))
    }

    private func mailDrafts(_ event: Event, _ told: Told, _ position: LogPosition) -> [Draft] {
        told.users.map { user in
            Draft(
                key: key(event, "mail/\(user)", position), lane: Draft.mailLane, recipient: user.description,
                kind: told.notice.rawValue, ticket: event.ticket, data: event.data)
        }
    }

    private func webhookDrafts(
        _ event: Event, _ hooks: [WebhookSettings], people: [UserID], _ position: LogPosition
    ) -> [Draft] {
        guard let type = event.type else { return [] }
        let body: JSON = [
            "type": .string(type.rawValue), "id": .string(event.id), "time": .string(event.at.text),
            "ticket": .optional(event.ticket?.description), "people": .array(people.map { .string($0.description) }),
            "data": event.data,
        ]
        return hooks.map { hook in
            Draft(
                key: key(event, hook.name, position), lane: hook.name, recipient: hook.name, kind: type.rawValue,
                ticket: event.ticket, data: body)
        }
    }

    /// After a restored backup the log has another epoch, in which the same id may be another event.
    private func key(_ event: Event, _ recipient: String, _ position: LogPosition) -> String {
        "event/\(position.epoch)/\(event.id)/\(recipient)"
    }
}

extension Draft {
    /// The lane of all mail.
    static let mailLane = "mail"
}

/// What was looked up for one batch, so that a ticket or group that comes up often is asked for once.
private struct Lookup {
    let desk: Desk
    private var tickets: [TicketID: TicketFacts?] = [:]
    private(set) var groups: [GroupID: GroupFacts] = [:]

    init(desk: Desk) { self.desk = desk }

    mutating func ticket(_ id: TicketID) async throws(CallError) -> TicketFacts? {
        if let known = tickets[id] { return known }
        let found = try await desk.ticket(id)
        tickets[id] = .some(found)
        return found
    }

    mutating func find(_ id: GroupID) async throws(CallError) {
        if groups[id] == nil { groups[id] = try await desk.group(id) }
    }
}

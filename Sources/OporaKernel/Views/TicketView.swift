import OporaDomain
import OporaProtocol
import OporaTime

extension JSONWriter {
    /// A member that is absent where it has no value.
    mutating func optional(_ name: StaticString, _ value: String?) {
        if let value { member(name, value) }
    }
    mutating func optional(_ name: StaticString, _ time: Timestamp?) {
        if let time { member(name, time) }
    }
    mutating func optional(_ name: StaticString, _ id: (some EntityID)?) {
        if let id { member(name, id.description) }
    }

    /// A ticket as callers see it: whoever sees nothing internal gets what concerns its requester.
    mutating func ticket(_ ticket: Ticket, _ book: SLABook, _ sight: Sight = .all) {
        guard sight.seesInternal else { return publicTicket(ticket) }
        beginObject()
        member("id", ticket.id.description)
        member("version", ticket.version)
        member("subject", ticket.subject)
        member("status", ticket.statusWord)
        member("status_category", ticket.status.rawValue)
        optional("status_reason", ticket.statusReason)
        optional("wake_at", ticket.wakeAt)
        member("priority", ticket.priority.rawValue)
        optional("type", ticket.type?.rawValue)
        member("channel", ticket.channel.rawValue)
        member("requester", ticket.requester.description)
        optional("organization", ticket.organization)
        optional("group", ticket.group)
        if let tier = ticket.tier { member("tier", Int64(tier)) }
        optional("assignee", ticket.assignee)
        name("tags")
        beginArray()
        for tag in ticket.tags { string(tag) }
        endArray()
        name("followers")
        beginArray()
        for follower in ticket.followers { string(follower.description) }
        endArray()
        if let claim = ticket.claim {
            name("claim")
            beginObject()
            member("user", claim.user.description)
            member("until", claim.until)
            endObject()
        }
        if ticket.bounces > 0 { member("bounces", ticket.bounces) }
        optional("merged_into", ticket.mergedInto)
        optional("deleted_at", ticket.deletedAt)
        member("fields", .object(ticket.fields))
        optional("external_id", ticket.externalID)
        member("created_at", ticket.createdAt)
        member("updated_at", ticket.updatedAt)
        optional("solved_at", ticket.solvedAt)
        optional("closed_at", ticket.closedAt)
        optional("due_at", ticket.dueAt)
        member("imported", ticket.importedAt != nil)
        name("sla")
        beginArray()
        for target in ticket.targets { self.target(target, book) }
        endArray()
        endObject()
    }

    private mutating func publicTicket(_ ticket: Ticket) {
        beginObject()
        member("id", ticket.id.description)
        member("version", ticket.version)
        member("subject", ticket.subject)
        // The desk's own words for a status are for its own people.
        member("status", ticket.status.rawValue)
        member("status_category", ticket.status.rawValue)
        member("priority", ticket.priority.rawValue)
        optional("type", ticket.type?.rawValue)
        member("channel", ticket.channel.rawValue)
        member("requester", ticket.requester.description)
        optional("organization", ticket.organization)
        member("tags", [])
        member("followers", [])
        member("fields", [:])
        member("created_at", ticket.createdAt)
        member("updated_at", ticket.updatedAt)
        optional("solved_at", ticket.solvedAt)
        optional("closed_at", ticket.closedAt)
        member("imported", ticket.importedAt != nil)
        member("sla", [])
        endObject()
    }

    /// A target as callers see it.
    mutating func target(_ target: SLATarget, _ book: SLABook) {
        beginObject()
        member("target", target.kind.rawValue)
        member("cycle", target.cycle)
        member("state", target.state.rawValue)
        member("policy", target.policy.description)
        member("policy_version", target.policyVersion)
        member("calendar", target.calendar.description)
        member("calendar_version", target.calendarVersion)
        member("started_at", target.startedAt)
        member("budget_ms", target.budget)
        optional("due_at", target.dueAt)
        if target.state == .paused, let calendar = book.calendar(of: target) {
            member("remaining_ms", target.remaining(at: target.startedAt, calendar))
        }
        optional("ended_at", target.endedAt)
        optional("breached_at", target.breachedAt)
        optional("cause", target.cause?.rawValue)
        endObject()
    }

    /// A message as callers see it.
    mutating func message(_ message: Message) {
        beginObject()
        member("id", message.id.description)
        member("ticket", message.ticket.description)
        optional("author", message.author)
        member("author_kind", message.authorKind.rawValue)
        member("visibility", message.visibility.rawValue)
        member("channel", message.channel.rawValue)
        member("created_at", message.createdAt)
        optional("published_at", message.publishedAt)
        member("text", message.text)
        if !message.attachments.isEmpty {
            name("attachments")
            beginArray()
            for attachment in message.attachments { self.attachment(attachment) }
            endArray()
        }
        endObject()
    }
}

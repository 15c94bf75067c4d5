public import OporaProtocol
public import OporaTime

/// What describes a ticket: priority, type, fields, tags, followers. What is so already is no fact.
extension Ticket {
    /// Changes how pressing the ticket is; its targets are counted anew from their own start.
    public mutating func setPriority(_ next: Priority, at: Timestamp, _ book: SLABook) -> [EventDraft] {
        guard next != priority else { return [] }
        var facts = advance(to: at, book)
        facts.append(
            record(.ticketPriorityChanged, at: at, ["before": .string(priority.rawValue), "after": .string(next.rawValue)]))
        priority = next
        return facts + recompute(at: at, book)
    }

    /// Says what kind of request it is; a policy may be for some types alone.
    public mutating func setType(_ next: TicketType?, at: Timestamp, _ book: SLABook) -> [EventDraft] {
        guard next != type else { return [] }
        func word(_ type: TicketType?) -> JSON { type.map { .string($0.rawValue) } ?? .null }
        var facts = advance(to: at, book)
        facts.append(record(.ticketTypeChanged, at: at, ["before": word(type), "after": word(next)]))
        type = next
        return facts + recompute(at: at, book)
    }

    /// Sets custom fields; only those whose value is another one than before count. The fact names them; it has no values, which
    /// may be free text.
    /// - Parameter book: where policies may be for some values alone; nil counts no target anew.
    public mutating func setFields(_ values: JSONObject, at: Timestamp, _ book: SLABook? = nil) -> [EventDraft] {
        let changed = values.members.filter { fields[$0.name] != ($0.value.isNull ? nil : $0.value) }
        guard !changed.isEmpty else { return [] }
        if let book, book.policies.contains(where: { !$0.conditions.fields.isEmpty }) {
            var facts = advance(to: at, book)
            facts += setFields(values, at: at)
            return facts + recompute(at: at, book)
        }
        for member in changed { fields[member.name] = member.value.isNull ? nil : member.value }
        return [record(.ticketFieldsChanged, at: at, ["fields": .array(changed.map { .string($0.name) })])]
    }

    /// Sets all tags.
    public mutating func setTags(_ next: [String], at: Timestamp, _ book: SLABook) throws(Rejection) -> [EventDraft] {
        guard next.count <= Limits.tags else {
            throw .validation(member: "tags", reason: "a ticket has at most \(Limits.tags) tags, not \(next.count)")
        }
        guard next != tags else { return [] }
        func list(_ tags: [String]) -> JSON { .array(tags.map { .string($0) }) }
        var facts = advance(to: at, book)
        facts.append(record(.ticketTagsChanged, at: at, ["before": list(tags), "after": list(next)]))
        tags = next
        return facts + recompute(at: at, book)
    }

    /// Makes somebody hear of the ticket.
    public mutating func follow(_ user: UserID, at: Timestamp) throws(Rejection) -> [EventDraft] {
        guard !followers.contains(user) else { return [] }
        guard followers.count < Limits.followers else {
            throw .validation(member: "user", reason: "\(id) has \(Limits.followers) followers already")
        }
        return setFollowers(followers + [user], at: at)
    }

    /// Somebody hears of the ticket no longer.
    public mutating func unfollow(_ user: UserID, at: Timestamp) -> [EventDraft] {
        setFollowers(followers.filter { $0 != user }, at: at)
    }

    mutating func setFollowers(_ next: [UserID], at: Timestamp) -> [EventDraft] {
        guard next != followers else { return [] }
        func list(_ users: [UserID]) -> JSON { .array(users.map { .id($0) }) }
        let before = followers
        followers = next
        return [record(.ticketFollowersChanged, at: at, ["before": list(before), "after": list(next)])]
    }
}

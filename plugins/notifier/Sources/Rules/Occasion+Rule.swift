import OporaPluginKit

extension Occasion {
    /// The ticket that has to be looked up before the rule can say who is told; events of other types say it themselves.
    static func ticketNeeded(_ event: Event) -> TicketID? {
        event.type == .messageAdded && !event.isImported ? event.ticket : nil
    }

    /// The rule: who is told of an event. Nil where nobody is.
    /// - Parameter ticket: what `ticketNeeded` asked for; nil where the ticket is gone.
    static func of(_ event: Event, ticket: TicketFacts?) -> Occasion? {
        // History is nobody's business now.
        guard !event.isImported, let type = event.type else { return nil }
        switch type {
        case .ticketCreated: return assignment(event.data, before: nil, actor: event.actingUser)
        case .ticketAssigned:
            guard let after = event.data["after"] else { return nil }
            return assignment(after, before: event.data["before"], actor: event.actingUser)
        case .messageAdded: return ticket.flatMap { message(event, $0) }
        case .slaWarning: return warning(event.data)
        case .slaBreached: return breach(event.data)
        default: return nil
        }
    }

    /// The new assignee; without one the group, also where a ticket came back to it.
    private static func assignment(_ after: JSON, before: JSON?, actor: UserID?) -> Occasion? {
        if let assignee = after.user("assignee") {
            guard assignee != before?.user("assignee"), assignee != actor else { return nil }
            return Occasion(notice: .assigned, audience: [.person(assignee)])
        }
        guard let group = after.group("group") else { return nil }
        return Occasion(notice: .groupAssigned, audience: [.members(group)], knowing: actor)
    }

    private static func message(_ event: Event, _ ticket: TicketFacts) -> Occasion? {
        guard let kind = event.data["author_kind"]?.string.flatMap({ AuthorKind(rawValue: $0) }),
            let visibility = event.data["visibility"]?.string.flatMap({ Visibility(rawValue: $0) })
        else { return nil }
        let author = event.data.user("author")
        switch (visibility, kind) {
        case (.internal, _):
            return Occasion(notice: .noteAdded, audience: ticket.assignee.map { [.person($0)] } ?? [], knowing: author)
        case (.public, .agent), (.public, .bot):
            return Occasion(notice: .answered, audience: ticket.requester.map { [.person($0)] } ?? [], knowing: author)
        case (.public, .requester):
            // The opening message comes with the ticket, of which `ticket.created` tells already.
            if event.at == ticket.createdAt { return nil }
            return Occasion(notice: .requesterWrote, audience: ticket.workers, knowing: author)
        case (.public, .system): return nil
        }
    }

    /// Nobody is left out for having acted: a command of theirs may only have brought the fact to light.
    private static func warning(_ data: JSON) -> Occasion? {
        let audience: Audience? = data.user("assignee").map { .person($0) } ?? data.group("group").map { .lead($0) }
        return audience.map { Occasion(notice: .slaWarning, audience: [$0]) }
    }

    private static func breach(_ data: JSON) -> Occasion? {
        let assignee = data.user("assignee").map { Audience.person($0) }
        let lead = data.group("group").map { Audience.lead($0) }
        let audience = [assignee, lead].compactMap { $0 }
        return audience.isEmpty ? nil : Occasion(notice: .slaBreached, audience: audience)
    }
}

extension TicketFacts {
    /// Who works on it: the assignee, else the group.
    var workers: [Audience] {
        if let assignee { return [.person(assignee)] }
        return group.map { [.members($0)] } ?? []
    }
}

extension Event {
    /// The person who did it; nil where a plugin or the kernel did.
    var actingUser: UserID? { actor.hasPrefix("user/") ? UserID(actor.dropFirst(5)) : nil }
}

extension JSON {
    /// The user that a member names.
    func user(_ name: String) -> UserID? { self[name]?.string.flatMap { UserID($0) } }
    /// The group that a member names.
    func group(_ name: String) -> GroupID? { self[name]?.string.flatMap { GroupID($0) } }
    /// The instant that a member names.
    func time(_ name: String) -> Timestamp? { self[name]?.string.flatMap { Timestamp($0) } }
}

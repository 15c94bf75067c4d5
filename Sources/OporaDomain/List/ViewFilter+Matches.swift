import OporaProtocol
public import OporaTime

extension ViewFilter {
    /// Whether a ticket is one of them. Only for a filter that is `resolved`; what a store finds must agree with this.
    public func matches(_ ticket: Ticket, now: Timestamp) -> Bool {
        guard isDeleted == (ticket.deletedAt != nil) else { return false }
        return matchesState(ticket) && matchesPeople(ticket) && matchesContent(ticket) && created.contains(ticket.createdAt)
            && updated.contains(ticket.updatedAt) && due.contains(ticket.dueAt) && matchesSLA(ticket, now: now)
    }

    private func matchesState(_ ticket: Ticket) -> Bool {
        if isUnsolved, !ticket.status.isUnsolved { return false }
        if isWaking, ticket.wakeAt == nil || !ticket.status.isWaiting { return false }
        return (statuses.isEmpty || statuses.contains(ticket.statusWord) || statuses.contains(ticket.status.rawValue))
            && (categories.isEmpty || categories.contains(ticket.status))
            && (priorities.isEmpty || priorities.contains(ticket.priority))
            && (types.isEmpty || ticket.type.map { types.contains($0) } ?? false)
            && (channels.isEmpty || channels.contains(ticket.channel)) && (tiers.isEmpty || tiers.contains(ticket.tier ?? 0))
    }

    private func matchesPeople(_ ticket: Ticket) -> Bool {
        (groups.isEmpty || groups.contains(Choice(ticket.group)))
            && (assignees.isEmpty || assignees.contains(Choice(ticket.assignee)))
            && (requesters.isEmpty || requesters.contains(.id(ticket.requester)))
            && (organizations.isEmpty || organizations.contains(Choice(ticket.organization)))
            && (followers.isEmpty || followers.contains(.none) && ticket.followers.isEmpty
                || ticket.followers.contains { followers.contains(.id($0)) })
    }

    private func matchesContent(_ ticket: Ticket) -> Bool {
        (externalID == nil || externalID == ticket.externalID) && tags.allSatisfy { ticket.tags.contains($0) }
            && !withoutTags.contains { ticket.tags.contains($0) }
            && fields.members.allSatisfy { ticket.fields[$0.name] == $0.value }
    }

    private func matchesSLA(_ ticket: Ticket, now: Timestamp) -> Bool {
        switch sla {
        case nil: true
        case .breached: ticket.targets.contains { $0.breachedAt != nil }
        case .running: ticket.targets.contains { $0.state == .running }
        case .atRisk: ticket.targets.contains { $0.state == .running && ($0.warnings.map(\.at).min().map { $0 <= now } ?? false) }
        }
    }
}

extension ViewFilter.Choice {
    fileprivate init(_ id: ID?) { self = id.map { .id($0) } ?? .none }
}

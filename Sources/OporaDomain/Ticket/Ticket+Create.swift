import OporaProtocol

extension Ticket {
    /// The facts of a new ticket: that it was created, its opening message, and what its policy promises.
    /// - Parameter opening: the requester's text, if there is one.
    public mutating func create(opening: Message?, _ book: SLABook) -> [EventDraft] {
        var facts = [
            record(
                .ticketCreated, at: createdAt,
                [
                    "requester": .id(requester), "organization": .id(organization), "channel": .string(channel.rawValue),
                    "status": .string(statusWord), "status_category": .string(status.rawValue),
                    "priority": .string(priority.rawValue),
                    "type": type.map { .string($0.rawValue) } ?? .null, "group": .id(group),
                    "tier": tier.map { .int(Int64($0)) } ?? .null, "assignee": .id(assignee),
                    "tags": .array(tags.map { .string($0) }),
                ])
        ]
        if let opening { facts.append(opening.event) }
        facts += startTargets(cycle: 1, kinds: TargetKind.allCases, start: createdAt, at: createdAt, book)
        return facts
    }
}

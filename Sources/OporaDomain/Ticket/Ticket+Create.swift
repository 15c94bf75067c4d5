import OporaProtocol

extension Ticket {
    /// The facts of a new ticket: that it was created, its opening message, and what its policy promises.
    /// - Parameters:
    ///   - opening: the requester's text, if there is one.
    ///   - isTypedByAgent: an agent wrote the ticket down for the requester. On the phone that is an answer already, unless
    ///     the policy says otherwise.
    public mutating func create(opening: Message?, isTypedByAgent: Bool = false, _ book: SLABook) -> [EventDraft] {
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
        if let opening { facts.append(opening.event()) }
        facts += startTargets(TargetKind.allCases, at: createdAt, book)
        if channel == .phone, isTypedByAgent, book.policy(for: self)?.phoneAnswers ?? true {
            exchange.answeredAt = createdAt
            facts += endTarget(.firstResponse, at: createdAt)
        }
        return facts
    }
}

public import OporaProtocol
public import OporaTime

/// A group and a support line in it: where a ticket is worked on.
public struct Place: Hashable, Sendable {
    public var group: GroupID?
    public var tier: Int?

    public init(group: GroupID?, tier: Int?) {
        self.group = group
        self.tier = tier
    }
}

extension Ticket {
    public var place: Place { Place(group: group, tier: tier) }

    /// Gives the ticket to a group, a tier of it and a person. What is so already is no fact.
    public mutating func assign(
        group: GroupID?, tier: Int?, assignee: UserID?, at: Timestamp, _ book: SLABook
    ) -> [EventDraft] {
        let next = Place(group: group, tier: tier)
        guard next != place || assignee != self.assignee else { return [] }
        var facts = advance(to: at, book)
        let old = assignmentJSON
        let isOtherPlace = next != place
        if isOtherPlace { facts += leavePlace(at: at) }
        self.group = group
        self.tier = tier
        self.assignee = assignee
        facts.append(record(.ticketAssigned, at: at, ["before": old, "after": assignmentJSON]))
        // A policy may be for some groups alone, and the time in a tier is a promise; who in the group has it changes none.
        return isOtherPlace ? facts + enterPlace(at: at, book) : facts
    }

    /// Gives the ticket to a group and a person. Another group's tier is not known yet.
    public mutating func assign(group: GroupID?, assignee: UserID?, at: Timestamp, _ book: SLABook) -> [EventDraft] {
        assign(group: group, tier: group == self.group ? tier : nil, assignee: assignee, at: at, book)
    }

    /// Hands the ticket over to another group or tier. The record of what was tried and what is needed is the note.
    /// - Parameter note: the internal note; its fact comes first.
    public mutating func handOver(
        to next: Place, assignee: UserID?, note: Message, at: Timestamp, _ book: SLABook
    ) throws(Rejection) -> [EventDraft] {
        guard status.isUnsolved else {
            throw .validation(member: "ticket", reason: "\(id) is \(statusWord): there is nothing to hand over")
        }
        guard next != place else {
            throw .validation(member: "ticket", reason: "\(id) is there already; name another group or tier")
        }
        let before = assignmentJSON
        let isBounce = visited.contains(next)
        if isBounce { bounces += 1 }
        if !visited.contains(place) { visited = visited.suffix(Limits.visitedPlaces - 1) + [place] }
        var facts = self.note(note)
        facts += assign(group: next.group, tier: next.tier, assignee: assignee, at: at, book)
        facts.append(
            record(
                .ticketHandedOver, at: at,
                [
                    "before": before, "after": assignmentJSON, "message": .id(note.id), "bounced": .bool(isBounce),
                    "bounces": .int(bounces),
                ]))
        // Whoever was on it is so no longer.
        return facts + endClaim(.released, at: at)
    }

    private var assignmentJSON: JSON {
        ["group": .id(group), "tier": tier.map { .int(Int64($0)) } ?? .null, "assignee": .id(assignee)]
    }
}

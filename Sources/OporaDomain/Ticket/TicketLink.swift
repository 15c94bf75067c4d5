public import OporaProtocol
public import OporaTime

/// How a ticket is tied to another, as seen from it.
public enum Relation: String, CaseIterable, Sendable {
    case parentOf = "parent_of", childOf = "child_of", blocks, blockedBy = "blocked_by", duplicates,
        duplicatedBy = "duplicated_by", problemOf = "problem_of", incidentOf = "incident_of"

    /// The same tie, seen from the other ticket.
    public var inverse: Relation {
        switch self {
        case .parentOf: .childOf
        case .childOf: .parentOf
        case .blocks: .blockedBy
        case .blockedBy: .blocks
        case .duplicates: .duplicatedBy
        case .duplicatedBy: .duplicates
        case .problemOf: .incidentOf
        case .incidentOf: .problemOf
        }
    }

    /// True for the side from which a tie is kept.
    public var isForward: Bool {
        switch self {
        case .parentOf, .blocks, .duplicates, .problemOf: true
        case .childOf, .blockedBy, .duplicatedBy, .incidentOf: false
        }
    }
}

/// A tie between two tickets, seen from its first.
public struct TicketLink: Hashable, Sendable {
    public var from: TicketID
    /// One for which `isForward` holds.
    public var relation: Relation
    public var to: TicketID
    public var createdAt: Timestamp

    /// The tie as it is kept, whichever side names it.
    public init(_ ticket: TicketID, _ relation: Relation, _ other: TicketID, createdAt: Timestamp) {
        (from, self.relation, to) = relation.isForward ? (ticket, relation, other) : (other, relation.inverse, ticket)
        self.createdAt = createdAt
    }

    /// How it looks from one of its tickets.
    public func seen(from ticket: TicketID) -> (relation: Relation, other: TicketID) {
        ticket == from ? (relation, to) : (relation.inverse, from)
    }

    /// Refuses a tie that makes no sense: with itself, a second parent, an incident of what is no problem, a circle of parents or
    /// of blocks.
    /// - Parameters:
    ///   - links: all ties of a ticket; asked for those ahead of this one, `Limits.linkWalk` of them at most.
    public func check(
        _ first: Ticket, _ second: Ticket, links: (TicketID) throws -> [TicketLink]
    ) throws {
        guard from != to else { throw Rejection.validation(member: "to", reason: "a ticket can't be tied to itself") }
        for (ticket, count) in [(from, try links(from).count), (to, try links(to).count)] where count >= Limits.links {
            throw Rejection.validation(member: "to", reason: "\(ticket) has \(Limits.links) links already")
        }
        switch relation {
        case .parentOf:
            if let parent = try links(to).first(where: { $0.relation == .parentOf && $0.to == to }) {
                throw Rejection.validation(member: "to", reason: "\(to) is a child of \(parent.from) already")
            }
            try checkCircle(links)
        case .blocks: try checkCircle(links)
        case .problemOf:
            let problem = first.id == from ? first : second
            guard problem.type == .problem else {
                throw Rejection.validation(member: "relation", reason: "\(from) is no problem; ticket.set_type makes it one")
            }
        case .duplicates: break
        case .childOf, .blockedBy, .duplicatedBy, .incidentOf: break
        }
    }

    /// Walks from the second ticket along ties of the same kind; the first must not be there.
    private func checkCircle(_ links: (TicketID) throws -> [TicketLink]) throws {
        var ahead = [to]
        var seen: Set<TicketID> = [to]
        while let next = ahead.popLast() {
            for link in try links(next) where link.relation == relation && link.from == next {
                if link.to == from {
                    throw Rejection.validation(
                        member: "to", reason: "\(to) leads back to \(from): \(relation.rawValue) would go round in a circle")
                }
                if seen.insert(link.to).inserted { ahead.append(link.to) }
            }
            guard seen.count <= Limits.linkWalk else {
                throw Rejection.validation(member: "to", reason: "more than \(Limits.linkWalk) tickets hang on \(to)")
            }
        }
    }
}

extension Ticket {
    /// One more tie, or one less.
    public mutating func tie(_ relation: Relation, _ other: TicketID, isNew: Bool, at: Timestamp) -> [EventDraft] {
        links += isNew ? 1 : -1
        return [
            record(
                isNew ? .ticketLinked : .ticketUnlinked, at: at,
                ["relation": .string(relation.rawValue), "other": .id(other)])
        ]
    }

    /// Refuses to solve or close a parent whose children are open.
    public func checkChildren(_ open: [TicketID]) throws(Rejection) {
        guard !open.isEmpty else { return }
        let named = open.prefix(5).map(\.description).joined(separator: ", ") + (open.count > 5 ? " and others" : "")
        throw .validation(member: "ticket", reason: "\(id) has open children: \(named); solve them first, or use force")
    }
}

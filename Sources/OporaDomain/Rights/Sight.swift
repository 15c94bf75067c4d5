public import OporaProtocol

/// What whoever asks may see: which tickets, and whether internal notes and fields. Decided once for a request by `Rights.decide`.
public struct Sight: Hashable, Sendable {
    /// One limit of the tickets.
    public enum Limit: Hashable, Sendable {
        /// Tickets that this person asked for.
        case requester(UserID)
        /// Tickets of this organization, and those that the person asked for.
        case organization(OrganizationID, UserID)
        /// Tickets of these groups, those in no group, and those that the person asked for or is assigned to.
        case groups(Set<GroupID>, UserID)
        /// No ticket: an identity that may see its person's tickets and acts as nobody.
        case nothing
    }

    /// All of them must hold: one from the identity, one from the person in whose name it acts. Empty means every ticket.
    public var limits: [Limit]
    /// Whether internal notes, and the fields of tickets that are the desk's own affair, may be seen.
    public var seesInternal: Bool

    public init(limits: [Limit], seesInternal: Bool) {
        self.limits = limits
        self.seesInternal = seesInternal
    }

    /// Every ticket with all that belongs to it.
    public static let all = Sight(limits: [], seesInternal: true)

    /// Whether nothing is held back.
    public var isWhole: Bool { limits.isEmpty && seesInternal }

    /// Whether a ticket may be seen.
    public func includes(_ ticket: Ticket) -> Bool {
        limits.allSatisfy { limit in
            switch limit {
            case .requester(let person): ticket.requester == person
            case .organization(let organization, let person):
                ticket.organization == organization || ticket.requester == person
            case .groups(let groups, let person):
                ticket.group.map(groups.contains) ?? true || ticket.requester == person || ticket.assignee == person
            case .nothing: false
            }
        }
    }

    /// Whether a message of a ticket that may be seen may be seen, too.
    public func includes(_ message: Message) -> Bool { seesInternal || message.visibility == .public }
}

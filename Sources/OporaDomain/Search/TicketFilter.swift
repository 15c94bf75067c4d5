public import OporaProtocol
public import OporaTime

/// Conditions on a ticket that hold all at once.
public struct TicketFilter: Hashable, Sendable {
    public var conditions: [TicketCondition] = []
    /// Messages with this visibility alone.
    public var visibility: Visibility?

    public init(_ conditions: [TicketCondition] = [], visibility: Visibility? = nil) {
        self.conditions = conditions
        self.visibility = visibility
    }
}

/// One condition on a ticket.
public enum TicketCondition: Hashable, Sendable {
    case status([TicketStatus])
    case priority([Priority])
    case type([TicketType])
    case channel([Channel])
    /// Nil: in no group.
    case group(GroupID?)
    /// Nil: nobody's.
    case assignee(UserID?)
    case requester(UserID)
    case organization(OrganizationID)
    /// Created, or last changed, within a span: from the first instant on, before the second.
    case created(TimeSpan)
    case updated(TimeSpan)
}

/// A half-open span of time that may have no beginning or no end.
public struct TimeSpan: Hashable, Sendable {
    public var from: Timestamp?
    public var before: Timestamp?

    public init(from: Timestamp? = nil, before: Timestamp? = nil) {
        self.from = from
        self.before = before
    }
}

/// What somebody may read. Tickets outside it, and internal notes where they may not be read, are as if they were not there.
public struct ReadScope: Hashable, Sendable {
    public var readsInternal: Bool
    /// Tickets of these groups alone; nil means of all, and of none.
    public var groups: Set<GroupID>?
    /// Tickets of these requesters, or of these organizations, alone; nil in both means of all.
    public var requesters: Set<UserID>?
    public var organizations: Set<OrganizationID>?

    public init(
        readsInternal: Bool, groups: Set<GroupID>? = nil, requesters: Set<UserID>? = nil,
        organizations: Set<OrganizationID>? = nil
    ) {
        self.readsInternal = readsInternal
        self.groups = groups
        self.requesters = requesters
        self.organizations = organizations
    }

    public static let everything = ReadScope(readsInternal: true)
}

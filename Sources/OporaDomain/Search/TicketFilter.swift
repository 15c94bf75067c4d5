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
    case tag(String)
    case organization(OrganizationID)
    /// Created, or last changed, within a span: from the first instant on, before the second.
    case created(TimeSpan)
    case updated(TimeSpan)

    /// The field by which it filters, where that is the desk's own affair; nil for what requesters may filter by.
    public var internalField: String? {
        switch self {
        case .status, .priority, .type, .channel, .created, .updated: nil
        case .group: "group"
        case .assignee: "assignee"
        case .requester: "requester"
        case .organization: "organization"
        case .tag: "tag"
        }
    }
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

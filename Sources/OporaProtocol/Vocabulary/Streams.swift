/// The streams of the event log. A stream is the finest grain at which a subscriber can see a gap.
public enum EventStream: String, CaseIterable, Sendable {
    case ticket, message, user, organization, group, policy, calendar, sla, feedback, system

    /// A small number for bit sets and storage; stable for ever.
    public var index: Int { EventStream.allCases.firstIndex(of: self) ?? 0 }
}

/// Every type of event that the kernel records. Raw values are the names on the wire, without the version.
public enum EventType: String, CaseIterable, Sendable {
    case ticketCreated = "ticket.created"
    case ticketAssigned = "ticket.assigned"
    case ticketPriorityChanged = "ticket.priority_changed"
    case ticketStatusChanged = "ticket.status_changed"
    case ticketFieldsChanged = "ticket.fields_changed"
    case messageAdded = "message.added"
    case userCreated = "user.created"
    case userUpdated = "user.updated"
    case organizationCreated = "organization.created"
    case organizationUpdated = "organization.updated"
    case groupCreated = "group.created"
    case groupUpdated = "group.updated"
    case policyCreated = "policy.created"
    case calendarCreated = "calendar.created"
    case slaApplied = "sla.applied"
    case slaPaused = "sla.paused"
    case slaResumed = "sla.resumed"
    case slaRecomputed = "sla.recomputed"
    case slaCancelled = "sla.cancelled"
    case slaWarning = "sla.warning"
    case slaBreached = "sla.breached"
    case slaMet = "sla.met"
    case feedbackRecorded = "feedback.recorded"

    /// The stream: what stands before the dot.
    public var stream: EventStream {
        switch self {
        case .ticketCreated, .ticketAssigned, .ticketPriorityChanged, .ticketStatusChanged, .ticketFieldsChanged: .ticket
        case .messageAdded: .message
        case .userCreated, .userUpdated: .user
        case .organizationCreated, .organizationUpdated: .organization
        case .groupCreated, .groupUpdated: .group
        case .policyCreated: .policy
        case .calendarCreated: .calendar
        case .slaApplied, .slaPaused, .slaResumed, .slaRecomputed, .slaCancelled, .slaWarning, .slaBreached, .slaMet: .sla
        case .feedbackRecorded: .feedback
        }
    }

    /// The CloudEvents type: `opora.ticket.created.v1`.
    public var cloudEventsType: String { "opora.\(rawValue).v1" }

    /// The type of that CloudEvents name, or nil for one that this version does not know.
    public init?(cloudEventsType name: String) {
        guard name.hasPrefix("opora."), name.hasSuffix(".v1") else { return nil }
        self.init(rawValue: String(name.dropFirst(6).dropLast(3)))
    }
}

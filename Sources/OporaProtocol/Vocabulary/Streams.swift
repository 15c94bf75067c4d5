/// The streams of the event log; `x` holds the events of plugins. A stream is the finest grain at which a subscriber can see a gap.
public enum EventStream: String, CaseIterable, Sendable {
    case ticket, message, user, organization, group, policy, calendar, sla, feedback, system, x

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
    case pluginOnline = "system.plugin_online"
    case pluginOffline = "system.plugin_offline"
    case hookFailed = "system.hook_failed"
    case consumerParked = "system.consumer_parked"
    case consumerLagging = "system.consumer_lagging"
    case consumerLost = "system.consumer_lost"
    case consumerMoved = "system.consumer_moved"
    case keyCreated = "system.key_created"
    case keyRevoked = "system.key_revoked"
    case accessChanged = "system.access_changed"
    case floodRefused = "system.flood_refused"
    case logTruncated = "system.log_truncated"
    case epochChanged = "system.epoch_changed"

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
        case .pluginOnline, .pluginOffline, .hookFailed, .consumerParked, .consumerLagging, .consumerLost, .consumerMoved,
            .keyCreated, .keyRevoked, .accessChanged, .floodRefused, .logTruncated, .epochChanged:
            .system
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

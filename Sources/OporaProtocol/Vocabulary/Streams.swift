/// The streams of the event log; `x` holds the events of plugins, `desk` what a desk decides for itself. A stream is the finest grain at which a subscriber can see a gap.
public enum EventStream: String, CaseIterable, Sendable {
    case ticket, message, user, organization, group, policy, calendar, sla, feedback, system, x, desk, view, macro

    /// A small number for bit sets and storage; stable for ever.
    public var index: Int { EventStream.allCases.firstIndex(of: self) ?? 0 }
}

/// Every type of event that the kernel records. Raw values are the names on the wire, without the version.
public enum EventType: String, CaseIterable, Sendable {
    case ticketCreated = "ticket.created"
    case ticketAssigned = "ticket.assigned"
    case ticketPriorityChanged = "ticket.priority_changed"
    case ticketStatusChanged = "ticket.status_changed"
    case ticketTypeChanged = "ticket.type_changed"
    case ticketFieldsChanged = "ticket.fields_changed"
    case ticketTagsChanged = "ticket.tags_changed"
    case ticketFollowersChanged = "ticket.followers_changed"
    case ticketHandedOver = "ticket.handed_over"
    case ticketClaimed = "ticket.claimed"
    case ticketReleased = "ticket.released"
    case ticketLinked = "ticket.linked"
    case ticketUnlinked = "ticket.unlinked"
    case ticketMerged = "ticket.merged"
    case ticketUnmerged = "ticket.unmerged"
    case ticketSplit = "ticket.split"
    case ticketDeleted = "ticket.deleted"
    case ticketRestored = "ticket.restored"
    case ticketStuck = "ticket.stuck"
    case ticketContentErased = "ticket.content_erased"
    case messageAdded = "message.added"
    case messagePublished = "message.published"
    case userCreated = "user.created"
    case userUpdated = "user.updated"
    case userAvailabilityChanged = "user.availability_changed"
    case userSkillsChanged = "user.skills_changed"
    case userErased = "user.erased"
    case organizationCreated = "organization.created"
    case organizationUpdated = "organization.updated"
    case groupCreated = "group.created"
    case groupUpdated = "group.updated"
    case groupMemberAdded = "group.member_added"
    case groupMemberRemoved = "group.member_removed"
    case policyCreated = "policy.created"
    case policyUpdated = "policy.updated"
    case calendarCreated = "calendar.created"
    case calendarUpdated = "calendar.updated"
    case slaApplied = "sla.applied"
    case slaPaused = "sla.paused"
    case slaResumed = "sla.resumed"
    case slaRecomputed = "sla.recomputed"
    case slaCancelled = "sla.cancelled"
    case slaWarning = "sla.warning"
    case slaBreached = "sla.breached"
    case slaMet = "sla.met"
    case slaWaived = "sla.waived"
    case feedbackRecorded = "feedback.recorded"
    case deskUpdated = "desk.updated"
    case deskStatusCreated = "desk.status_created"
    case deskStatusUpdated = "desk.status_updated"
    case deskStatusRetired = "desk.status_retired"
    case deskFieldCreated = "desk.field_created"
    case deskFieldUpdated = "desk.field_updated"
    case deskFieldRetired = "desk.field_retired"
    case viewCreated = "view.created"
    case viewUpdated = "view.updated"
    case viewDeleted = "view.deleted"
    case macroCreated = "macro.created"
    case macroUpdated = "macro.updated"
    case macroDeleted = "macro.deleted"
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
    case roleCreated = "system.role_created"
    case roleUpdated = "system.role_updated"
    case floodRefused = "system.flood_refused"
    case logTruncated = "system.log_truncated"
    case epochChanged = "system.epoch_changed"

    /// The stream: what stands before the dot.
    public var stream: EventStream {
        switch self {
        case .ticketCreated, .ticketAssigned, .ticketPriorityChanged, .ticketStatusChanged, .ticketTypeChanged,
            .ticketFieldsChanged, .ticketTagsChanged, .ticketFollowersChanged, .ticketHandedOver, .ticketClaimed,
            .ticketReleased, .ticketLinked, .ticketUnlinked, .ticketMerged, .ticketUnmerged, .ticketSplit, .ticketDeleted,
            .ticketRestored, .ticketStuck, .ticketContentErased:
            .ticket
        case .messageAdded, .messagePublished: .message
        case .deskUpdated, .deskStatusCreated, .deskStatusUpdated, .deskStatusRetired, .deskFieldCreated, .deskFieldUpdated,
            .deskFieldRetired:
            .desk
        case .userCreated, .userUpdated, .userAvailabilityChanged, .userSkillsChanged, .userErased: .user
        case .organizationCreated, .organizationUpdated: .organization
        case .groupCreated, .groupUpdated, .groupMemberAdded, .groupMemberRemoved: .group
        case .policyCreated, .policyUpdated: .policy
        case .calendarCreated, .calendarUpdated: .calendar
        case .slaApplied, .slaPaused, .slaResumed, .slaRecomputed, .slaCancelled, .slaWarning, .slaBreached, .slaMet, .slaWaived:
            .sla
        case .feedbackRecorded: .feedback
        case .viewCreated, .viewUpdated, .viewDeleted: .view
        case .macroCreated, .macroUpdated, .macroDeleted: .macro
        case .pluginOnline, .pluginOffline, .hookFailed, .consumerParked, .consumerLagging, .consumerLost, .consumerMoved,
            .keyCreated, .keyRevoked, .accessChanged, .roleCreated, .roleUpdated, .floodRefused, .logTruncated, .epochChanged:
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

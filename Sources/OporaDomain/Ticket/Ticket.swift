public import OporaProtocol
public import OporaTime

/// One request for help: its state. The conversation is kept apart, as messages.
///
/// The verbs in the extensions are the rules: they change the value and return the facts, or refuse and change nothing.
public struct Ticket: Hashable, Sendable {
    public var id: TicketID
    /// One more with each fact.
    public var version: Int64
    public var subject: String
    public var status: TicketStatus
    /// Why a waiting ticket waits, one word.
    public var statusReason: String?
    /// When a waiting ticket opens again by itself.
    public var wakeAt: Timestamp?
    public var priority: Priority
    public var type: TicketType?
    public var channel: Channel
    public var requester: UserID
    public var organization: OrganizationID?
    public var group: GroupID?
    public var assignee: UserID?
    /// Custom fields: name and value.
    public var fields: JSONObject
    public var externalID: String?
    public var createdAt: Timestamp
    public var updatedAt: Timestamp
    public var solvedAt: Timestamp?
    public var closedAt: Timestamp?
    /// When its history was last imported; what its SLA did before then is history too.
    public var importedAt: Timestamp?
    public var targets: [SLATarget]

    public init(
        id: TicketID, version: Int64 = 0, subject: String, status: TicketStatus = .new, statusReason: String? = nil,
        wakeAt: Timestamp? = nil, priority: Priority = .normal, type: TicketType? = nil, channel: Channel,
        requester: UserID, organization: OrganizationID? = nil, group: GroupID? = nil, assignee: UserID? = nil,
        fields: JSONObject = JSONObject(), externalID: String? = nil, createdAt: Timestamp, updatedAt: Timestamp,
        solvedAt: Timestamp? = nil, closedAt: Timestamp? = nil, importedAt: Timestamp? = nil, targets: [SLATarget] = []
    ) {
        self.id = id
        self.version = version
        self.subject = subject
        self.status = status
        self.statusReason = statusReason
        self.wakeAt = wakeAt
        self.priority = priority
        self.type = type
        self.channel = channel
        self.requester = requester
        self.organization = organization
        self.group = group
        self.assignee = assignee
        self.fields = fields
        self.externalID = externalID
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.solvedAt = solvedAt
        self.closedAt = closedAt
        self.importedAt = importedAt
        self.targets = targets
    }

    /// The earliest due instant of the running targets.
    public var dueAt: Timestamp? { targets.filter { $0.state == .running }.compactMap(\.dueAt).min() }

    /// Milliseconds after a ticket's last imported row before time acts on its history: the next row may still tell that it
    /// was solved before its due instant.
    public static let importGraceMilliseconds: Int64 = 10_000

    /// The next instant at which the kernel must look at this ticket: a warning, a breach, a wake-up.
    public var nextInstant: Timestamp? {
        let wake = status.isWaiting ? wakeAt : nil
        guard let next = (targets.compactMap(\.nextInstant) + (wake.map { [$0] } ?? [])).min() else { return nil }
        guard let importedAt, next <= importedAt else { return next }
        return importedAt + Ticket.importGraceMilliseconds
    }

    /// Refuses where somebody changed the ticket since the caller saw it.
    public func check(expectedVersion: Int64?) throws(Rejection) {
        guard let expectedVersion, expectedVersion != version else { return }
        throw .versionConflict(id: id.description, expected: expectedVersion, current: version)
    }

    /// One more version, and the fact that made it.
    mutating func record(_ type: EventType, at: Timestamp, _ data: JSON) -> EventDraft {
        version += 1
        updatedAt = max(updatedAt, at)
        let members = JSONObject([("ticket", .id(id))] + (data.object?.members ?? []))
        return EventDraft(
            type, subject: "ticket/\(id)", ticket: id, at: at, entityVersion: version, data: .object(members))
    }
}

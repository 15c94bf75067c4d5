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
    /// The category of where it stands; every rule goes by it.
    public var status: TicketStatus
    /// The desk's own word for where it stands, within the category; nil for the category's own status.
    public var customStatus: String?
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
    /// The support line of the group that works on it, 1 to 3.
    public var tier: Int?
    public var assignee: UserID?
    /// Lower case words, in the order in which they were set, each once.
    public var tags: [String]
    /// People who want to hear of it, in the order in which they came, each once.
    public var followers: [UserID]
    /// Who says "I am on it", and until when.
    public var claim: TicketClaim?
    /// How often it was handed back to where it had been.
    public var bounces: Int64 = 0
    /// Where it was handed over from, the last `Limits.visitedPlaces` of them.
    public var visited: [Place] = []
    /// How many ties to other tickets it has.
    public var links: Int64 = 0
    /// The ticket that this one was merged into.
    public var mergedInto: TicketID?
    /// When it was put into the bin; nil for one that is not there.
    public var deletedAt: Timestamp?
    /// When somebody last did something to it; what time does by itself is no touch.
    public var touchedAt: Timestamp
    /// When the kernel looks whether it was forgotten; nil for one that needs no look any more.
    public var watchAt: Timestamp?
    /// When it was last found forgotten; nil where somebody has touched it since.
    public var stuckAt: Timestamp?
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
    public var exchange: Exchange

    public init(
        id: TicketID, version: Int64 = 0, subject: String, status: TicketStatus = .new, statusReason: String? = nil,
        wakeAt: Timestamp? = nil, priority: Priority = .normal, type: TicketType? = nil, channel: Channel,
        requester: UserID, organization: OrganizationID? = nil, group: GroupID? = nil, tier: Int? = nil,
        assignee: UserID? = nil, tags: [String] = [], followers: [UserID] = [],
        fields: JSONObject = JSONObject(), externalID: String? = nil, createdAt: Timestamp, updatedAt: Timestamp,
        solvedAt: Timestamp? = nil, closedAt: Timestamp? = nil, importedAt: Timestamp? = nil, targets: [SLATarget] = [],
        exchange: Exchange = Exchange()
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
        self.tier = tier
        self.assignee = assignee
        self.tags = tags
        self.followers = followers
        self.fields = fields
        self.externalID = externalID
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        touchedAt = updatedAt
        self.solvedAt = solvedAt
        self.closedAt = closedAt
        self.importedAt = importedAt
        self.targets = targets
        self.exchange = exchange
    }

    /// The word for where it stands: the desk's own, or the category's.
    public var statusWord: String { customStatus ?? status.rawValue }

    /// The earliest due instant of the running targets.
    public var dueAt: Timestamp? { targets.filter { $0.state == .running }.compactMap(\.dueAt).min() }

    /// Milliseconds after a ticket's last imported row before time acts on its history: the next row may still tell that it
    /// was solved before its due instant.
    public static let importGraceMilliseconds: Int64 = 10_000

    /// The next instant at which the kernel must look at this ticket: a warning, a breach, a wake-up, the end of a claim, a
    /// look whether it was forgotten.
    public var nextInstant: Timestamp? {
        if deletedAt != nil { return nil }
        var next = nextSLAInstant()
        for instant in [status.isWaiting ? wakeAt : nil, claim?.until, watchAt] {
            if let instant, instant < next ?? .latest { next = instant }
        }
        guard let next else { return nil }
        guard let importedAt, next <= importedAt else { return next }
        return importedAt + Ticket.importGraceMilliseconds
    }

    /// Refuses where somebody changed the ticket since the caller saw it.
    public func check(expectedVersion: Int64?) throws(Rejection) {
        guard let expectedVersion, expectedVersion != version else { return }
        throw .versionConflict(id: id.description, expected: expectedVersion, current: version)
    }

    /// Somebody did something to it.
    mutating func touch(at: Timestamp) {
        updatedAt = max(updatedAt, at)
        touchedAt = max(touchedAt, at)
        stuckAt = nil
    }

    /// One more version, and the fact that made it.
    mutating func record(_ type: EventType, at: Timestamp, _ data: JSON) -> EventDraft {
        version += 1
        touch(at: at)
        let members = JSONObject([("ticket", .id(id))] + (data.object?.members ?? []))
        return EventDraft(
            type, subject: "ticket/\(id)", ticket: id, at: at, entityVersion: version, data: .object(members))
    }
}

/// Somebody's soft "I am on it": it keeps nobody out, and ends by itself.
public struct TicketClaim: Hashable, Sendable {
    public var user: UserID
    public var until: Timestamp

    public init(user: UserID, until: Timestamp) {
        self.user = user
        self.until = until
    }
}

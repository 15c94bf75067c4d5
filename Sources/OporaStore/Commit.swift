public import OporaDomain
public import OporaProtocol
public import OporaTime

/// Everything that one command changes, as one value: state, events and the stored answer land together or not at all.
public struct Commit: Sendable {
    public var tickets: [Ticket] = []
    public var messages: [Message] = []
    /// New or changed.
    public var attachments: [Attachment] = []
    /// Attachments whose bytes are gone.
    public var removedAttachments: [AttachmentID] = []
    /// Messages that now belong to another ticket.
    public var movedMessages: [MessageMove] = []
    /// Notes that everybody on the ticket may read from now on.
    public var publishedMessages: [Message] = []
    public var links: [TicketLink] = []
    public var unlinks: [TicketLink] = []
    /// Merges, new or undone.
    public var merges: [TicketMerge] = []
    /// Statuses of the desk's own, new or changed.
    public var statuses: [CustomStatus] = []
    /// Declared fields, new or changed.
    public var declaredFields: [CustomField] = []
    public var deskSettings: DeskSettings?
    /// Saved views, new or changed.
    public var views: [View] = []
    public var deletedViews: [ViewID] = []
    /// Macros, new or changed.
    public var macros: [Macro] = []
    public var deletedMacros: [MacroID] = []
    public var users: [User] = []
    public var organizations: [Organization] = []
    public var groups: [Group] = []
    public var policies: [StoredPolicy] = []
    public var calendars: [StoredCalendar] = []
    /// Edits whose tickets are to be counted anew, new or further on.
    public var pendingEdits: [PendingEdit] = []
    /// Numbers of such edits that are done.
    public var finishedEdits: [Int64] = []
    public var feedback: [Feedback] = []
    public var consumers: [ConsumerRecord] = []
    public var deletedConsumers: [String] = []
    /// Events that a consumer has set aside, new or changed.
    public var parked: [ParkedEvent] = []
    /// Events that are set aside no longer.
    public var unparked: [ParkedEvent] = []
    /// The first event that is left in the log, where this takes older ones out of it.
    public var firstSeq: Int64?
    /// Keys of the desk, new or changed.
    public var keys: [DeskKey] = []
    /// Public keys that were revoked long ago and need not be kept any longer.
    public var forgottenKeys: [String] = []
    public var importMarks: [ImportMark] = []
    /// Roles of the desk's own, new or changed.
    public var deskRoles: [RoleDefinition] = []
    /// People who are being forgotten, and how far that is.
    public var erasures: [Erasure] = []
    /// People of whom nothing is left to forget.
    public var endedErasures: [UserID] = []
    /// Messages whose text is replaced.
    public var erasedMessages: [MessageID] = []
    /// Feedback whose comment goes.
    public var erasedFeedback: [FeedbackID] = []
    public var events: [EventRecord] = []
    public var receipt: Receipt?

    public init() {}

    /// True where nothing would be written.
    public var isEmpty: Bool {
        tickets.isEmpty && messages.isEmpty && deskRoles.isEmpty && erasures.isEmpty && endedErasures.isEmpty
            && erasedMessages.isEmpty && erasedFeedback.isEmpty && attachments.isEmpty && removedAttachments.isEmpty
            && movedMessages.isEmpty
            && publishedMessages.isEmpty && links.isEmpty && unlinks.isEmpty && merges.isEmpty && statuses.isEmpty
            && declaredFields.isEmpty && deskSettings == nil && views.isEmpty && deletedViews.isEmpty && macros.isEmpty
            && deletedMacros.isEmpty && users.isEmpty && organizations.isEmpty && groups.isEmpty && policies.isEmpty
            && calendars.isEmpty && feedback.isEmpty && consumers.isEmpty && deletedConsumers.isEmpty && importMarks.isEmpty
            && pendingEdits.isEmpty && finishedEdits.isEmpty
            && keys.isEmpty && forgottenKeys.isEmpty && parked.isEmpty && unparked.isEmpty && firstSeq == nil && events.isEmpty
            && receipt == nil
    }
}

/// Messages that went to another ticket.
public struct MessageMove: Hashable, Sendable {
    public var messages: [MessageID]
    public var ticket: TicketID

    public init(_ messages: [MessageID], to ticket: TicketID) {
        self.messages = messages
        self.ticket = ticket
    }
}

/// A version of a policy, when the policy was made, and when this version was.
public struct StoredPolicy: Hashable, Sendable {
    public var policy: SLAPolicy
    public var createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(policy: SLAPolicy, createdAt: Timestamp, updatedAt: Timestamp) {
        self.policy = policy
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// An edit whose open tickets are counted anew little by little, and how far that has come.
public struct PendingEdit: Hashable, Sendable {
    /// The position of the edit's event in the log.
    public var number: Int64
    public var edit: SLAEdit
    /// The last ticket that took it over.
    public var after: TicketID

    public init(number: Int64, edit: SLAEdit, after: TicketID = TicketID(rawValue: 0)) {
        self.number = number
        self.edit = edit
        self.after = after
    }
}

/// Open tickets of a span of ids, and how far the look went.
public struct OpenTickets: Sendable {
    /// In order of id.
    public var tickets: [Ticket]
    /// Where the next look begins.
    public var reached: TicketID
    /// No ticket lies beyond.
    public var isLast: Bool

    public init(tickets: [Ticket], reached: TicketID, isLast: Bool) {
        self.tickets = tickets
        self.reached = reached
        self.isLast = isLast
    }
}

/// A version of a calendar as it was given, its name, when the calendar was made, and when this version was.
public struct StoredCalendar: Hashable, Sendable {
    public var id: CalendarID
    public var version: Int64
    public var name: String
    public var spec: CalendarSpec
    public var createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(
        id: CalendarID, version: Int64, name: String, spec: CalendarSpec, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.version = version
        self.name = name
        self.spec = spec
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// How far the history of one thing from another system was imported.
public struct ImportMark: Hashable, Sendable {
    public var source: String
    public var externalID: String
    public var ticket: TicketID
    /// The last position that was applied.
    public var position: Int64
    /// The latest instant that was applied.
    public var at: Timestamp

    public init(source: String, externalID: String, ticket: TicketID, position: Int64, at: Timestamp) {
        self.source = source
        self.externalID = externalID
        self.ticket = ticket
        self.position = position
        self.at = at
    }
}

/// The stored answer to a command with an idempotency key.
public struct Receipt: Hashable, Sendable {
    public var identity: String
    public var method: String
    public var key: String
    public var fingerprint: Fingerprint
    /// The members of the result, without the braces.
    public var result: [UInt8]
    /// Position of the command's last event; 0 where it made none.
    public var seq: Int64
    public var at: Timestamp

    public init(
        identity: String, method: String, key: String, fingerprint: Fingerprint, result: [UInt8], seq: Int64, at: Timestamp
    ) {
        self.identity = identity
        self.method = method
        self.key = key
        self.fingerprint = fingerprint
        self.result = result
        self.seq = seq
        self.at = at
    }
}

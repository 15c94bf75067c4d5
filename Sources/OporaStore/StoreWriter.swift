public import OporaDomain
public import OporaProtocol
public import OporaTime

/// The one writer's side of the store. It lives on the writer's thread; whoever holds it is the only writer there is.
///
/// Looks see what was applied before them in the same transaction.
public protocol StoreWriter: AnyObject {
    /// The end of the log as it is on disk.
    func logHead() throws(StoreError) -> LogHead
    /// The highest number given to each kind of id.
    func highestIDs() throws(StoreError) -> IDCounters

    /// Opens a transaction.
    func begin() throws(StoreError)
    /// Makes it durable: when this returns, it is on disk. A failure leaves the outcome unknown, except `.full` and `.busy`.
    func commit() throws(StoreError)
    /// Forgets it.
    func rollback()
    /// Events up to here have surely reached the bus; kept with the next commit that adds events.
    var publishedSeq: Int64 { get set }
    /// Events that may not have reached the bus before the kernel's last end, oldest first; the last `limit` of them.
    func unpublished(limit: Int) throws(StoreError) -> [EventRecord]
    /// Keeps, in a transaction of its own, that all events have reached the bus.
    func markPublished() throws(StoreError)
    /// Begins a new epoch, inside the open transaction; returns its number.
    func beginEpoch() throws(StoreError) -> Int64
    /// Writes what a command changes.
    func apply(_ commit: Commit) throws(StoreError)

    func ticket(_ id: TicketID) throws(StoreError) -> Ticket?
    func view(_ id: ViewID) throws(StoreError) -> View?
    func views() throws(StoreError) -> [View]
    func macro(_ id: MacroID) throws(StoreError) -> Macro?
    func macros() throws(StoreError) -> [Macro]
    /// The groups that a person leads or belongs to.
    func groups(of user: UserID) throws(StoreError) -> [GroupID]
    func attachment(_ id: AttachmentID) throws(StoreError) -> Attachment?
    /// Attachments of a sender that no message has, newest first.
    func looseAttachments(of uploader: String, limit: Int) throws(StoreError) -> [Attachment]
    /// Attachments that no message has and that are older than `instant`, oldest first.
    func looseAttachments(before instant: Timestamp, limit: Int) throws(StoreError) -> [Attachment]
    /// Whether another attachment has the same bytes.
    func isShared(_ attachment: Attachment) throws(StoreError) -> Bool
    func user(_ id: UserID) throws(StoreError) -> User?
    func user(by member: UserKey, _ value: String) throws(StoreError) -> User?
    func organization(_ id: OrganizationID) throws(StoreError) -> Organization?
    func group(_ id: GroupID) throws(StoreError) -> Group?
    func group(by member: GroupKey, _ value: String) throws(StoreError) -> Group?
    func groups() throws(StoreError) -> [Group]
    func deskRoles() throws(StoreError) -> [RoleDefinition]
    /// People who are being forgotten.
    func erasures() throws(StoreError) -> [Erasure]
    /// Tickets that a person asked for, in order of id, after one.
    func tickets(of requester: UserID, after: Int64, limit: Int) throws(StoreError) -> [TicketID]
    /// Messages that a person wrote, in order of id, after one; looks at `Limits.lookSpan` ids.
    func messages(of author: UserID, after: Int64, limit: Int) throws(StoreError) -> OwnPage<MessageID>
    /// Feedback that a person gave, in order of id, after one; looks at `Limits.lookSpan` ids.
    func feedback(of user: UserID, after: Int64, limit: Int) throws(StoreError) -> OwnPage<FeedbackID>
    func receipt(identity: String, method: String, key: String) throws(StoreError) -> Receipt?
    func importMark(source: String, externalID: String) throws(StoreError) -> ImportMark?
    func policy(_ id: PolicyID) throws(StoreError) -> StoredPolicy?
    /// All versions of all policies, those of each oldest first.
    func policyVersions() throws(StoreError) -> [StoredPolicy]
    func calendar(_ id: CalendarID) throws(StoreError) -> StoredCalendar?
    /// All versions of all calendars, those of each oldest first.
    func calendarVersions() throws(StoreError) -> [StoredCalendar]
    /// Edits whose tickets are still to be counted anew, oldest first.
    func pendingEdits() throws(StoreError) -> [PendingEdit]
    /// Tickets that are not closed, in order of id, of the `span` ids after one.
    func openTickets(after: TicketID, span: Int64, limit: Int) throws(StoreError) -> OpenTickets
    func consumers() throws(StoreError) -> [ConsumerRecord]
    func parked(_ query: ParkedQuery) throws(StoreError) -> [ParkedEvent]
    func event(_ seq: Int64) throws(StoreError) -> EventRecord?
    /// The last event of a part of the log that was recorded before an instant; the position before the part where none was.
    func lastSeq(before instant: Timestamp, in part: ClosedRange<Int64>) throws(StoreError) -> Int64
    /// Frees the room of up to `limit` events below the first one that is left; returns how many there were.
    func sweepEvents(limit: Int) throws(StoreError) -> Int
    func message(_ id: MessageID) throws(StoreError) -> Message?
    /// Messages of a ticket from one on, in order; the first `limit` of them.
    func messageIDs(of ticket: TicketID, from first: MessageID, limit: Int) throws(StoreError) -> [MessageID]
    /// All ties of a ticket, in whichever direction.
    func links(of ticket: TicketID) throws(StoreError) -> [TicketLink]
    /// The merge of a ticket into another that was not undone.
    func merge(of source: TicketID) throws(StoreError) -> TicketMerge?
    /// What the desk has decided for itself.
    func deskRules() throws(StoreError) -> DeskRules
    /// Keys of the desk, revoked ones included, oldest first.
    func deskKeys() throws(StoreError) -> [DeskKey]
    /// Users that are the person of an identity.
    func identityUsers() throws(StoreError) -> [String: UserID]
    /// Tickets whose next instant of interest is at or before `instant`, earliest first.
    func ticketsDue(by instant: Timestamp, limit: Int) throws(StoreError) -> [TicketID]
    /// The earliest next instant of interest of all tickets.
    func nextInstant() throws(StoreError) -> Timestamp?
    /// Takes away up to `limit` receipts older than `instant`; returns how many.
    func forgetReceipts(before instant: Timestamp, limit: Int) throws(StoreError) -> Int
}

/// Members of a user that are unique.
public enum UserKey: String, Sendable {
    case email, identity, externalID = "external_id"
}

/// Members of a group that are unique.
public enum GroupKey: String, Sendable {
    case name, externalID = "external_id"
}

/// The highest number given so far to each kind of id.
public struct IDCounters: Hashable, Sendable {
    public var ticket: Int64 = 0
    public var message: Int64 = 0
    public var user: Int64 = 0
    public var organization: Int64 = 0
    public var group: Int64 = 0
    public var policy: Int64 = 0
    public var calendar: Int64 = 0
    public var feedback: Int64 = 0
    public var attachment: Int64 = 0
    public var view: Int64 = 0
    public var macro: Int64 = 0

    public init() {}
}

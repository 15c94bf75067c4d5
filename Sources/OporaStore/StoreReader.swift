public import OporaDomain
public import OporaProtocol

/// A reader's side of the store. Each reader lives on a thread of its own and sees what was committed.
///
/// `view` makes several looks see the same state.
public protocol StoreReader: AnyObject {
    /// Begins an unchanging view; every look until `endView` sees it. Returns the end of the log in it.
    func beginView() throws(StoreError) -> LogHead
    func endView()

    func ticket(_ id: TicketID) throws(StoreError) -> Ticket?
    func tickets(_ query: TicketQuery) throws(StoreError) -> [Ticket]
    /// Tickets that were told of as forgotten and that nobody has touched since, the longest forgotten first.
    func stuckTickets(
        after place: TicketQuery.Place?, within limits: [Sight.Limit], limit: Int
    ) throws(StoreError) -> [Ticket]
    /// All ties of a ticket, in whichever direction.
    func links(of ticket: TicketID) throws(StoreError) -> [TicketLink]
    func message(_ id: MessageID) throws(StoreError) -> Message?
    func messages(of ticket: TicketID, visibility: Visibility?, after: Int64, limit: Int) throws(StoreError) -> [Message]
    func attachment(_ id: AttachmentID) throws(StoreError) -> Attachment?
    func user(_ id: UserID) throws(StoreError) -> User?
    func users(_ query: PeopleQuery) throws(StoreError) -> [User]
    func organization(_ id: OrganizationID) throws(StoreError) -> Organization?
    func organizations(_ query: PeopleQuery) throws(StoreError) -> [Organization]
    func group(_ id: GroupID) throws(StoreError) -> Group?
    func groups(_ query: PeopleQuery) throws(StoreError) -> [Group]
    /// The present version, or the one asked for.
    func policy(_ id: PolicyID, version: Int64?) throws(StoreError) -> StoredPolicy?
    func versions(of id: PolicyID, after: Int64, limit: Int) throws(StoreError) -> [StoredPolicy]
    func policies(after: Int64, limit: Int) throws(StoreError) -> [StoredPolicy]
    /// The present version, or the one asked for.
    func calendar(_ id: CalendarID, version: Int64?) throws(StoreError) -> StoredCalendar?
    func versions(of id: CalendarID, after: Int64, limit: Int) throws(StoreError) -> [StoredCalendar]
    /// Tickets that are not closed, in order of id, of the `span` ids after one.
    func openTickets(after: TicketID, span: Int64, limit: Int) throws(StoreError) -> OpenTickets
    func calendars(after: Int64, limit: Int) throws(StoreError) -> [StoredCalendar]
    func feedback(_ id: FeedbackID) throws(StoreError) -> Feedback?
    func receipt(identity: String, method: String, key: String) throws(StoreError) -> Receipt?
    /// Events after a position in order. Looks at no more than `span` positions, so that a rare type costs no long look.
    func events(_ query: EventQuery) throws(StoreError) -> EventPage
    func event(_ seq: Int64) throws(StoreError) -> EventRecord?
    func parked(_ query: ParkedQuery) throws(StoreError) -> [ParkedEvent]
    /// Writes a copy of the whole desk as it is now, from which it can be opened, and returns where it is. It is on disk then.
    /// Takes its time, and needs no view; ends with an error soon after `isCancelled` says so.
    func snapshot(isCancelled: @escaping @Sendable () -> Bool) throws(StoreError) -> String
    /// What the search index is made from: subjects and messages as they are now.
    func searchDocuments(_ part: SearchPart) throws(StoreError) -> [SearchDocument]
    /// The highest number of a ticket and of a message.
    func searchEnds() throws(StoreError) -> (ticket: Int64, message: Int64)
    /// Unsolved tickets now.
    func unsolvedTickets() throws(StoreError) -> Int64
}

/// Which tickets, in which order, after which one. Data: each engine translates it.
public struct TicketQuery: Hashable, Sendable {
    /// The orders that have an index.
    public enum Sort: String, CaseIterable, Sendable {
        case id, newest = "-id", updated = "updated_at", lastUpdated = "-updated_at", due = "due_at"
    }

    /// A ticket's place in an order.
    public struct Place: Hashable, Sendable {
        public var value: Int64
        public var id: Int64

        public init(value: Int64, id: Int64) {
            self.value = value
            self.id = id
        }
    }

    public var statuses: [TicketStatus] = []
    public var priorities: [Priority] = []
    public var group: GroupID?
    public var assignee: UserID?
    public var requester: UserID?
    public var organization: OrganizationID?
    public var externalID: String?
    /// What the caller may see: all of these hold.
    public var limits: [Sight.Limit] = []
    /// True for those in the bin alone; they are passed over else.
    public var isDeleted = false
    public var sort: Sort = .newest
    /// The sort value and id of the last ticket of the page before.
    public var after: Place?
    public var limit: Int = Limits.pageDefault

    public init() {}
}

/// Which people, organizations or groups: exact members, after an id.
public struct PeopleQuery: Hashable, Sendable {
    public var name: String?
    public var email: String?
    public var identity: String?
    public var externalID: String?
    public var role: UserRole?
    public var organization: OrganizationID?
    public var after: Int64 = 0
    public var limit: Int = Limits.pageDefault

    public init() {}
}

/// Which events.
public struct EventQuery: Hashable, Sendable {
    public var after: Int64 = 0
    public var limit: Int = Limits.readEvents
    /// Bytes of bodies after which the page ends.
    public var bytes: Int = Limits.answerEventBytes
    /// Empty means all.
    public var streams: [EventStream] = []
    /// Empty means all.
    public var types: [EventName] = []
    /// `ticket/T-1` means all that belongs to that ticket, its messages included; any other exactly this subject.
    public var subject: String?

    public init() {}
}

/// Events in order, and how far the look went.
public struct EventPage: Sendable {
    public var events: [EventRecord]
    /// Everything up to here was looked at: the next look begins after it.
    public var reached: Int64
    /// Nothing that was asked for lies after it in this view.
    public var isComplete: Bool

    public init(events: [EventRecord], reached: Int64, isComplete: Bool) {
        self.events = events
        self.reached = reached
        self.isComplete = isComplete
    }
}

public import OporaDomain
public import OporaProtocol
public import OporaTime

/// A reader's side of the store. Each reader lives on a thread of its own and sees what was committed.
///
/// `view` makes several looks see the same state.
public protocol StoreReader: AnyObject {
    /// Begins an unchanging view; every look until `endView` sees it. Returns the end of the log in it.
    func beginView() throws(StoreError) -> LogHead
    func endView()

    func ticket(_ id: TicketID) throws(StoreError) -> Ticket?
    /// A page of a list. It may come short where it looked at as many tickets as it may; `reached` says where to go on.
    func tickets(_ query: TicketQuery) throws(StoreError) -> TicketPage
    /// How many tickets there are of those that a query looks at.
    func count(_ query: TicketQuery) throws(StoreError) -> TicketCount
    /// Tickets that were told of as forgotten and that nobody has touched since, the longest forgotten first.
    func stuckTickets(
        after place: TicketQuery.Place?, within limits: [Sight.Limit], limit: Int
    ) throws(StoreError) -> [Ticket]
    /// All ties of a ticket, in whichever direction.
    func links(of ticket: TicketID) throws(StoreError) -> [TicketLink]
    func message(_ id: MessageID) throws(StoreError) -> Message?
    func messages(of ticket: TicketID, visibility: Visibility?, after: Int64, limit: Int) throws(StoreError) -> [Message]
    func view(_ id: ViewID) throws(StoreError) -> View?
    /// All saved views, in their order.
    func views() throws(StoreError) -> [View]
    func macro(_ id: MacroID) throws(StoreError) -> Macro?
    /// All macros, by name.
    func macros() throws(StoreError) -> [Macro]
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
    /// Tickets that a person asked for, in order of id, after one.
    func tickets(of requester: UserID, after: Int64, limit: Int) throws(StoreError) -> [TicketID]
    /// Messages that a person wrote, in order of id, after one; looks at `Limits.lookSpan` ids.
    func messages(of author: UserID, after: Int64, limit: Int) throws(StoreError) -> OwnPage<MessageID>
    /// Feedback that a person gave, in order of id, after one; looks at `Limits.lookSpan` ids.
    func feedback(of user: UserID, after: Int64, limit: Int) throws(StoreError) -> OwnPage<FeedbackID>
    /// Events before a position, newest first; looks at `Limits.lookSpan` positions, or at those of one ticket.
    func audit(_ query: AuditQuery) throws(StoreError) -> EventPage
    /// The last event of a part of the log that was recorded before an instant; the position before the part where none was.
    func lastSeq(before instant: Timestamp, in part: ClosedRange<Int64>) throws(StoreError) -> Int64
    /// Unsolved tickets that each of these people has.
    func openTickets(of users: [UserID]) throws(StoreError) -> [UserID: Int]
    /// Unsolved tickets now.
    func unsolvedTickets() throws(StoreError) -> Int64
}

/// Which people, organizations or groups: exact members, after an id.
public struct PeopleQuery: Hashable, Sendable {
    public var name: String?
    public var email: String?
    public var identity: String?
    public var externalID: String?
    public var role: UserRole?
    /// A role that the desk made for itself.
    public var deskRole: String?
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

import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// A store's writer that fails as disks do, and has a bug where one is planted. All else goes to the real one.
final class SpoiltWriter: StoreWriter {
    private let store: any StoreWriter
    private let faults: Faults
    private let plant: Plant?

    init(_ store: any StoreWriter, _ faults: Faults, _ plant: Plant?) {
        self.store = store
        self.faults = faults
        self.plant = plant
    }

    var publishedSeq: Int64 {
        get { store.publishedSeq }
        set { store.publishedSeq = newValue }
    }

    func begin() throws(StoreError) {
        try faults.interrupt(.begin)
        try store.begin()
    }

    func apply(_ commit: Commit) throws(StoreError) {
        try faults.interrupt(.apply)
        var commit = commit
        plant?.spoil(&commit)
        try store.apply(commit)
    }

    func commit() throws(StoreError) {
        try faults.interrupt(.commit)
        try store.commit()
        try faults.interrupt(.committed)
    }

    func rollback() { store.rollback() }

    func logHead() throws(StoreError) -> LogHead { try store.logHead() }
    func highestIDs() throws(StoreError) -> IDCounters { try store.highestIDs() }
    func unpublished(limit: Int) throws(StoreError) -> [EventRecord] { try store.unpublished(limit: limit) }
    func markPublished() throws(StoreError) { try store.markPublished() }
    func beginEpoch() throws(StoreError) -> Int64 { try store.beginEpoch() }
    func ticket(_ id: TicketID) throws(StoreError) -> Ticket? { try store.ticket(id) }
    func view(_ id: ViewID) throws(StoreError) -> View? { try store.view(id) }
    func views() throws(StoreError) -> [View] { try store.views() }
    func macro(_ id: MacroID) throws(StoreError) -> Macro? { try store.macro(id) }
    func macros() throws(StoreError) -> [Macro] { try store.macros() }
    func groups(of user: UserID) throws(StoreError) -> [GroupID] { try store.groups(of: user) }
    func attachment(_ id: AttachmentID) throws(StoreError) -> Attachment? { try store.attachment(id) }
    func looseAttachments(of uploader: String, limit: Int) throws(StoreError) -> [Attachment] {
        try store.looseAttachments(of: uploader, limit: limit)
    }
    func looseAttachments(before instant: Timestamp, limit: Int) throws(StoreError) -> [Attachment] {
        try store.looseAttachments(before: instant, limit: limit)
    }
    func isShared(_ attachment: Attachment) throws(StoreError) -> Bool { try store.isShared(attachment) }
    func user(_ id: UserID) throws(StoreError) -> User? { try store.user(id) }
    func user(by member: UserKey, _ value: String) throws(StoreError) -> User? { try store.user(by: member, value) }
    func organization(_ id: OrganizationID) throws(StoreError) -> Organization? { try store.organization(id) }
    func group(_ id: GroupID) throws(StoreError) -> Group? { try store.group(id) }
    func group(by member: GroupKey, _ value: String) throws(StoreError) -> Group? { try store.group(by: member, value) }
    func groups() throws(StoreError) -> [Group] { try store.groups() }
    func deskRoles() throws(StoreError) -> [RoleDefinition] { try store.deskRoles() }
    func erasures() throws(StoreError) -> [Erasure] { try store.erasures() }
    func tickets(of requester: UserID, after: Int64, limit: Int) throws(StoreError) -> [TicketID] {
        try store.tickets(of: requester, after: after, limit: limit)
    }
    func messages(of author: UserID, after: Int64, limit: Int) throws(StoreError) -> OwnPage<MessageID> {
        try store.messages(of: author, after: after, limit: limit)
    }
    func feedback(of user: UserID, after: Int64, limit: Int) throws(StoreError) -> OwnPage<FeedbackID> {
        try store.feedback(of: user, after: after, limit: limit)
    }
    func receipt(identity: String, method: String, key: String) throws(StoreError) -> Receipt? {
        try store.receipt(identity: identity, method: method, key: key)
    }
    func importMark(source: String, externalID: String) throws(StoreError) -> ImportMark? {
        try store.importMark(source: source, externalID: externalID)
    }
    func policy(_ id: PolicyID) throws(StoreError) -> StoredPolicy? { try store.policy(id) }
    func policyVersions() throws(StoreError) -> [StoredPolicy] { try store.policyVersions() }
    func calendar(_ id: CalendarID) throws(StoreError) -> StoredCalendar? { try store.calendar(id) }
    func calendarVersions() throws(StoreError) -> [StoredCalendar] { try store.calendarVersions() }
    func pendingEdits() throws(StoreError) -> [PendingEdit] { try store.pendingEdits() }
    func openTickets(after: TicketID, span: Int64, limit: Int) throws(StoreError) -> OpenTickets {
        try store.openTickets(after: after, span: span, limit: limit)
    }
    func consumers() throws(StoreError) -> [ConsumerRecord] { try store.consumers() }
    func parked(_ query: ParkedQuery) throws(StoreError) -> [ParkedEvent] { try store.parked(query) }
    func event(_ seq: Int64) throws(StoreError) -> EventRecord? { try store.event(seq) }
    func lastSeq(before instant: Timestamp, in part: ClosedRange<Int64>) throws(StoreError) -> Int64 {
        try store.lastSeq(before: instant, in: part)
    }
    func sweepEvents(limit: Int) throws(StoreError) -> Int { try store.sweepEvents(limit: limit) }
    func message(_ id: MessageID) throws(StoreError) -> Message? { try store.message(id) }
    func messageIDs(of ticket: TicketID, from first: MessageID, limit: Int) throws(StoreError) -> [MessageID] {
        try store.messageIDs(of: ticket, from: first, limit: limit)
    }
    func links(of ticket: TicketID) throws(StoreError) -> [TicketLink] { try store.links(of: ticket) }
    func merge(of source: TicketID) throws(StoreError) -> TicketMerge? { try store.merge(of: source) }
    func deskRules() throws(StoreError) -> DeskRules { try store.deskRules() }
    func deskKeys() throws(StoreError) -> [DeskKey] { try store.deskKeys() }
    func identityUsers() throws(StoreError) -> [String: UserID] { try store.identityUsers() }
    func ticketsDue(by instant: Timestamp, limit: Int) throws(StoreError) -> [TicketID] {
        try store.ticketsDue(by: instant, limit: limit)
    }
    func nextInstant() throws(StoreError) -> Timestamp? { try store.nextInstant() }
    func forgetReceipts(before instant: Timestamp, limit: Int) throws(StoreError) -> Int {
        try store.forgetReceipts(before: instant, limit: limit)
    }
}

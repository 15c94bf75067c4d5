import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// The writer's connection. Every commit is on disk when `commit` returns: WAL with `synchronous = FULL`.
final class SQLiteWriter: StoreWriter {
    private let db: Connection
    /// The last position of each stream, the open transaction's included, and as it was before it.
    private var heads: [EventStream: Int64] = [:]
    private var committedHeads: [EventStream: Int64] = [:]
    var publishedSeq: Int64 = 0

    init(path: String) throws(StoreError) {
        db = try Connection(path: path, isWriter: true)
        guard try setting("synchronous") == "2" else {
            throw .failed("SQLite does not take synchronous = FULL; commits would not be durable")
        }
        let head = try LogHeadRow.read(db)
        for stream in EventStream.allCases where head.streams[stream.index] > 0 { heads[stream] = head.streams[stream.index] }
        committedHeads = heads
        publishedSeq = try db.statement("SELECT published FROM log").first { $0.int(0) } ?? 0
    }

    /// What SQLite says of one of its settings on this connection.
    func setting(_ name: String) throws(StoreError) -> String? {
        try db.statement(composed: "PRAGMA \(name)").first { $0.text(0) }
    }

    func begin() throws(StoreError) { try db.statement("BEGIN IMMEDIATE").run() }

    func commit() throws(StoreError) {
        if heads != committedHeads { try LogHeadRow.write(heads, published: publishedSeq, db) }
        try db.statement("COMMIT").run()
        committedHeads = heads
    }

    func rollback() {
        try? db.statement("ROLLBACK").run()
        heads = committedHeads
    }

    func apply(_ commit: Commit) throws(StoreError) {
        for user in commit.users { try UserRow.write(user, db) }
        for organization in commit.organizations { try OrganizationRow.write(organization, db) }
        for group in commit.groups { try GroupRow.write(group, db) }
        for calendar in commit.calendars { try CalendarRow.write(calendar, db) }
        for policy in commit.policies { try PolicyRow.write(policy, db) }
        for edit in commit.pendingEdits { try SLAEditRow.write(edit, db) }
        for number in commit.finishedEdits { try SLAEditRow.delete(number, db) }
        for ticket in commit.tickets { try TicketRow.write(ticket, db) }
        for attachment in commit.attachments { try AttachmentRow.write(attachment, db) }
        for view in commit.views { try ViewRow.write(view, db) }
        for id in commit.deletedViews { try ViewRow.delete(id, db) }
        for macro in commit.macros { try MacroRow.write(macro, db) }
        for id in commit.deletedMacros { try MacroRow.delete(id, db) }
        for id in commit.removedAttachments { try AttachmentRow.remove(id, db) }
        for message in commit.messages { try MessageRow.write(message, db) }
        try TicketWorkRows.write(commit, db)
        try DeskRows.write(commit, db)
        for feedback in commit.feedback { try FeedbackRow.write(feedback, db) }
        for consumer in commit.consumers { try ConsumerRow.write(consumer, db) }
        for name in commit.deletedConsumers { try ConsumerRow.delete(name, db) }
        for event in commit.parked { try ParkedRow.write(event, db) }
        for event in commit.unparked { try ParkedRow.delete(event, db) }
        if let seq = commit.firstSeq { try LogEnds.begin(at: seq, db) }
        for key in commit.keys { try KeyRows.write(key, db) }
        for key in commit.forgottenKeys { try KeyRows.forget(key, db) }
        for role in commit.deskRoles { try DeskRoleRow.write(role, db) }
        for id in commit.erasedMessages { try ErasureRows.erase(message: id, db) }
        for id in commit.erasedFeedback { try ErasureRows.erase(feedback: id, db) }
        for erasure in commit.erasures { try ErasureRows.write(erasure, db) }
        for user in commit.endedErasures { try ErasureRows.delete(user, db) }
        for mark in commit.importMarks { try BookkeepingRows.write(mark, db) }
        for event in commit.events {
            try EventRow.write(event, db)
            heads[event.name.stream] = event.seq
        }
        if let receipt = commit.receipt { try BookkeepingRows.write(receipt, db) }
    }

    func unpublished(limit: Int) throws(StoreError) -> [EventRecord] {
        let last = try db.statement(
            """
            SELECT seq, prev, type, subject, ticket_id, recorded, body FROM event
            WHERE seq > (SELECT published FROM log) ORDER BY seq DESC LIMIT ?1
            """
        ).bind(Int64(limit)).all(EventRow.read)
        return last.reversed()
    }

    func markPublished() throws(StoreError) {
        try db.statement("UPDATE log SET published = seq WHERE published < seq").run()
    }

    func beginEpoch() throws(StoreError) -> Int64 {
        try db.statement("UPDATE log SET epoch = epoch + 1").run()
        return try db.statement("SELECT epoch FROM log").first { $0.int(0) } ?? 1
    }

    func logHead() throws(StoreError) -> LogHead { try LogHeadRow.read(db) }

    func highestIDs() throws(StoreError) -> IDCounters {
        var ids = IDCounters()
        func highest(_ table: StaticString) throws(StoreError) -> Int64 {
            try db.statement(composed: "SELECT coalesce(max(id), 0) FROM \(table)").first { $0.int(0) } ?? 0
        }
        ids.ticket = try highest("ticket")
        ids.message = try highest("message")
        ids.user = try highest("user")
        ids.organization = try highest("organization")
        ids.group = try highest("team")
        ids.policy = try highest("policy")
        ids.calendar = try highest("calendar")
        ids.feedback = try highest("feedback")
        ids.attachment = try highest("attachment")
        ids.view = try highest("view")
        ids.macro = try highest("macro")
        return ids
    }

    func ticket(_ id: TicketID) throws(StoreError) -> Ticket? { try Lookups.ticket(id, db) }
    func user(_ id: UserID) throws(StoreError) -> User? { try Lookups.user(id, db) }
    func organization(_ id: OrganizationID) throws(StoreError) -> Organization? { try Lookups.organization(id, db) }
    func group(_ id: GroupID) throws(StoreError) -> Group? { try Lookups.group(id, db) }

    func view(_ id: ViewID) throws(StoreError) -> View? { try ViewRow.find(id, db) }
    func views() throws(StoreError) -> [View] { try ViewRow.all(db) }
    func macro(_ id: MacroID) throws(StoreError) -> Macro? { try MacroRow.find(id, db) }
    func macros() throws(StoreError) -> [Macro] { try MacroRow.all(db) }
    func groups(of user: UserID) throws(StoreError) -> [GroupID] {
        // A desk has few groups; an index of members would cost more than it saves.
        try db.statement(composed: "SELECT \(GroupRow.columns) FROM team ORDER BY id").all(GroupRow.read)
            .filter { $0.lead == user || $0.members.contains(user) }.map(\.id)
    }

    func attachment(_ id: AttachmentID) throws(StoreError) -> Attachment? { try AttachmentRow.find(id, db) }
    func looseAttachments(of uploader: String, limit: Int) throws(StoreError) -> [Attachment] {
        try AttachmentRow.loose(of: uploader, limit: limit, db)
    }
    func looseAttachments(before instant: Timestamp, limit: Int) throws(StoreError) -> [Attachment] {
        try AttachmentRow.loose(before: instant, limit: limit, db)
    }
    func isShared(_ attachment: Attachment) throws(StoreError) -> Bool { try AttachmentRow.isShared(attachment, db) }

    func deskRoles() throws(StoreError) -> [RoleDefinition] { try DeskRoleRow.all(db) }
    func erasures() throws(StoreError) -> [Erasure] { try ErasureRows.all(db) }
    func tickets(of requester: UserID, after: Int64, limit: Int) throws(StoreError) -> [TicketID] {
        try OwnRows.tickets(of: requester, after: after, limit: limit, db)
    }
    func messages(of author: UserID, after: Int64, limit: Int) throws(StoreError) -> OwnPage<MessageID> {
        try OwnRows.messages(of: author, after: after, limit: limit, db)
    }
    func feedback(of user: UserID, after: Int64, limit: Int) throws(StoreError) -> OwnPage<FeedbackID> {
        try OwnRows.feedback(of: user, after: after, limit: limit, db)
    }

    func groups() throws(StoreError) -> [Group] {
        try db.statement(composed: "SELECT \(GroupRow.columns) FROM team ORDER BY id").all(GroupRow.read)
    }

    func user(by member: UserKey, _ value: String) throws(StoreError) -> User? {
        let statement: Statement
        switch member {
        case .email: statement = try db.statement(Lookups.userByEmail)
        case .identity: statement = try db.statement(Lookups.userByIdentity)
        case .externalID: statement = try db.statement(Lookups.userByExternalID)
        }
        return try statement.bind(value).first(UserRow.read)
    }

    func group(by member: GroupKey, _ value: String) throws(StoreError) -> Group? {
        let statement: Statement
        switch member {
        case .name: statement = try db.statement(Lookups.groupByName)
        case .externalID: statement = try db.statement(Lookups.groupByExternalID)
        }
        return try statement.bind(value).first(GroupRow.read)
    }

    func receipt(identity: String, method: String, key: String) throws(StoreError) -> Receipt? {
        try BookkeepingRows.receipt(identity: identity, method: method, key: key, db)
    }

    func importMark(source: String, externalID: String) throws(StoreError) -> ImportMark? {
        try db.statement("SELECT ticket_id, position, at FROM import_mark WHERE source = ?1 AND external_id = ?2")
            .bind(source).bind(externalID)
            .first { (row) throws(StoreError) in
                ImportMark(source: source, externalID: externalID, ticket: row.id(0), position: row.int(1), at: row.time(2))
            }
    }

    func policy(_ id: PolicyID) throws(StoreError) -> StoredPolicy? { try PolicyRow.find(id, version: nil, db) }
    func policyVersions() throws(StoreError) -> [StoredPolicy] { try PolicyRow.all(db) }
    func calendar(_ id: CalendarID) throws(StoreError) -> StoredCalendar? { try CalendarRow.find(id, version: nil, db) }
    func calendarVersions() throws(StoreError) -> [StoredCalendar] { try CalendarRow.all(db) }
    func pendingEdits() throws(StoreError) -> [PendingEdit] { try SLAEditRow.all(db) }
    func openTickets(after: TicketID, span: Int64, limit: Int) throws(StoreError) -> OpenTickets {
        try SLAEditRow.openTickets(after: after, span: span, limit: limit, db)
    }

    func consumers() throws(StoreError) -> [ConsumerRecord] { try ConsumerRow.all(db) }
    func parked(_ query: ParkedQuery) throws(StoreError) -> [ParkedEvent] { try ParkedRow.find(query, db) }
    func event(_ seq: Int64) throws(StoreError) -> EventRecord? { try LogEnds.event(seq, db) }
    func lastSeq(before instant: Timestamp, in part: ClosedRange<Int64>) throws(StoreError) -> Int64 {
        try LogEnds.lastSeq(before: instant, in: part, db)
    }
    func sweepEvents(limit: Int) throws(StoreError) -> Int { try LogEnds.sweep(limit: limit, db) }

    func message(_ id: MessageID) throws(StoreError) -> Message? { try MessageRow.find(id, db) }
    func messageIDs(of ticket: TicketID, from first: MessageID, limit: Int) throws(StoreError) -> [MessageID] {
        try MessageRow.ids(of: ticket, from: first, limit: limit, db)
    }
    func links(of ticket: TicketID) throws(StoreError) -> [TicketLink] { try LinkRow.find(ticket, db) }
    func merge(of source: TicketID) throws(StoreError) -> TicketMerge? { try MergeRow.find(source, db) }
    func deskRules() throws(StoreError) -> DeskRules { try DeskRows.read(db) }

    func deskKeys() throws(StoreError) -> [DeskKey] { try KeyRows.all(db) }

    func identityUsers() throws(StoreError) -> [String: UserID] {
        let pairs = try db.statement("SELECT identity, id FROM user WHERE identity IS NOT NULL AND active")
            .all { (row) throws(StoreError) in (row.text(0), UserID(rawValue: row.int(1))) }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    func ticketsDue(by instant: Timestamp, limit: Int) throws(StoreError) -> [TicketID] {
        try db.statement("SELECT id FROM ticket WHERE next_at <= ?1 ORDER BY next_at LIMIT ?2")
            .bind(instant).bind(Int64(limit)).all { (row) throws(StoreError) in TicketID(rawValue: row.int(0)) }
    }

    func nextInstant() throws(StoreError) -> Timestamp? {
        try db.statement("SELECT next_at FROM ticket WHERE next_at IS NOT NULL ORDER BY next_at LIMIT 1").first { $0.time(0) }
    }

    func forgetReceipts(before instant: Timestamp, limit: Int) throws(StoreError) -> Int {
        // Receipts are numbered in order of time, so the oldest are found without an index on it.
        try db.statement(
            "DELETE FROM receipt WHERE id IN (SELECT id FROM (SELECT id, at FROM receipt ORDER BY id LIMIT ?2) WHERE at < ?1)"
        ).bind(instant).bind(Int64(limit)).run()
        return db.changes
    }
}

/// The end of the log as it is kept: once for each transaction that adds events.
enum LogHeadRow {
    /// - Parameter last: what was read before; where nothing was added since, the ends of the streams are taken from it.
    static func read(_ db: Connection, after last: LogHead? = nil) throws(StoreError) -> LogHead {
        let head = try db.statement("SELECT log_id, epoch, seq, heads, first_seq FROM log").first { (row) throws(StoreError) in
            if let last, last.seq == row.int(2), last.epoch == row.int(1) {
                return LogHead(
                    logID: last.logID, epoch: last.epoch, seq: last.seq, streams: last.streams, firstSeq: row.int(4))
            }
            let heads = try row.json(3)
            return LogHead(
                logID: row.text(0), epoch: row.int(1), seq: row.int(2),
                streams: EventStream.allCases.map { heads[$0.rawValue]?.int ?? 0 }, firstSeq: row.int(4))
        }
        guard let head else { throw .corrupt("the table log is empty") }
        return head
    }

    static func write(_ heads: [EventStream: Int64], published: Int64, _ db: Connection) throws(StoreError) {
        let members = EventStream.allCases.compactMap { stream in heads[stream].map { (stream.rawValue, JSON.int($0)) } }
        try db.statement("UPDATE log SET seq = ?1, heads = ?2, published = ?3").bind(heads.values.max() ?? 0)
            .bind(JSON.object(JSONObject(members)).text).bind(published).run()
    }
}

/// Looks that writer and readers share.
enum Lookups {
    static let userByEmail: StaticString = """
        SELECT id, version, name, email, roles, organization_id, language, zone, identity, external_id, active, created_at, \
        updated_at, work FROM user WHERE email = ?1
        """
    static let userByIdentity: StaticString = """
        SELECT id, version, name, email, roles, organization_id, language, zone, identity, external_id, active, created_at, \
        updated_at, work FROM user WHERE identity = ?1
        """
    static let userByExternalID: StaticString = """
        SELECT id, version, name, email, roles, organization_id, language, zone, identity, external_id, active, created_at, \
        updated_at, work FROM user WHERE external_id = ?1
        """
    static let groupByName: StaticString =
        "SELECT id, version, name, lead_id, members, external_id, created_at, updated_at FROM team WHERE name = ?1"
    static let groupByExternalID: StaticString =
        "SELECT id, version, name, lead_id, members, external_id, created_at, updated_at FROM team WHERE external_id = ?1"

    static func ticket(_ id: TicketID, _ db: Connection) throws(StoreError) -> Ticket? {
        try db.statement(
            """
            SELECT id, version, subject, status, status_reason, wake_at, priority, type, channel, requester_id, organization_id,
                group_id, assignee_id, fields, external_id, created_at, updated_at, solved_at, closed_at, imported_at, targets,
                custom_status, tier, tags, followers, claimed_by, claimed_until, bounces, merged_into, deleted_at, touched_at,
                watch_at, stuck_at, visited, links
            FROM ticket WHERE id = ?1
            """
        ).bind(id.rawValue).first(TicketRow.read)
    }

    static func user(_ id: UserID, _ db: Connection) throws(StoreError) -> User? {
        try db.statement(
            """
            SELECT id, version, name, email, roles, organization_id, language, zone, identity, external_id, active, created_at,
                updated_at, work FROM user WHERE id = ?1
            """
        ).bind(id.rawValue).first(UserRow.read)
    }

    static func organization(_ id: OrganizationID, _ db: Connection) throws(StoreError) -> Organization? {
        try db.statement("SELECT id, version, name, external_id, created_at, updated_at FROM organization WHERE id = ?1")
            .bind(id.rawValue).first(OrganizationRow.read)
    }

    static func group(_ id: GroupID, _ db: Connection) throws(StoreError) -> Group? {
        try db.statement(
            "SELECT id, version, name, lead_id, members, external_id, created_at, updated_at FROM team WHERE id = ?1"
        ).bind(id.rawValue).first(GroupRow.read)
    }
}

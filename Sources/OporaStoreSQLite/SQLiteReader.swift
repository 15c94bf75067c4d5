import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// A reader's connection, on the thread of that reader.
final class SQLiteReader: StoreReader {
    /// Positions that one look for events goes through, so that a filter which matches little holds no view for long.
    private static let span: Int64 = 20_000

    private let db: Connection
    private let path: String
    /// The end of the log as the last view saw it.
    private var lastHead: LogHead?

    init(path: String) throws(StoreError) {
        self.path = path
        db = try Connection(path: path, isWriter: false)
    }

    func beginView() throws(StoreError) -> LogHead {
        try db.statement("BEGIN").run()
        do throws(StoreError) {
            let head = try LogHeadRow.read(db, after: lastHead)
            lastHead = head
            return head
        } catch {
            endView()
            throw error
        }
    }

    func endView() { try? db.statement("COMMIT").run() }

    func ticket(_ id: TicketID) throws(StoreError) -> Ticket? { try Lookups.ticket(id, db) }
    func user(_ id: UserID) throws(StoreError) -> User? { try Lookups.user(id, db) }
    func organization(_ id: OrganizationID) throws(StoreError) -> Organization? { try Lookups.organization(id, db) }
    func group(_ id: GroupID) throws(StoreError) -> Group? { try Lookups.group(id, db) }

    func tickets(_ query: TicketQuery) throws(StoreError) -> TicketPage { try TicketListing(query, db).page() }
    func count(_ query: TicketQuery) throws(StoreError) -> TicketCount { try TicketListing(query, db).count() }

    func stuckTickets(
        after place: TicketQuery.Place?, within limits: [Sight.Limit], limit: Int
    ) throws(StoreError) -> [Ticket] {
        var sql = ComposedQuery("SELECT \(TicketRow.columns) FROM ticket")
        for limit in limits { sql.within(limit) }
        sql.stuck(after: place)
        return try sql.statement(db, limit: limit).all(TicketRow.read)
    }

    func links(of ticket: TicketID) throws(StoreError) -> [TicketLink] { try LinkRow.find(ticket, db) }

    func message(_ id: MessageID) throws(StoreError) -> Message? {
        try MessageRow.find(id, db)
    }

    func messages(of ticket: TicketID, visibility: Visibility?, after: Int64, limit: Int) throws(StoreError) -> [Message] {
        var sql = ComposedQuery("SELECT \(MessageRow.columns) FROM message")
        sql.equal("ticket_id", ticket.rawValue)
        sql.equal("visibility", visibility?.rawValue)
        sql.after(after)
        return try sql.statement(db, limit: limit).all(MessageRow.reader(db))
    }

    func users(_ query: PeopleQuery) throws(StoreError) -> [User] {
        var sql = ComposedQuery("SELECT \(UserRow.columns) FROM user")
        sql.equal("email", query.email)
        sql.equal("identity", query.identity)
        sql.equal("external_id", query.externalID)
        sql.equal("organization_id", query.organization?.rawValue)
        if let role = query.role { sql.like("roles", "%,\(role.rawValue),%") }
        if let role = query.deskRole { sql.like("roles", "%,\(role):%") }
        sql.after(query.after)
        return try sql.statement(db, limit: query.limit).all(UserRow.read)
    }

    func organizations(_ query: PeopleQuery) throws(StoreError) -> [Organization] {
        var sql = ComposedQuery("SELECT \(OrganizationRow.columns) FROM organization")
        sql.equal("name", query.name)
        sql.equal("external_id", query.externalID)
        sql.after(query.after)
        return try sql.statement(db, limit: query.limit).all(OrganizationRow.read)
    }

    func groups(_ query: PeopleQuery) throws(StoreError) -> [Group] {
        var sql = ComposedQuery("SELECT \(GroupRow.columns) FROM team")
        sql.equal("name", query.name)
        sql.equal("external_id", query.externalID)
        sql.after(query.after)
        return try sql.statement(db, limit: query.limit).all(GroupRow.read)
    }

    func policy(_ id: PolicyID, version: Int64?) throws(StoreError) -> StoredPolicy? {
        try PolicyRow.find(id, version: version, db)
    }

    func versions(of id: PolicyID, after: Int64, limit: Int) throws(StoreError) -> [StoredPolicy] {
        try PolicyRow.versions(id, after: after, limit: limit, db)
    }

    func policies(after: Int64, limit: Int) throws(StoreError) -> [StoredPolicy] {
        var sql = ComposedQuery("SELECT \(PolicyRow.columns) FROM policy")
        sql.after(after)
        return try sql.statement(db, limit: limit).all(PolicyRow.read)
    }

    func calendar(_ id: CalendarID, version: Int64?) throws(StoreError) -> StoredCalendar? {
        try CalendarRow.find(id, version: version, db)
    }

    func versions(of id: CalendarID, after: Int64, limit: Int) throws(StoreError) -> [StoredCalendar] {
        try CalendarRow.versions(id, after: after, limit: limit, db)
    }

    func openTickets(after: TicketID, span: Int64, limit: Int) throws(StoreError) -> OpenTickets {
        try SLAEditRow.openTickets(after: after, span: span, limit: limit, db)
    }

    func calendars(after: Int64, limit: Int) throws(StoreError) -> [StoredCalendar] {
        var sql = ComposedQuery("SELECT \(CalendarRow.columns) FROM calendar")
        sql.after(after)
        return try sql.statement(db, limit: limit).all(CalendarRow.read)
    }

    func view(_ id: ViewID) throws(StoreError) -> View? { try ViewRow.find(id, db) }
    func views() throws(StoreError) -> [View] { try ViewRow.all(db) }
    func macro(_ id: MacroID) throws(StoreError) -> Macro? { try MacroRow.find(id, db) }
    func macros() throws(StoreError) -> [Macro] { try MacroRow.all(db) }

    func attachment(_ id: AttachmentID) throws(StoreError) -> Attachment? { try AttachmentRow.find(id, db) }

    func receipt(identity: String, method: String, key: String) throws(StoreError) -> Receipt? {
        try BookkeepingRows.receipt(identity: identity, method: method, key: key, db)
    }

    func feedback(_ id: FeedbackID) throws(StoreError) -> Feedback? {
        try db.statement(composed: "SELECT \(FeedbackRow.columns) FROM feedback WHERE id = ?1").bind(id.rawValue)
            .first(FeedbackRow.read)
    }

    func events(_ query: EventQuery) throws(StoreError) -> EventPage {
        let ticket = query.subject.flatMap { $0.hasPrefix("ticket/") ? TicketID($0.dropFirst(7)) : nil }
        let statement: Statement
        let end: Int64
        if let ticket {
            end = .max
            statement = try db.statement(
                """
                SELECT seq, prev, type, subject, ticket_id, recorded, body FROM event
                WHERE ticket_id = ?1 AND seq > ?2 ORDER BY seq
                """
            ).bind(ticket.rawValue).bind(query.after)
        } else {
            end = query.after + Self.span
            statement = try db.statement(
                """
                SELECT seq, prev, type, subject, ticket_id, recorded, body FROM event WHERE seq > ?1 AND seq <= ?2 ORDER BY seq
                """
            ).bind(query.after).bind(end)
        }
        return try page(statement, query, isTicket: ticket != nil, end: end)
    }

    private func page(_ statement: Statement, _ query: EventQuery, isTicket: Bool, end: Int64) throws(StoreError) -> EventPage {
        let streams = Set(query.streams)
        let types = Set(query.types)
        var page = EventPage(events: [], reached: query.after, isComplete: false)
        var bytes = 0
        func isWanted(_ row: Statement) throws(StoreError) -> Bool {
            let name = try row.eventName(2)
            return (streams.isEmpty || streams.contains(name.stream)) && (types.isEmpty || types.contains(name))
                && (isTicket || query.subject == nil || row.text(3) == query.subject)
        }
        defer { statement.reset() }
        // Most readers take everything: then no name is looked at twice.
        let wantsAll = streams.isEmpty && types.isEmpty && (isTicket || query.subject == nil)
        while try statement.next() {
            if wantsAll ? true : try isWanted(statement) {
                let event = try EventRow.read(statement)
                bytes += event.body.count
                if page.events.count == query.limit || (bytes > query.bytes && !page.events.isEmpty) {
                    return page
                }
                page.events.append(event)
            }
            page.reached = statement.int(0)
        }
        page.isComplete = page.reached < end
        return page
    }

    func tickets(of requester: UserID, after: Int64, limit: Int) throws(StoreError) -> [TicketID] {
        try OwnRows.tickets(of: requester, after: after, limit: limit, db)
    }
    func messages(of author: UserID, after: Int64, limit: Int) throws(StoreError) -> OwnPage<MessageID> {
        try OwnRows.messages(of: author, after: after, limit: limit, db)
    }
    func feedback(of user: UserID, after: Int64, limit: Int) throws(StoreError) -> OwnPage<FeedbackID> {
        try OwnRows.feedback(of: user, after: after, limit: limit, db)
    }
    func audit(_ query: AuditQuery) throws(StoreError) -> EventPage { try AuditRows.find(query, db) }
    func lastSeq(before instant: Timestamp, in part: ClosedRange<Int64>) throws(StoreError) -> Int64 {
        try LogEnds.lastSeq(before: instant, in: part, db)
    }
    func openTickets(of users: [UserID]) throws(StoreError) -> [UserID: Int] { try AssignedTickets.count(of: users, db) }

    func event(_ seq: Int64) throws(StoreError) -> EventRecord? { try LogEnds.event(seq, db) }
    func parked(_ query: ParkedQuery) throws(StoreError) -> [ParkedEvent] { try ParkedRow.find(query, db) }
    func snapshot(isCancelled: @escaping @Sendable () -> Bool) throws(StoreError) -> String {
        try SnapshotFile.write(of: path, isCancelled: isCancelled)
    }

    func searchDocuments(_ part: SearchPart) throws(StoreError) -> [SearchDocument] { try SearchRows.documents(part, db) }
    func searchEnds() throws(StoreError) -> (ticket: Int64, message: Int64) { try SearchRows.ends(db) }

    func unsolvedTickets() throws(StoreError) -> Int64 {
        try db.statement("SELECT count(*) FROM ticket WHERE status NOT IN ('solved', 'closed')").first { $0.int(0) } ?? 0
    }
}

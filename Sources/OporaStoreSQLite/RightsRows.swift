import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Roles of the desk's own as rows.
enum DeskRoleRow {
    static func all(_ db: Connection) throws(StoreError) -> [RoleDefinition] {
        try db.statement(
            "SELECT name, version, base, methods, deny, tickets, internal, created_at, updated_at FROM desk_role ORDER BY name"
        ).all { (row) throws(StoreError) in
            RoleDefinition(
                role: DeskRole(name: row.text(0), base: try row.word(2)), version: row.int(1), methods: words(row.text(3)),
                deny: words(row.text(4)), tickets: try row.word(5), seesInternal: row.int(6) != 0, createdAt: row.time(7),
                updatedAt: row.time(8))
        }
    }

    static func write(_ role: RoleDefinition, _ db: Connection) throws(StoreError) {
        try db.statement(
            """
            INSERT OR REPLACE INTO desk_role(name, version, base, methods, deny, tickets, internal, created_at, updated_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """
        ).bind(role.role.name).bind(role.version).bind(role.role.base.rawValue).bind(role.methods.joined(separator: " "))
            .bind(role.deny.joined(separator: " ")).bind(role.tickets.rawValue).bind(role.seesInternal ? 1 : 0)
            .bind(role.createdAt).bind(role.updatedAt).run()
    }

    private static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
}

/// People who are being forgotten, and what of theirs is replaced.
enum ErasureRows {
    static func all(_ db: Connection) throws(StoreError) -> [Erasure] {
        try db.statement("SELECT user_id, subjects, part, after FROM erasure ORDER BY user_id").all { (row) throws(StoreError) in
            guard let part = Erasure.Part(rawValue: row.int(2)) else { throw .corrupt("an erasure has the part \(row.int(2))") }
            return Erasure(user: row.id(0), subjects: row.int(1) != 0, part: part, after: row.int(3))
        }
    }

    static func write(_ erasure: Erasure, _ db: Connection) throws(StoreError) {
        try db.statement("INSERT OR REPLACE INTO erasure(user_id, subjects, part, after) VALUES (?1, ?2, ?3, ?4)")
            .bind(erasure.user.rawValue).bind(erasure.subjects ? 1 : 0).bind(erasure.part.rawValue).bind(erasure.after).run()
    }

    static func delete(_ user: UserID, _ db: Connection) throws(StoreError) {
        try db.statement("DELETE FROM erasure WHERE user_id = ?1").bind(user.rawValue).run()
    }

    static func erase(message id: MessageID, _ db: Connection) throws(StoreError) {
        try db.statement("UPDATE message SET text = ?2 WHERE id = ?1").bind(id.rawValue).bind(Erasure.marker).run()
    }

    static func erase(feedback id: FeedbackID, _ db: Connection) throws(StoreError) {
        try db.statement("UPDATE feedback SET comment = NULL WHERE id = ?1").bind(id.rawValue).run()
    }
}

/// What belongs to one person, found without an index that every command would pay for: a look goes through so many ids at a time.
enum OwnRows {
    static func tickets(of user: UserID, after: Int64, limit: Int, _ db: Connection) throws(StoreError) -> [TicketID] {
        try db.statement("SELECT id FROM ticket WHERE requester_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3")
            .bind(user.rawValue).bind(after).bind(Int64(limit))
            .all { (row) throws(StoreError) in TicketID(rawValue: row.int(0)) }
    }

    static func messages(of user: UserID, after: Int64, limit: Int, _ db: Connection) throws(StoreError) -> OwnPage<MessageID> {
        let end = try db.statement("SELECT coalesce(max(id), 0) FROM message").first { $0.int(0) } ?? 0
        let found = try db.statement(
            "SELECT id FROM message WHERE id > ?2 AND id <= ?3 AND author_id = ?1 ORDER BY id LIMIT ?4"
        ).bind(user.rawValue).bind(after).bind(after + Limits.lookSpan).bind(Int64(limit))
            .all { (row) throws(StoreError) in MessageID(rawValue: row.int(0)) }
        return page(found, after: after, limit: limit, end: end)
    }

    static func feedback(of user: UserID, after: Int64, limit: Int, _ db: Connection) throws(StoreError) -> OwnPage<FeedbackID> {
        let end = try db.statement("SELECT coalesce(max(id), 0) FROM feedback").first { $0.int(0) } ?? 0
        let found = try db.statement(
            "SELECT id FROM feedback WHERE id > ?2 AND id <= ?3 AND user_id = ?1 ORDER BY id LIMIT ?4"
        ).bind(user.rawValue).bind(after).bind(after + Limits.lookSpan).bind(Int64(limit))
            .all { (row) throws(StoreError) in FeedbackID(rawValue: row.int(0)) }
        return page(found, after: after, limit: limit, end: end)
    }

    private static func page<T: EntityID>(_ found: [T], after: Int64, limit: Int, end: Int64) -> OwnPage<T> {
        let reached = found.count == limit ? found.last?.rawValue ?? after : min(end, after + Limits.lookSpan)
        return OwnPage(items: found, reached: max(reached, after), isComplete: reached >= end)
    }
}

/// The log backwards, for audits.
enum AuditRows {
    static func find(_ query: AuditQuery, _ db: Connection) throws(StoreError) -> EventPage {
        let lowest: Int64
        let statement: Statement
        if let ticket = query.ticket {
            lowest = query.from
            statement = try db.statement(
                """
                SELECT seq, prev, type, subject, ticket_id, recorded, body FROM event
                WHERE ticket_id = ?1 AND seq < ?2 AND seq >= ?3 ORDER BY seq DESC
                """
            ).bind(ticket.rawValue).bind(query.before).bind(lowest)
        } else {
            let newest = try db.statement("SELECT seq FROM log").first { $0.int(0) } ?? 0
            lowest = max(query.from, min(query.before, newest + 1) - Limits.lookSpan)
            statement = try db.statement(
                """
                SELECT seq, prev, type, subject, ticket_id, recorded, body FROM event WHERE seq < ?1 AND seq >= ?2
                ORDER BY seq DESC
                """
            ).bind(query.before).bind(lowest)
        }
        defer { statement.reset() }
        var page = EventPage(events: [], reached: query.before, isComplete: false)
        var bytes = 0
        while try statement.next() {
            let event = try EventRow.read(statement)
            if isWanted(event, query) {
                bytes += event.body.count
                if page.events.count == query.limit || bytes > Limits.answerEventBytes && !page.events.isEmpty { return page }
                page.events.append(event)
            }
            page.reached = event.seq
        }
        page.isComplete = lowest <= query.from
        if !page.isComplete { page.reached = lowest }
        return page
    }

    private static func isWanted(_ event: EventRecord, _ query: AuditQuery) -> Bool {
        guard query.types.isEmpty || query.types.contains(event.name) else { return false }
        guard query.actor != nil || query.via != nil else { return true }
        guard let body = try? JSONParser.parse(event.body) else { return false }
        return (query.actor == nil || body["actor"]?.string == query.actor)
            && (query.via == nil || body["via"]?.string == query.via)
    }
}

/// How many unsolved tickets people have.
enum AssignedTickets {
    static func count(of users: [UserID], _ db: Connection) throws(StoreError) -> [UserID: Int] {
        var counts: [UserID: Int] = [:]
        for user in users {
            counts[user] = try db.statement(
                "SELECT count(*) FROM ticket WHERE assignee_id = ?1 AND status IN ('new', 'open', 'pending', 'on_hold')"
            ).bind(user.rawValue).first { Int($0.int(0)) }
        }
        return counts
    }
}

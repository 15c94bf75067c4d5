import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Policies as rows: the present version in one table, every version in another.
enum PolicyRow {
    static let columns =
        "id, version, name, position, calendar_id, conditions, targets, warnings, created_at, options, updated_at"

    static func read(_ row: Statement) throws(StoreError) -> StoredPolicy {
        let options = try row.json(9)
        do throws(RPCError) {
            let policy = SLAPolicy(
                id: row.id(0), version: row.int(1), name: row.text(2), position: row.int(3), calendar: row.id(4),
                conditions: try SLAPolicy.Conditions(reading: (try? row.json(5)) ?? .null),
                targets: try SLAPolicy.targets(reading: (try? row.json(6)) ?? .null),
                warnings: try WarningPlan(reading: try? row.json(7), byTarget: options["target_warnings"]),
                pauses: try PausePlan(reading: options["pauses"]),
                reopening: options["reopening"]?.string.flatMap(Reopening.init(rawValue:)) ?? .newCycle,
                phoneAnswers: options["phone_answers"]?.bool ?? true, isRetired: options["retired"]?.bool ?? false)
            return StoredPolicy(policy: policy, createdAt: row.time(8), updatedAt: row.time(10))
        } catch {
            throw .corrupt("policy \(row.int(0)) can't be read: \(error.message)")
        }
    }

    static func write(_ stored: StoredPolicy, _ connection: Connection) throws(StoreError) {
        for statement in [
            try connection.statement(
                """
                INSERT OR REPLACE INTO policy(id, version, name, position, calendar_id, conditions, targets, warnings, created_at,
                    options, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
                """),
            try connection.statement("INSERT INTO policy_version VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"),
        ] {
            let policy = stored.policy
            let options: JSON = [
                "target_warnings": policy.warnings.byTargetJSON, "pauses": policy.pauses.json,
                "reopening": .string(policy.reopening.rawValue), "phone_answers": .bool(policy.phoneAnswers),
                "retired": .bool(policy.isRetired),
            ]
            statement.bind(policy.id.rawValue).bind(policy.version).bind(policy.name).bind(policy.position)
                .bind(policy.calendar.rawValue).bind(policy.conditions.json.text).bind(policy.targetsJSON.text)
                .bind(policy.warnings.percentagesJSON.text).bind(stored.createdAt).bind(options.text).bind(stored.updatedAt)
            try statement.run()
        }
    }

    /// The present version, or the one asked for.
    static func find(_ id: PolicyID, version: Int64?, _ db: Connection) throws(StoreError) -> StoredPolicy? {
        if let version {
            return try db.statement(composed: "SELECT \(columns) FROM policy_version WHERE id = ?1 AND version = ?2")
                .bind(id.rawValue).bind(version).first(read)
        }
        return try db.statement(composed: "SELECT \(columns) FROM policy WHERE id = ?1").bind(id.rawValue).first(read)
    }

    /// Versions of one policy after one of them, oldest first.
    static func versions(_ id: PolicyID, after: Int64, limit: Int, _ db: Connection) throws(StoreError) -> [StoredPolicy] {
        try db.statement(
            composed: "SELECT \(columns) FROM policy_version WHERE id = ?1 AND version > ?2 ORDER BY version LIMIT ?3"
        ).bind(id.rawValue).bind(after).bind(Int64(limit)).all(read)
    }

    /// All versions of all policies, oldest first.
    static func all(_ db: Connection) throws(StoreError) -> [StoredPolicy] {
        try db.statement(composed: "SELECT \(columns) FROM policy_version ORDER BY id, version").all(read)
    }
}

/// Calendars as rows; the specification is kept as it was given.
enum CalendarRow {
    static let columns = "id, version, name, spec, created_at, updated_at"

    static func read(_ row: Statement) throws(StoreError) -> StoredCalendar {
        do throws(Rejection) {
            let spec = try CalendarSpec(reading: (try? row.json(3).object) ?? JSONObject())
            return StoredCalendar(
                id: row.id(0), version: row.int(1), name: row.text(2), spec: spec, createdAt: row.time(4),
                updatedAt: row.time(5))
        } catch {
            throw .corrupt("calendar \(row.int(0)) can't be read: \(error)")
        }
    }

    static func write(_ calendar: StoredCalendar, _ connection: Connection) throws(StoreError) {
        for statement in [
            try connection.statement(
                """
                INSERT OR REPLACE INTO calendar(id, version, name, spec, created_at, updated_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                """),
            try connection.statement("INSERT INTO calendar_version VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
        ] {
            statement.bind(calendar.id.rawValue).bind(calendar.version).bind(calendar.name)
                .bind(JSON.object(calendar.spec.json).text).bind(calendar.createdAt).bind(calendar.updatedAt)
            try statement.run()
        }
    }

    /// The present version, or the one asked for.
    static func find(_ id: CalendarID, version: Int64?, _ db: Connection) throws(StoreError) -> StoredCalendar? {
        if let version {
            return try db.statement(composed: "SELECT \(columns) FROM calendar_version WHERE id = ?1 AND version = ?2")
                .bind(id.rawValue).bind(version).first(read)
        }
        return try db.statement(composed: "SELECT \(columns) FROM calendar WHERE id = ?1").bind(id.rawValue).first(read)
    }

    /// Versions of one calendar after one of them, oldest first.
    static func versions(_ id: CalendarID, after: Int64, limit: Int, _ db: Connection) throws(StoreError) -> [StoredCalendar] {
        try db.statement(
            composed: "SELECT \(columns) FROM calendar_version WHERE id = ?1 AND version > ?2 ORDER BY version LIMIT ?3"
        ).bind(id.rawValue).bind(after).bind(Int64(limit)).all(read)
    }

    /// All versions of all calendars, oldest first.
    static func all(_ db: Connection) throws(StoreError) -> [StoredCalendar] {
        try db.statement(composed: "SELECT \(columns) FROM calendar_version ORDER BY id, version").all(read)
    }
}

/// Edits whose tickets are still to be counted anew.
enum SLAEditRow {
    static func all(_ db: Connection) throws(StoreError) -> [PendingEdit] {
        try db.statement("SELECT number, subject, at, after_ticket FROM sla_edit ORDER BY number")
            .all { (row) throws(StoreError) in
                let text = row.text(1)
                let subject: SLAEdit.Subject
                if let policy = PolicyID(text) {
                    subject = .policy(policy)
                } else if let calendar = CalendarID(text) {
                    subject = .calendar(calendar)
                } else {
                    throw .corrupt("\"\(text)\" is no policy or calendar")
                }
                return PendingEdit(number: row.int(0), edit: SLAEdit(subject, at: row.time(2)), after: row.id(3))
            }
    }

    static func write(_ pending: PendingEdit, _ db: Connection) throws(StoreError) {
        let subject =
            switch pending.edit.subject {
            case .policy(let id): id.description
            case .calendar(let id): id.description
            }
        try db.statement("INSERT OR REPLACE INTO sla_edit(number, subject, at, after_ticket) VALUES (?1, ?2, ?3, ?4)")
            .bind(pending.number).bind(subject).bind(pending.edit.at).bind(pending.after.rawValue).run()
    }

    static func delete(_ number: Int64, _ db: Connection) throws(StoreError) {
        try db.statement("DELETE FROM sla_edit WHERE number = ?1").bind(number).run()
    }

    /// Tickets that are not closed, in order of id, of a span of ids: the look is bounded however many are closed.
    static func openTickets(after: TicketID, span: Int64, limit: Int, _ db: Connection) throws(StoreError) -> OpenTickets {
        let end = after.rawValue + span
        let tickets = try db.statement(
            composed:
                "SELECT \(TicketRow.columns) FROM ticket WHERE id > ?1 AND id <= ?2 AND closed_at IS NULL ORDER BY id LIMIT ?3"
        ).bind(after.rawValue).bind(end).bind(Int64(limit)).all(TicketRow.read)
        if tickets.count == limit, let last = tickets.last {
            return OpenTickets(tickets: tickets, reached: last.id, isLast: false)
        }
        let highest = try db.statement("SELECT coalesce(max(id), 0) FROM ticket").first { $0.int(0) } ?? 0
        return OpenTickets(tickets: tickets, reached: TicketID(rawValue: end), isLast: end >= highest)
    }
}

import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Policies as rows.
enum PolicyRow {
    static let columns = "id, version, name, position, calendar_id, conditions, targets, warnings, created_at"

    static func read(_ row: Statement) throws(StoreError) -> StoredPolicy {
        var conditions = SLAPolicy.Conditions()
        let given = try row.json(5)
        func words<T: RawRepresentable<String>>(_ name: String) -> Set<T> {
            Set(given[name]?.array?.compactMap { $0.string.flatMap(T.init(rawValue:)) } ?? [])
        }
        func ids<T: EntityID>(_ name: String) -> Set<T> {
            Set(given[name]?.array?.compactMap { $0.string.flatMap { T($0) } } ?? [])
        }
        conditions.priorities = words("priority")
        conditions.channels = words("channel")
        conditions.types = words("type")
        conditions.groups = ids("group")
        conditions.organizations = ids("organization")
        var targets: [Priority: [TargetKind: Int64]] = [:]
        for member in try row.json(6).object?.members ?? [] {
            guard let priority = Priority(rawValue: member.name) else { throw .corrupt("\(member.name) is no priority") }
            for target in member.value.object?.members ?? [] {
                guard let kind = TargetKind(rawValue: target.name) else { throw .corrupt("\(target.name) is no target") }
                targets[priority, default: [:]][kind] = target.value.int
            }
        }
        let policy = SLAPolicy(
            id: row.id(0), version: row.int(1), name: row.text(2), position: row.int(3), calendar: row.id(4),
            conditions: conditions, targets: targets,
            warnings: try row.json(7).array?.compactMap { $0.int.map { Int($0) } } ?? [])
        return StoredPolicy(policy: policy, createdAt: row.time(8))
    }

    static func write(_ stored: StoredPolicy, _ connection: Connection) throws(StoreError) {
        let policy = stored.policy
        let statement = try connection.statement(
            """
            INSERT OR REPLACE INTO policy(id, version, name, position, calendar_id, conditions, targets, warnings, created_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """)
        statement.bind(policy.id.rawValue).bind(policy.version).bind(policy.name).bind(policy.position)
            .bind(policy.calendar.rawValue).bind(policy.conditions.json.text).bind(policy.targetsJSON.text)
            .bind(JSON.array(policy.warnings.map { .int(Int64($0)) }).text).bind(stored.createdAt)
        try statement.run()
    }
}

/// Calendars as rows; the specification is kept as it was given.
enum CalendarRow {
    static let columns = "id, version, name, spec, created_at"

    static func read(_ row: Statement) throws(StoreError) -> StoredCalendar {
        do throws(Rejection) {
            let spec = try CalendarSpec(reading: (try? row.json(3).object) ?? JSONObject())
            return StoredCalendar(id: row.id(0), version: row.int(1), name: row.text(2), spec: spec, createdAt: row.time(4))
        } catch {
            throw .corrupt("calendar \(row.int(0)) can't be read: \(error)")
        }
    }

    static func write(_ calendar: StoredCalendar, _ connection: Connection) throws(StoreError) {
        let statement = try connection.statement(
            "INSERT OR REPLACE INTO calendar(id, version, name, spec, created_at) VALUES (?1, ?2, ?3, ?4, ?5)")
        statement.bind(calendar.id.rawValue).bind(calendar.version).bind(calendar.name)
            .bind(JSON.object(calendar.spec.json).text).bind(calendar.createdAt)
        try statement.run()
    }
}

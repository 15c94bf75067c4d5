import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// What the desk has decided for itself, as rows. It is read as a whole, at the start.
enum DeskRows {
    static func read(_ db: Connection) throws(StoreError) -> DeskRules {
        var desk = DeskRules()
        let statuses = try db.statement(
            "SELECT word, version, category, label_en, label_ru, reason, retired_at, created_at, updated_at FROM desk_status"
        ).all(status)
        for status in statuses { desk.add(status) }
        let fields = try db.statement(
            """
            SELECT name, version, kind, label_en, label_ru, choices, required, retired_at, created_at, updated_at
            FROM desk_field
            """
        ).all(field)
        for field in fields { desk.add(field) }
        let settings = try db.statement("SELECT version, settings FROM desk_settings").first(settings)
        if let settings { desk.settings = settings }
        return desk
    }

    static func write(_ commit: Commit, _ db: Connection) throws(StoreError) {
        for status in commit.statuses { try write(status, db) }
        for field in commit.declaredFields { try write(field, db) }
        if let settings = commit.deskSettings { try write(settings, db) }
    }

    private static func status(_ row: Statement) throws(StoreError) -> CustomStatus {
        do throws(Rejection) {
            let category: TicketStatus? = TicketStatus(rawValue: row.text(2))
            var status = try CustomStatus(
                word: row.text(0), category: category ?? .open,
                label: Label(en: row.optionalText(3), ru: row.optionalText(4)), reason: row.optionalText(5), at: row.time(7))
            status.version = row.int(1)
            status.retiredAt = row.optionalTime(6)
            status.updatedAt = row.time(8)
            return status
        } catch {
            throw .corrupt("status \(row.text(0)) can't be read: \(error)")
        }
    }

    private static func field(_ row: Statement) throws(StoreError) -> CustomField {
        let kind: FieldKind = try row.word(2)
        let choices = try row.json(5).array?.compactMap(\.string) ?? []
        do throws(Rejection) {
            var field = try CustomField(
                name: row.text(0), kind: kind, label: Label(en: row.optionalText(3), ru: row.optionalText(4)), choices: choices,
                isRequiredToSolve: row.int(6) != 0, at: row.time(8))
            field.version = row.int(1)
            field.retiredAt = row.optionalTime(7)
            field.updatedAt = row.time(9)
            return field
        } catch {
            throw .corrupt("field \(row.text(0)) can't be read: \(error)")
        }
    }

    private static func settings(_ row: Statement) throws(StoreError) -> DeskSettings {
        let given = try row.json(1)
        var settings = DeskSettings()
        settings.version = row.int(0)
        settings.strictFields = given["strict_fields"]?.bool ?? settings.strictFields
        settings.autoCloseDays = given["auto_close_days"]?.int ?? settings.autoCloseDays
        settings.stuckDays = given["stuck_days"]?.int ?? settings.stuckDays
        settings.claimMinutes = given["claim_minutes"]?.int ?? settings.claimMinutes
        for member in given["transitions"]?.object?.members ?? [] {
            settings.transitions[member.name] = member.value.array?.compactMap(\.string) ?? []
        }
        return settings
    }

    private static func write(_ status: CustomStatus, _ db: Connection) throws(StoreError) {
        try db.statement(
            """
            INSERT OR REPLACE INTO desk_status(word, version, category, label_en, label_ru, reason, retired_at, created_at,
                updated_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """
        ).bind(status.word).bind(status.version).bind(status.category.rawValue).bind(status.label.en).bind(status.label.ru)
            .bind(status.reason).bind(status.retiredAt).bind(status.createdAt).bind(status.updatedAt).run()
    }

    private static func write(_ field: CustomField, _ db: Connection) throws(StoreError) {
        try db.statement(
            """
            INSERT OR REPLACE INTO desk_field(name, version, kind, label_en, label_ru, choices, required, retired_at, created_at,
                updated_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """
        ).bind(field.name).bind(field.version).bind(field.kind.rawValue).bind(field.label.en).bind(field.label.ru)
            .bind(JSON.array(field.choices.map { .string($0) }).text).bind(field.isRequiredToSolve ? 1 : 0)
            .bind(field.retiredAt).bind(field.createdAt).bind(field.updatedAt).run()
    }

    private static func write(_ settings: DeskSettings, _ db: Connection) throws(StoreError) {
        try db.statement("INSERT OR REPLACE INTO desk_settings(only, version, settings) VALUES (1, ?1, ?2)")
            .bind(settings.version).bind(settings.json.text).run()
    }
}

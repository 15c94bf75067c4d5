import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

extension Schema {
    static let macros = """
        CREATE TABLE macro(id INTEGER PRIMARY KEY, version INTEGER NOT NULL, name TEXT NOT NULL, actions TEXT NOT NULL,
            groups TEXT, uses INTEGER NOT NULL, used_at INTEGER, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT;
        """
}

/// Macros as rows.
enum MacroRow {
    private static let columns = "id, version, name, actions, groups, uses, used_at, created_at, updated_at"

    private static func read(_ row: Statement) throws(StoreError) -> Macro {
        Macro(
            id: row.id(0), version: row.int(1), name: row.text(2), actions: try row.json(3).object ?? JSONObject(),
            groups: try WordColumn.ids(row.optionalText(4)), uses: row.int(5), usedAt: row.optionalTime(6),
            createdAt: row.time(7), updatedAt: row.time(8))
    }

    static func write(_ macro: Macro, _ db: Connection) throws(StoreError) {
        try db.statement(
            """
            INSERT OR REPLACE INTO macro(id, version, name, actions, groups, uses, used_at, created_at, updated_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """
        ).bind(macro.id.rawValue).bind(macro.version).bind(macro.name).bind(JSON.object(macro.actions).text)
            .bind(WordColumn.text(macro.groups.map { "\($0.rawValue)" })).bind(macro.uses).bind(macro.usedAt)
            .bind(macro.createdAt).bind(macro.updatedAt).run()
    }

    static func delete(_ id: MacroID, _ db: Connection) throws(StoreError) {
        try db.statement("DELETE FROM macro WHERE id = ?1").bind(id.rawValue).run()
    }

    static func find(_ id: MacroID, _ db: Connection) throws(StoreError) -> Macro? {
        try db.statement(composed: "SELECT \(columns) FROM macro WHERE id = ?1").bind(id.rawValue).first(read)
    }

    /// All of them, by name; a desk has few.
    static func all(_ db: Connection) throws(StoreError) -> [Macro] {
        try db.statement(composed: "SELECT \(columns) FROM macro ORDER BY name COLLATE NOCASE, id").all(read)
    }
}

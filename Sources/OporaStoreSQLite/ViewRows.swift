import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

extension Schema {
    /// Saved views, and those that every desk begins with. The desk may change and delete them.
    static let views = """
        CREATE TABLE view(id INTEGER PRIMARY KEY, version INTEGER NOT NULL, name TEXT NOT NULL, filter TEXT NOT NULL,
            sort TEXT NOT NULL, columns TEXT NOT NULL, groups TEXT, owner_id INTEGER, position INTEGER NOT NULL, key TEXT,
            created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT;
        INSERT INTO view(id, version, name, filter, sort, columns, position, key, created_at, updated_at) VALUES
            (1, 1, 'My unsolved tickets', '{"assignee":"me","unsolved":true}', '-priority',
                'id,status,priority,subject,requester,due_at,updated_at', 1, 'mine', 0, 0),
            (2, 1, 'Unassigned in my groups', '{"group":"mine","assignee":"none","unsolved":true}', '-priority',
                'id,status,priority,subject,group,due_at,created_at', 2, 'unassigned', 0, 0),
            (3, 1, 'Due within four hours', '{"unsolved":true,"due_within_ms":14400000}', 'due_at',
                'id,priority,subject,group,assignee,due_at', 3, 'due_soon', 0, 0),
            (4, 1, 'Breached', '{"unsolved":true,"sla":"breached"}', '-priority',
                'id,priority,subject,group,assignee,due_at,updated_at', 4, 'breached', 0, 0),
            (5, 1, 'Waiting to wake', '{"waking":true}', 'wake_at',
                'id,status,subject,group,assignee,wake_at', 5, 'waking', 0, 0);
        """
}

/// Views as rows.
enum ViewRow {
    private static let columns = """
        id, version, name, filter, sort, columns, groups, owner_id, position, key, created_at, updated_at
        """

    private static func read(_ row: Statement) throws(StoreError) -> View {
        View(
            id: row.id(0), version: row.int(1), name: row.text(2), filter: try row.json(3).object ?? JSONObject(),
            sort: try row.word(4), columns: WordColumn.read(row.text(5)), groups: try WordColumn.ids(row.optionalText(6)),
            owner: row.optionalID(7), position: row.int(8), key: row.optionalText(9), createdAt: row.time(10),
            updatedAt: row.time(11))
    }

    static func write(_ view: View, _ db: Connection) throws(StoreError) {
        try db.statement(
            """
            INSERT OR REPLACE INTO view(id, version, name, filter, sort, columns, groups, owner_id, position, key, created_at,
                updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            """
        ).bind(view.id.rawValue).bind(view.version).bind(view.name).bind(JSON.object(view.filter).text)
            .bind(view.sort.rawValue).bind(view.columns.joined(separator: ","))
            .bind(WordColumn.text(view.groups.map { "\($0.rawValue)" })).bind(view.owner?.rawValue).bind(view.position)
            .bind(view.key).bind(view.createdAt).bind(view.updatedAt).run()
    }

    static func delete(_ id: ViewID, _ db: Connection) throws(StoreError) {
        try db.statement("DELETE FROM view WHERE id = ?1").bind(id.rawValue).run()
    }

    static func find(_ id: ViewID, _ db: Connection) throws(StoreError) -> View? {
        try db.statement(composed: "SELECT \(columns) FROM view WHERE id = ?1").bind(id.rawValue).first(read)
    }

    /// All of them, in their order; a desk has few.
    static func all(_ db: Connection) throws(StoreError) -> [View] {
        try db.statement(composed: "SELECT \(columns) FROM view ORDER BY position, id").all(read)
    }
}

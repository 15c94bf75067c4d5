import OporaProtocol
import OporaStore
import OporaTime

extension Schema {
    static let keys = """
        CREATE TABLE desk_key(public_key TEXT PRIMARY KEY, name TEXT NOT NULL, roles TEXT NOT NULL,
            created_at INTEGER NOT NULL, revoked_at INTEGER) STRICT, WITHOUT ROWID;
        """
}

/// Keys of the desk as rows.
enum KeyRows {
    static func write(_ key: DeskKey, _ db: Connection) throws(StoreError) {
        let statement = try db.statement(
            """
            INSERT OR REPLACE INTO desk_key(public_key, name, roles, created_at, revoked_at) VALUES (?1, ?2, ?3, ?4, ?5)
            """)
        statement.bind(key.publicKey).bind(key.name).bind(key.roles.joined(separator: ",")).bind(key.createdAt)
            .bind(key.revokedAt)
        try statement.run()
    }

    static func forget(_ publicKey: String, _ db: Connection) throws(StoreError) {
        try db.statement("DELETE FROM desk_key WHERE public_key = ?1").bind(publicKey).run()
    }

    /// All of them, oldest first.
    static func all(_ db: Connection) throws(StoreError) -> [DeskKey] {
        try db.statement(
            "SELECT public_key, name, roles, created_at, revoked_at FROM desk_key ORDER BY created_at, public_key"
        ).all { (row) throws(StoreError) in
            DeskKey(
                publicKey: row.text(0), name: row.text(1), roles: row.text(2).split(separator: ",").map(String.init),
                createdAt: row.time(3), revokedAt: row.optionalTime(4))
        }
    }
}

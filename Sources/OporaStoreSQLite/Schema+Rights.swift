extension Schema {
    /// What agents can take on, roles that the desk makes for itself, and people who are being forgotten.
    static let rights = """
        ALTER TABLE user ADD COLUMN work TEXT;
        CREATE TABLE desk_role(name TEXT PRIMARY KEY, version INTEGER NOT NULL, base TEXT NOT NULL, methods TEXT NOT NULL,
            deny TEXT NOT NULL, tickets TEXT NOT NULL, internal INTEGER NOT NULL, created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE erasure(user_id INTEGER PRIMARY KEY, subjects INTEGER NOT NULL, part INTEGER NOT NULL,
            after INTEGER NOT NULL) STRICT;
        """
}

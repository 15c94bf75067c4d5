import OporaStore

/// The tables of the index. They are never migrated: another version is made anew from the desk.
enum SearchSchema {
    /// One more with each change of the tables or of what `Words` makes of a text.
    static let version: Int64 = 1

    /// `doc` says whose words `word` holds under the same number: `source` is the message, or the negative ticket for the document
    /// of the ticket itself, or NULL where it was replaced. No text is kept here.
    private static let tables = """
        CREATE TABLE place(only INTEGER PRIMARY KEY CHECK (only = 1), log_id TEXT NOT NULL, epoch INTEGER NOT NULL,
            seq INTEGER NOT NULL) STRICT;
        CREATE TABLE doc(id INTEGER PRIMARY KEY, source INTEGER, ticket_id INTEGER NOT NULL, internal INTEGER NOT NULL,
            created_at INTEGER NOT NULL) STRICT;
        CREATE UNIQUE INDEX doc_source ON doc(source) WHERE source IS NOT NULL;
        CREATE VIRTUAL TABLE word USING fts5(subject, text, content = '', tokenize = 'opora');
        """

    static func create(_ db: Connection) throws(StoreError) {
        try db.run("BEGIN; \(tables) PRAGMA user_version = \(version); COMMIT")
    }

    /// Whether the file has the tables of this version.
    static func isCurrent(_ db: Connection) throws(StoreError) -> Bool {
        try db.statement("PRAGMA user_version").first { $0.int(0) } == version
    }
}

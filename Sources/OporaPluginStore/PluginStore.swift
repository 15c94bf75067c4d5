import GRDB
public import OporaPluginKit

/// A plugin's own SQLite file: its read model or outbox, and its place in the log, changed in one transaction.
///
/// Safe to use from any task; writers take turns. Only this module knows SQLite; plugins write SQL and get values.
public final class PluginStore: Sendable {
    private let queue: DatabaseQueue

    /// Opens or makes the file and brings its schema up to date.
    /// - Parameter migrations: statements in the order in which they were added; what is there already is never edited.
    public init(path: String, migrations: [String]) throws {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(5)
        queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { db in
            // GRDB sets NORMAL when it opens a WAL file; an outbox that says "sent" must be on disk.
            try db.execute(sql: "PRAGMA synchronous = FULL")
        }
        var migrator = DatabaseMigrator()
        migrator.registerMigration("position") { db in
            try db.execute(
                sql: """
                    CREATE TABLE log_position(only INTEGER PRIMARY KEY CHECK (only = 1), log_id TEXT NOT NULL,
                        epoch INTEGER NOT NULL, seq INTEGER NOT NULL) STRICT
                    """)
        }
        for (index, statement) in migrations.enumerated() {
            migrator.registerMigration("plugin-\(index + 1)") { db in try db.execute(sql: statement) }
        }
        try migrator.migrate(queue)
    }

    /// The last event that was dealt with; nil in a new file.
    public func position() throws -> LogPosition? {
        try queue.read { db in
            try Row.fetchOne(db, sql: "SELECT log_id, epoch, seq FROM log_position").map {
                LogPosition(logID: $0[0], epoch: $0[1], seq: $0[2])
            }
        }
    }

    /// Runs `body` in one transaction. With a position, that is remembered in it too.
    @discardableResult
    public func write<R>(at position: LogPosition? = nil, _ body: (StoreTransaction) throws -> R) throws -> R {
        try queue.write { db in
            let result = try body(StoreTransaction(db))
            if let position {
                try db.cachedStatement(
                    sql: "INSERT OR REPLACE INTO log_position(only, log_id, epoch, seq) VALUES (1, ?, ?, ?)"
                ).execute(arguments: [position.logID, position.epoch, position.seq])
            }
            return result
        }
    }

    /// Runs `body` on an unchanging view of the file.
    public func read<R>(_ body: (StoreTransaction) throws -> R) throws -> R {
        try queue.read { db in try body(StoreTransaction(db)) }
    }
}

import GRDBSQLite
import OporaStore

/// A connection to the desk's file with its prepared statements. It lives on one thread.
final class Connection {
    let handle: OpaquePointer
    private var statements: [StaticKey: Statement] = [:]

    /// Statements are found by the address of their text: one look-up without hashing SQL.
    private struct StaticKey: Hashable {
        let address: UnsafeRawPointer
    }

    /// What a connection is for.
    enum Use {
        /// The desk's writer: every commit is on disk.
        case writer
        case reader
        /// The writer of the search index, which is made where it is missing and can be made anew.
        case index
    }

    convenience init(path: String, isWriter: Bool) throws(StoreError) {
        try self.init(path: path, use: isWriter ? .writer : .reader)
    }

    init(path: String, use: Use) throws(StoreError) {
        var opened: OpaquePointer?
        let access =
            switch use {
            case .writer: SQLITE_OPEN_READWRITE
            case .reader: SQLITE_OPEN_READONLY
            case .index: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            }
        let flags = SQLITE_OPEN_NOMUTEX | access
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard let opened else { throw .failed("SQLite has no memory for a connection") }
        handle = opened
        guard code == SQLITE_OK else { throw Connection.error(opened, code) }
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, 5000)
        try run("PRAGMA temp_store = MEMORY")
        for setting in use.settings { try run("PRAGMA \(setting)") }
    }

    deinit {
        statements.removeAll()
        sqlite3_close_v2(handle)
    }

    /// Runs statements that return nothing and are not kept.
    func run(_ sql: String) throws(StoreError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw Connection.error(handle, code) }
    }

    /// The prepared form of a statement that is written down in the source; made at its first use.
    func statement(_ sql: StaticString) throws(StoreError) -> Statement {
        let key = StaticKey(address: UnsafeRawPointer(sql.utf8Start))
        if let known = statements[key] { return known }
        let made = try Statement(handle, sql.description)
        statements[key] = made
        return made
    }

    /// A statement that was put together; it is not kept.
    func statement(composed sql: String) throws(StoreError) -> Statement { try Statement(handle, sql) }

    /// Rows that the last statement changed.
    var changes: Int { Int(sqlite3_changes(handle)) }

    static func error(_ handle: OpaquePointer, _ code: Int32) -> StoreError {
        let detail = String(cString: sqlite3_errmsg(handle))
        switch code & 0xff {
        case SQLITE_FULL: return .full
        case SQLITE_BUSY, SQLITE_LOCKED: return .busy
        case SQLITE_CORRUPT, SQLITE_NOTADB: return .corrupt(detail)
        default: return .failed("\(detail) (\(code))")
        }
    }
}

extension Connection.Use {
    fileprivate var settings: [String] {
        switch self {
        case .writer:
            ["cache_size = -65536", "synchronous = FULL", "wal_autocheckpoint = 4000", "journal_size_limit = 268435456"]
        case .reader: ["cache_size = -8192", "query_only = 1"]
        case .index:
            [
                "journal_mode = WAL", "cache_size = -16384", "synchronous = NORMAL", "wal_autocheckpoint = 4000",
                "journal_size_limit = 67108864",
            ]
        }
    }
}

import Foundation
import GRDB
public import OporaStore

/// The desk's one SQLite file: made, checked and brought up to date here; the writer and the readers come from here.
public struct SQLiteStore: Sendable {
    /// Events at the end of the log whose numbers are checked at the start.
    private static let checkedTail = 1000
    /// Bytes of a file that is looked through as a whole at the start; a larger one is checked at its head and tail alone.
    private static let wholeCheckBytes = 64 * 1_048_576

    private let path: String

    /// Opens or makes the file.
    /// - Parameters:
    ///   - path: the file; SQLite puts `-wal` and `-shm` beside it.
    ///   - logID: the name of the log, should the file be new.
    public init(path: String, newLogID logID: String) throws(StoreError) {
        self.path = path
        do {
            // Looked at before anything is written: a damaged file stays as it is.
            if FileManager.default.fileExists(atPath: path) { try SQLiteStore.inspect(path) }
            let queue = try DatabaseQueue(path: path)
            try queue.writeWithoutTransaction { db in
                guard try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL") == "wal" else {
                    throw StoreError.failed("the file system of \(path) can't hold a write-ahead log")
                }
            }
            let migrator = Schema.migrator
            if try queue.read({ db in try migrator.hasBeenSuperseded(db) }) {
                throw StoreError.failed("the database was written by a newer oporad; use that one or restore an older backup")
            }
            try migrator.migrate(queue)
            try queue.write { db in
                try db.execute(sql: "INSERT OR IGNORE INTO log(only, log_id, epoch) VALUES (1, ?, 1)", arguments: [logID])
            }
            try queue.close()
        } catch let error as StoreError {
            throw error
        } catch let error as DatabaseError {
            throw SQLiteStore.storeError(error)
        } catch {
            throw .failed("\(error)")
        }
    }

    /// Which log the file holds, and its end; a look of its own, for before the start.
    public func position() throws(StoreError) -> (logID: String, seq: Int64) {
        let head = try SQLiteWriter(path: path).logHead()
        return (head.logID, head.seq)
    }

    /// The writer's side. There may be one.
    public func makeWriter() throws(StoreError) -> any StoreWriter { try SQLiteWriter(path: path) }

    /// A reader's side, for the thread that calls this.
    public func makeReader() throws(StoreError) -> any StoreReader { try SQLiteReader(path: path) }

    private static func inspect(_ path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        try queue.read { db in
            if size <= wholeCheckBytes {
                let verdict = try String.fetchOne(db, sql: "PRAGMA quick_check(1)")
                guard verdict == "ok" else { throw StoreError.corrupt(verdict ?? "it can't be checked") }
            }
            if try db.tableExists("log") { try checkLog(db) }
        }
        try queue.close()
    }

    /// The log begins where it says and its end has no hole.
    private static func checkLog(_ db: Database) throws {
        // A file of before the log could be cut has no such column.
        let isOld = try !db.columns(in: "log").contains { $0.name == "first_seq" }
        let first = isOld ? 1 : try Int64.fetchOne(db, sql: "SELECT first_seq FROM log") ?? 1
        let head = try Int64.fetchOne(db, sql: "SELECT seq FROM log") ?? 0
        let last = try Int64.fetchOne(db, sql: "SELECT seq FROM event ORDER BY seq DESC LIMIT 1") ?? 0
        guard head == last else { throw StoreError.corrupt("the log ends at \(last), its head says \(head)") }
        guard head >= first else { return }
        // Events below the first one may be there still: their room is freed little by little.
        let begin = try Int64.fetchOne(db, sql: "SELECT seq FROM event WHERE seq >= ? ORDER BY seq LIMIT 1", arguments: [first])
        guard begin == first else { throw StoreError.corrupt("the log begins at \(begin ?? 0), not at \(first)") }
        let from = max(first, last - Int64(checkedTail) + 1)
        let count = try Int64.fetchOne(db, sql: "SELECT count(*) FROM event WHERE seq >= ?", arguments: [from]) ?? 0
        guard count == last - from + 1 else { throw StoreError.corrupt("the log has a hole after position \(from)") }
    }

    private static func storeError(_ error: DatabaseError) -> StoreError {
        let detail = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_FULL: return .full
        case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .corrupt(detail)
        default: return .failed(detail)
        }
    }
}

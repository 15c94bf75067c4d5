import Foundation
import GRDBSQLite
import Glibc
import OporaStore

/// A copy of the desk's file in the folder `snapshots` beside it, made while the desk is in use.
enum SnapshotFile {
    /// Steps of SQLite's machine between two looks at whether to go on.
    private static let stepsBetweenLooks: Int32 = 100_000

    /// Holds the question that SQLite asks in between.
    private final class Question {
        let isCancelled: () -> Bool
        init(_ isCancelled: @escaping () -> Bool) { self.isCancelled = isCancelled }
    }

    /// Writes the copy and puts it on the disk; returns its path.
    static func write(of path: String, isCancelled: @escaping () -> Bool) throws(StoreError) -> String {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent("snapshots")
            .standardizedFileURL
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
        } catch {
            throw .failed("the folder \(folder.path) can't be made: \(error.localizedDescription)")
        }
        // One that a crash left half written is of no use.
        let unfinished = folder.appendingPathComponent("unfinished.db").path
        try? FileManager.default.removeItem(atPath: unfinished)
        do throws(StoreError) {
            try copy(path, to: unfinished, isCancelled)
            let head = try LogHeadRow.read(try Connection(path: unfinished, isWriter: false))
            let finished = folder.appendingPathComponent("opora-\(head.epoch)-\(head.seq).db").path
            guard flush(unfinished), rename(unfinished, finished) == 0, flush(folder.path) else {
                throw .failed("\(finished) can't be written: \(String(cString: strerror(errno)))")
            }
            return finished
        } catch {
            try? FileManager.default.removeItem(atPath: unfinished)
            throw error
        }
    }

    private static func copy(_ path: String, to copy: String, _ isCancelled: @escaping () -> Bool) throws(StoreError) {
        let db = try Connection(path: path, isWriter: false)
        try db.run("PRAGMA query_only = 0")
        let question = Unmanaged.passRetained(Question(isCancelled))
        sqlite3_progress_handler(
            db.handle, stepsBetweenLooks,
            { question in
                guard let question else { return 0 }
                return Unmanaged<Question>.fromOpaque(question).takeUnretainedValue().isCancelled() ? 1 : 0
            }, question.toOpaque())
        defer {
            sqlite3_progress_handler(db.handle, 0, nil, nil)
            question.release()
        }
        try db.statement(composed: "VACUUM INTO ?1").bind(copy).run()
    }

    private static func flush(_ path: String) -> Bool {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        return fsync(file) == 0
    }
}

import OporaDomain
import OporaProtocol
import OporaStore

/// Writes the index. A commit of it need not be on disk at once: what is lost with the power is taken from the log again.
final class SQLiteSearchIndexer: SearchIndexer {
    private let folder: SearchFolder
    private var db: Connection?
    /// The index that is being made.
    private var next: Connection?

    init(_ folder: SearchFolder) { self.folder = folder }

    deinit {
        // What was begun and not finished would only hold room.
        next = nil
        folder.tidy()
    }

    func place() throws(StoreError) -> SearchPlace? {
        guard folder.number > 0 else { return nil }
        do throws(StoreError) {
            let db = try opened()
            guard try SearchSchema.isCurrent(db) else { return nil }
            return try db.statement("SELECT log_id, epoch, seq FROM place").first { (row) throws(StoreError) in
                SearchPlace(logID: row.text(0), epoch: row.int(1), seq: row.int(2))
            }
        } catch {
            // Whatever is wrong with it, a new one helps; but a full disk or a busy file are not its fault.
            self.db = nil
            if error == .full || error == .busy { throw error }
            return nil
        }
    }

    func apply(_ batch: SearchBatch) throws(StoreError) {
        let db: Connection
        if let next { db = next } else { db = try opened() }
        try db.statement("BEGIN").run()
        do throws(StoreError) {
            for document in batch.documents { try write(document, db) }
            try db.statement("INSERT OR REPLACE INTO place(only, log_id, epoch, seq) VALUES (1, ?1, ?2, ?3)")
                .bind(batch.place.logID).bind(batch.place.epoch).bind(batch.place.seq).run()
            try db.statement("COMMIT").run()
        } catch {
            try? db.statement("ROLLBACK").run()
            throw error
        }
    }

    private func write(_ document: SearchDocument, _ db: Connection) throws(StoreError) {
        let source = document.message?.rawValue ?? -document.ticket.rawValue
        // The old words can't be taken out, for their text is kept nowhere; without a source nobody finds them.
        try db.statement("UPDATE doc SET source = NULL WHERE source = ?1").bind(source).run()
        try db.statement("INSERT INTO doc(source, ticket_id, internal, created_at) VALUES (?1, ?2, ?3, ?4)")
            .bind(source).bind(document.ticket.rawValue).bind(document.visibility == .internal ? 1 : 0).bind(document.createdAt)
            .run()
        try db.statement("INSERT INTO word(rowid, subject, text) VALUES (last_insert_rowid(), ?1, ?2)")
            .bind(document.subject.searchable).bind(document.text.searchable).run()
    }

    func beginAnew() throws(StoreError) {
        next = nil
        folder.tidy()
        let made = try SQLiteSearchIndexer.open(folder.unfinished)
        // Until it is finished a crash costs nothing but the work.
        try made.run("PRAGMA synchronous = OFF")
        try SearchSchema.create(made)
        try made.run("INSERT INTO word(word, rank) VALUES ('hashsize', 16777216)")
        next = made
    }

    func finishAnew() throws(StoreError) {
        guard let made = next else { return }
        try made.run("INSERT INTO word(word, rank) VALUES ('hashsize', 1048576)")
        try made.run("PRAGMA wal_checkpoint(TRUNCATE)")
        next = nil
        db = nil
        try folder.adopt()
    }

    private func opened() throws(StoreError) -> Connection {
        if let db { return db }
        let opened = try SQLiteSearchIndexer.open(folder.file)
        db = opened
        return opened
    }

    private static func open(_ path: String) throws(StoreError) -> Connection {
        let db = try Connection(path: path, use: .index)
        try FTS5(db.handle).register()
        return db
    }
}

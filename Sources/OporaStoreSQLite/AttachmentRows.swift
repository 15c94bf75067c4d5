import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

extension Schema {
    /// What is known of files; their bytes lie elsewhere. A message without files costs nothing.
    static let attachments = """
        CREATE TABLE attachment(id INTEGER PRIMARY KEY, uploader TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
            media_type TEXT NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL, message_id INTEGER, created_at INTEGER NOT NULL)
            STRICT;
        CREATE INDEX attachment_bytes ON attachment(sha256);
        CREATE INDEX attachment_loose ON attachment(created_at) WHERE message_id IS NULL;
        ALTER TABLE message ADD COLUMN attachments TEXT;
        """
}

/// Attachments as rows. A message names its own in a column, in order; which message one belongs to stands in its row.
enum AttachmentRow {
    private static let columns = "id, uploader, sha256, size, media_type, name, state, message_id, created_at"

    private static func read(_ row: Statement) throws(StoreError) -> Attachment {
        Attachment(
            id: row.id(0), uploader: row.text(1), sha256: row.text(2), size: row.int(3), mediaType: row.text(4),
            name: row.text(5),
            state: try row.word(6), message: row.optionalID(7), createdAt: row.time(8))
    }

    static func write(_ attachment: Attachment, _ db: Connection) throws(StoreError) {
        try db.statement(
            """
            INSERT OR REPLACE INTO attachment(id, uploader, sha256, size, media_type, name, state, message_id, created_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """
        ).bind(attachment.id.rawValue).bind(attachment.uploader).bind(attachment.sha256).bind(attachment.size)
            .bind(attachment.mediaType).bind(attachment.name).bind(attachment.state.rawValue)
            .bind(attachment.message?.rawValue).bind(attachment.createdAt).run()
    }

    static func remove(_ id: AttachmentID, _ db: Connection) throws(StoreError) {
        try db.statement("DELETE FROM attachment WHERE id = ?1").bind(id.rawValue).run()
    }

    static func find(_ id: AttachmentID, _ db: Connection) throws(StoreError) -> Attachment? {
        try db.statement(composed: "SELECT \(columns) FROM attachment WHERE id = ?1").bind(id.rawValue).first(read)
    }

    /// What a message's column says; NULL for a message without attachments.
    static func list(_ attachments: [Attachment]) -> String? {
        attachments.isEmpty ? nil : attachments.map { "\($0.id.rawValue)" }.joined(separator: ",")
    }

    /// Those that a message's column names, in its order. One that was erased is not there any more.
    static func find(_ list: String, of message: MessageID, _ db: Connection) throws(StoreError) -> [Attachment] {
        var found: [Attachment] = []
        for id in list.split(separator: ",").compactMap({ Int64($0) }) {
            // The number of one that is gone may have been given to another.
            guard let attachment = try find(AttachmentID(rawValue: id), db), attachment.message == message else { continue }
            found.append(attachment)
        }
        return found
    }

    static func loose(of uploader: String, limit: Int, _ db: Connection) throws(StoreError) -> [Attachment] {
        try db.statement(
            composed: """
                SELECT \(columns) FROM attachment WHERE message_id IS NULL AND uploader = ?1 ORDER BY created_at DESC LIMIT ?2
                """
        ).bind(uploader).bind(Int64(limit)).all(read)
    }

    static func loose(before instant: Timestamp, limit: Int, _ db: Connection) throws(StoreError) -> [Attachment] {
        try db.statement(
            composed: """
                SELECT \(columns) FROM attachment WHERE message_id IS NULL AND created_at < ?1 ORDER BY created_at LIMIT ?2
                """
        ).bind(instant).bind(Int64(limit)).all(read)
    }

    static func isShared(_ attachment: Attachment, _ db: Connection) throws(StoreError) -> Bool {
        try db.statement("SELECT 1 FROM attachment WHERE sha256 = ?1 AND id <> ?2 LIMIT 1").bind(attachment.sha256)
            .bind(attachment.id.rawValue).first { _ in true } ?? false
    }
}

import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Messages as rows.
enum MessageRow {
    static let columns = "id, ticket_id, author_id, author_kind, visibility, channel, created_at, text, attachments, published_at"

    /// Reads messages, and their attachments where they have some.
    static func reader(_ db: Connection) -> (Statement) throws(StoreError) -> Message {
        { (row) throws(StoreError) in
            var message = Message(
                id: row.id(0), ticket: row.id(1), author: row.optionalID(2), authorKind: try row.word(3),
                visibility: try row.word(4), channel: try row.word(5), createdAt: row.time(6), text: row.text(7))
            if let ids = row.optionalText(8) { message.attachments = try AttachmentRow.find(ids, of: message.id, db) }
            message.publishedAt = row.optionalTime(9)
            return message
        }
    }

    static func find(_ id: MessageID, _ db: Connection) throws(StoreError) -> Message? {
        try db.statement(composed: "SELECT \(columns) FROM message WHERE id = ?1").bind(id.rawValue).first(reader(db))
    }

    static func ids(
        of ticket: TicketID, from first: MessageID, limit: Int, _ connection: Connection
    ) throws(StoreError) -> [MessageID] {
        try connection.statement("SELECT id FROM message WHERE ticket_id = ?1 AND id >= ?2 ORDER BY id LIMIT ?3")
            .bind(ticket.rawValue).bind(first.rawValue).bind(Int64(limit)).all { (row) throws(StoreError) in row.id(0) }
    }

    static func move(_ move: MessageMove, _ connection: Connection) throws(StoreError) {
        let statement = try connection.statement("UPDATE message SET ticket_id = ?1 WHERE id = ?2")
        for id in move.messages { try statement.bind(move.ticket.rawValue).bind(id.rawValue).run() }
    }

    static func publish(_ message: Message, _ connection: Connection) throws(StoreError) {
        try connection.statement("UPDATE message SET visibility = ?1, published_at = ?2 WHERE id = ?3")
            .bind(message.visibility.rawValue).bind(message.publishedAt).bind(message.id.rawValue).run()
    }

    static func write(_ message: Message, _ connection: Connection) throws(StoreError) {
        let statement = try connection.statement(
            """
            INSERT INTO message(id, ticket_id, author_id, author_kind, visibility, channel, created_at, text, attachments)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """)
        statement.bind(message.id.rawValue).bind(message.ticket.rawValue).bind(message.author?.rawValue)
            .bind(message.authorKind.rawValue).bind(message.visibility.rawValue).bind(message.channel.rawValue)
            .bind(message.createdAt).bind(message.text).bind(AttachmentRow.list(message.attachments))
        try statement.run()
    }
}

/// Feedback as rows.
enum FeedbackRow {
    static let columns = "id, ticket_id, user_id, kind, score, comment, created_at"

    static func read(_ row: Statement) throws(StoreError) -> Feedback {
        Feedback(
            id: row.id(0), ticket: row.id(1), user: row.optionalID(2), kind: try row.word(3), score: row.int(4),
            comment: row.optionalText(5), createdAt: row.time(6))
    }

    static func write(_ feedback: Feedback, _ connection: Connection) throws(StoreError) {
        let statement = try connection.statement(
            "INSERT INTO feedback(id, ticket_id, user_id, kind, score, comment, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
        statement.bind(feedback.id.rawValue).bind(feedback.ticket.rawValue).bind(feedback.user?.rawValue)
            .bind(feedback.kind.rawValue).bind(feedback.score).bind(feedback.comment).bind(feedback.createdAt)
        try statement.run()
    }
}

import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// What the search index is made from, out of the desk's own tables. Tickets in the bin are left out when they are found, not here.
enum SearchRows {
    static func documents(_ part: SearchPart, _ db: Connection) throws(StoreError) -> [SearchDocument] {
        switch part {
        case .messages(let ids):
            return try each(ids.map(\.rawValue)) { (id) throws(StoreError) in try messages(id...id, db) }
        case .messagesNumbered(let numbers): return try messages(numbers, db)
        case .tickets(let ids): return try each(ids.map(\.rawValue)) { (id) throws(StoreError) in try tickets(id...id, db) }
        case .ticketsNumbered(let numbers): return try tickets(numbers, db)
        case .conversations(let ids):
            return try each(ids.map(\.rawValue)) { (id) throws(StoreError) in
                try conversation(id, db) + tickets(id...id, db)
            }
        }
    }

    static func ends(_ db: Connection) throws(StoreError) -> (ticket: Int64, message: Int64) {
        let ends = try db.statement(
            "SELECT (SELECT coalesce(max(id), 0) FROM ticket), (SELECT coalesce(max(id), 0) FROM message)"
        )
        .first { ($0.int(0), $0.int(1)) }
        return ends ?? (0, 0)
    }

    private static func each(
        _ ids: [Int64], _ look: (Int64) throws(StoreError) -> [SearchDocument]
    ) throws(StoreError) -> [SearchDocument] {
        var all: [SearchDocument] = []
        for id in ids { all += try look(id) }
        return all
    }

    private static func messages(_ numbers: ClosedRange<Int64>, _ db: Connection) throws(StoreError) -> [SearchDocument] {
        try db.statement(
            """
            SELECT m.ticket_id, m.id, m.visibility, m.created_at, t.subject, m.text
            FROM message m CROSS JOIN ticket t ON t.id = m.ticket_id WHERE m.id BETWEEN ?1 AND ?2 ORDER BY m.id
            """
        ).bind(numbers.lowerBound).bind(numbers.upperBound).all(document)
    }

    private static func conversation(_ ticket: Int64, _ db: Connection) throws(StoreError) -> [SearchDocument] {
        try db.statement(
            """
            SELECT m.ticket_id, m.id, m.visibility, m.created_at, t.subject, m.text
            FROM ticket t CROSS JOIN message m ON m.ticket_id = t.id WHERE t.id = ?1 ORDER BY m.id
            """
        ).bind(ticket).all(document)
    }

    private static func tickets(_ numbers: ClosedRange<Int64>, _ db: Connection) throws(StoreError) -> [SearchDocument] {
        try db.statement(
            """
            SELECT t.id, NULL, 'public', t.created_at, t.subject, '' FROM ticket t WHERE t.id BETWEEN ?1 AND ?2
                AND NOT EXISTS (SELECT 1 FROM message m WHERE m.ticket_id = t.id AND m.visibility = 'public') ORDER BY t.id
            """
        ).bind(numbers.lowerBound).bind(numbers.upperBound).all(document)
    }

    private static func document(_ row: Statement) throws(StoreError) -> SearchDocument {
        SearchDocument(
            ticket: row.id(0), message: row.optionalID(1), visibility: try row.word(2), createdAt: row.time(3),
            subject: row.text(4), text: row.text(5))
    }
}

import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Events as rows.
enum EventRow {
    static let columns = "seq, prev, type, subject, ticket_id, recorded, body"

    static func read(_ row: Statement) throws(StoreError) -> EventRecord {
        EventRecord(
            seq: row.int(0), prev: row.int(1), name: try row.eventName(2), subject: row.text(3), ticket: row.optionalID(4),
            recordedMicroseconds: row.int(5), body: row.bytes(6))
    }

    static func write(_ event: EventRecord, _ connection: Connection) throws(StoreError) {
        let statement = try connection.statement(
            "INSERT INTO event(seq, prev, type, subject, ticket_id, recorded, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
        statement.bind(event.seq).bind(event.prev).bind(event.name.text).bind(event.subject).bind(event.ticket?.rawValue)
            .bind(event.recordedMicroseconds).bind(blob: event.body)
        try statement.run()
    }
}

/// Receipts and import marks as rows.
enum BookkeepingRows {
    static func receipt(
        identity: String, method: String, key: String, _ db: Connection
    ) throws(StoreError) -> Receipt? {
        try db.statement("SELECT high, low, result, seq, at FROM receipt WHERE identity = ?1 AND method = ?2 AND key = ?3")
            .bind(identity).bind(method).bind(key)
            .first { (row) throws(StoreError) in
                Receipt(
                    identity: identity, method: method, key: key,
                    fingerprint: Fingerprint(
                        high: UInt64(bitPattern: row.int(0)), low: UInt64(bitPattern: row.int(1))),
                    result: row.bytes(2), seq: row.int(3), at: row.time(4))
            }
    }

    static func write(_ receipt: Receipt, _ connection: Connection) throws(StoreError) {
        let statement = try connection.statement(
            "INSERT INTO receipt(identity, method, key, high, low, result, seq, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
        statement.bind(receipt.identity).bind(receipt.method).bind(receipt.key)
            .bind(Int64(bitPattern: receipt.fingerprint.high)).bind(Int64(bitPattern: receipt.fingerprint.low))
            .bind(blob: receipt.result).bind(receipt.seq).bind(receipt.at)
        try statement.run()
    }

    static func write(_ mark: ImportMark, _ connection: Connection) throws(StoreError) {
        let statement = try connection.statement(
            "INSERT OR REPLACE INTO import_mark(source, external_id, ticket_id, position, at) VALUES (?1, ?2, ?3, ?4, ?5)")
        statement.bind(mark.source).bind(mark.externalID).bind(mark.ticket.rawValue).bind(mark.position).bind(mark.at)
        try statement.run()
    }
}

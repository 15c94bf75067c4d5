import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Events as rows.
enum EventRow {
    static let columns = "seq, prev, type, subject, ticket_id, recorded, body"

    static func read(_ row: Statement) throws(StoreError) -> EventRecord {
        EventRecord(
            seq: row.int(0), prev: row.int(1), type: try row.word(2), subject: row.text(3), ticket: row.optionalID(4),
            recordedMicroseconds: row.int(5), body: row.bytes(6))
    }

    static func write(_ event: EventRecord, _ connection: Connection) throws(StoreError) {
        let statement = try connection.statement(
            "INSERT INTO event(seq, prev, type, subject, ticket_id, recorded, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
        statement.bind(event.seq).bind(event.prev).bind(event.type.rawValue).bind(event.subject).bind(event.ticket?.rawValue)
            .bind(event.recordedMicroseconds).bind(blob: event.body)
        try statement.run()
    }
}

/// Receipts, consumers and import marks as rows.
enum BookkeepingRows {
    static func write(_ receipt: Receipt, _ connection: Connection) throws(StoreError) {
        let statement = try connection.statement(
            "INSERT INTO receipt(identity, method, key, high, low, result, seq, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
        statement.bind(receipt.identity).bind(receipt.method).bind(receipt.key)
            .bind(Int64(bitPattern: receipt.fingerprint.high)).bind(Int64(bitPattern: receipt.fingerprint.low))
            .bind(blob: receipt.result).bind(receipt.seq).bind(receipt.at)
        try statement.run()
    }

    static func write(_ consumer: ConsumerRecord, _ connection: Connection) throws(StoreError) {
        let statement = try connection.statement(
            "INSERT OR REPLACE INTO consumer(name, owner, streams, acked_seq) VALUES (?1, ?2, ?3, ?4)")
        statement.bind(consumer.name).bind(consumer.owner)
            .bind(consumer.streams.map(\.rawValue).joined(separator: ",")).bind(consumer.ackedSeq)
        try statement.run()
    }

    static func readConsumer(_ row: Statement) throws(StoreError) -> ConsumerRecord {
        ConsumerRecord(
            name: row.text(0), owner: row.text(1),
            streams: row.text(2).split(separator: ",").compactMap { EventStream(rawValue: String($0)) }, ackedSeq: row.int(3))
    }

    static func write(_ mark: ImportMark, _ connection: Connection) throws(StoreError) {
        let statement = try connection.statement(
            "INSERT OR REPLACE INTO import_mark(source, external_id, ticket_id, position, at) VALUES (?1, ?2, ?3, ?4, ?5)")
        statement.bind(mark.source).bind(mark.externalID).bind(mark.ticket.rawValue).bind(mark.position).bind(mark.at)
        try statement.run()
    }
}

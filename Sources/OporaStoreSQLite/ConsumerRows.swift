import OporaProtocol
import OporaStore
import OporaTime

/// Durable consumers as rows.
enum ConsumerRow {
    static func all(_ db: Connection) throws(StoreError) -> [ConsumerRecord] {
        try db.statement(
            """
            SELECT name, owner, streams, types, acked_seq, max_deliver, state, warned, count(seq), coalesce(sum(retry), 0)
            FROM consumer LEFT JOIN parked ON consumer = name GROUP BY name ORDER BY name
            """
        ).all(read)
    }

    static func write(_ consumer: ConsumerRecord, _ db: Connection) throws(StoreError) {
        let statement = try db.statement(
            """
            INSERT OR REPLACE INTO consumer(name, owner, streams, types, acked_seq, max_deliver, state, warned)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """)
        statement.bind(consumer.name).bind(consumer.owner)
            .bind(consumer.streams.map(\.rawValue).joined(separator: ",")).bind(consumer.types.map(\.text).joined(separator: ","))
            .bind(consumer.ackedSeq).bind(Int64(consumer.maxDeliver)).bind(consumer.state.rawValue)
            .bind(Int64(consumer.warnedPercent))
        try statement.run()
    }

    /// Takes a consumer away, with what it set aside.
    static func delete(_ name: String, _ db: Connection) throws(StoreError) {
        try db.statement("DELETE FROM consumer WHERE name = ?1").bind(name).run()
        try db.statement("DELETE FROM parked WHERE consumer = ?1").bind(name).run()
    }

    private static func read(_ row: Statement) throws(StoreError) -> ConsumerRecord {
        var record = ConsumerRecord(
            name: row.text(0), owner: row.text(1),
            streams: row.text(2).split(separator: ",").compactMap { EventStream(rawValue: String($0)) },
            types: row.text(3).split(separator: ",").compactMap { EventName(String($0)) }, ackedSeq: row.int(4),
            maxDeliver: Int(row.int(5)))
        record.state = try row.word(6)
        record.warnedPercent = Int(row.int(7))
        record.parked = Int(row.int(8))
        record.retrying = Int(row.int(9))
        return record
    }
}

/// Events that were set aside, as rows.
enum ParkedRow {
    static func write(_ event: ParkedEvent, _ db: Connection) throws(StoreError) {
        try db.statement(
            """
            INSERT OR REPLACE INTO parked(consumer, seq, reason, deliveries, parked_at, retry) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            """
        ).bind(event.consumer).bind(event.seq).bind(event.reason).bind(Int64(event.deliveries)).bind(event.parkedAt)
            .bind(event.isRetried ? 1 : 0 as Int64).run()
    }

    static func delete(_ event: ParkedEvent, _ db: Connection) throws(StoreError) {
        try db.statement("DELETE FROM parked WHERE consumer = ?1 AND seq = ?2").bind(event.consumer).bind(event.seq).run()
    }

    static func find(_ query: ParkedQuery, _ db: Connection) throws(StoreError) -> [ParkedEvent] {
        try db.statement(
            """
            SELECT consumer, seq, reason, deliveries, parked_at, retry FROM parked
            WHERE consumer = ?1 AND seq > ?2 AND seq < ?3 AND (?4 = 0 OR retry = 1) ORDER BY seq LIMIT ?5
            """
        ).bind(query.consumer).bind(query.after).bind(query.before).bind(query.isRetried ? 1 : 0 as Int64)
            .bind(Int64(query.limit)).all(read)
    }

    private static func read(_ row: Statement) throws(StoreError) -> ParkedEvent {
        var event = ParkedEvent(
            consumer: row.text(0), seq: row.int(1), reason: row.text(2), deliveries: Int(row.int(3)), parkedAt: row.time(4))
        event.isRetried = row.int(5) == 1
        return event
    }
}

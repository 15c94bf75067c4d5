import OporaProtocol
import OporaStore
import OporaTime

/// Looks into the log by position and by time, and the cutting off of its beginning.
enum LogEnds {
    static func event(_ seq: Int64, _ db: Connection) throws(StoreError) -> EventRecord? {
        try db.statement("SELECT seq, prev, type, subject, ticket_id, recorded, body FROM event WHERE seq = ?1").bind(seq)
            .first(EventRow.read)
    }

    /// Halves the part until the place is found: times of recording grow with the positions, and an index on them would cost
    /// every command.
    static func lastSeq(
        before instant: Timestamp, in part: ClosedRange<Int64>, _ db: Connection
    ) throws(StoreError) -> Int64 {
        var before = part.lowerBound - 1
        var notBefore = part.upperBound + 1
        while notBefore - before > 1 {
            let middle = before + (notBefore - before) / 2
            let recorded = try db.statement("SELECT recorded FROM event WHERE seq = ?1").bind(middle).first { $0.int(0) }
            guard let recorded else { throw .corrupt("the log has no event \(middle)") }
            if recorded / 1000 < instant.rawValue { before = middle } else { notBefore = middle }
        }
        return before
    }

    /// From now on the log begins there; what lies before is no part of it, and its room is freed later.
    static func begin(at seq: Int64, _ db: Connection) throws(StoreError) {
        try db.statement("UPDATE log SET first_seq = ?1").bind(seq).run()
    }

    static func sweep(limit: Int, _ db: Connection) throws(StoreError) -> Int {
        try db.statement(
            """
            DELETE FROM event WHERE seq IN
                (SELECT seq FROM event WHERE seq < (SELECT first_seq FROM log) ORDER BY seq LIMIT ?1)
            """
        ).bind(Int64(limit)).run()
        return db.changes
    }
}

import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// What commands do to tickets besides changing their rows: ties, merges, messages that move or are published.
enum TicketWorkRows {
    static func write(_ commit: Commit, _ db: Connection) throws(StoreError) {
        for move in commit.movedMessages { try MessageRow.move(move, db) }
        for message in commit.publishedMessages { try MessageRow.publish(message, db) }
        for link in commit.links { try LinkRow.write(link, db) }
        for link in commit.unlinks { try LinkRow.delete(link, db) }
        for merge in commit.merges { try MergeRow.write(merge, db) }
    }
}

/// Ties between tickets as rows.
enum LinkRow {
    static func find(_ ticket: TicketID, _ db: Connection) throws(StoreError) -> [TicketLink] {
        try db.statement(
            """
            SELECT from_id, relation, to_id, created_at FROM ticket_link WHERE from_id = ?1
            UNION ALL SELECT from_id, relation, to_id, created_at FROM ticket_link WHERE to_id = ?1 ORDER BY 4, 1, 3
            """
        ).bind(ticket.rawValue).all { (row) throws(StoreError) in
            TicketLink(row.id(0), try row.word(1), row.id(2), createdAt: row.time(3))
        }
    }

    static func write(_ link: TicketLink, _ db: Connection) throws(StoreError) {
        try db.statement("INSERT INTO ticket_link(from_id, relation, to_id, created_at) VALUES (?1, ?2, ?3, ?4)")
            .bind(link.from.rawValue).bind(link.relation.rawValue).bind(link.to.rawValue).bind(link.createdAt).run()
    }

    static func delete(_ link: TicketLink, _ db: Connection) throws(StoreError) {
        try db.statement("DELETE FROM ticket_link WHERE from_id = ?1 AND relation = ?2 AND to_id = ?3")
            .bind(link.from.rawValue).bind(link.relation.rawValue).bind(link.to.rawValue).run()
    }
}

/// Merges as rows: what moved, and how the source stood.
enum MergeRow {
    static func find(_ source: TicketID, _ db: Connection) throws(StoreError) -> TicketMerge? {
        try db.statement(
            """
            SELECT source_id, at, target_id, moved, stood, targets, undone_at FROM ticket_merge
            WHERE source_id = ?1 AND undone_at IS NULL ORDER BY at DESC LIMIT 1
            """
        ).bind(source.rawValue).first(read)
    }

    private static func read(_ row: Statement) throws(StoreError) -> TicketMerge {
        let moved = try row.json(3)
        let stood = try row.json(4)
        func ids<T: EntityID>(_ name: String) -> [T] {
            moved[name]?.array?.compactMap { $0.int.map { T(rawValue: $0) } } ?? []
        }
        func time(_ name: String) -> Timestamp? { stood[name]?.int.map { Timestamp($0) } }
        guard let category = stood["category"]?.string.flatMap(TicketStatus.init(rawValue:)) else {
            throw .corrupt("a merge of ticket \(row.int(0)) can't be read")
        }
        var merge = TicketMerge(
            source: row.id(0), target: row.id(2), at: row.time(1), status: Status(category, custom: stood["custom"]?.string))
        merge.messages = ids("messages")
        merge.followers = ids("followers")
        merge.tags = moved["tags"]?.array?.compactMap(\.string) ?? []
        merge.reason = stood["reason"]?.string
        merge.wakeAt = time("wake_at")
        merge.solvedAt = time("solved_at")
        merge.closedAt = time("closed_at")
        merge.targets = try TargetColumn.read(row.json(5)).targets
        merge.undoneAt = row.optionalTime(6)
        return merge
    }

    static func write(_ merge: TicketMerge, _ db: Connection) throws(StoreError) {
        let moved: JSON = [
            "messages": .array(merge.messages.map { .int($0.rawValue) }),
            "followers": .array(merge.followers.map { .int($0.rawValue) }), "tags": .array(merge.tags.map { .string($0) }),
        ]
        let stood: JSON = [
            "category": .string(merge.status.category.rawValue), "custom": .optional(merge.status.custom),
            "reason": .optional(merge.reason), "wake_at": merge.wakeAt.map { .int($0.rawValue) },
            "solved_at": merge.solvedAt.map { .int($0.rawValue) }, "closed_at": merge.closedAt.map { .int($0.rawValue) },
        ]
        try db.statement(
            """
            INSERT OR REPLACE INTO ticket_merge(source_id, at, target_id, moved, stood, targets, undone_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """
        ).bind(merge.source.rawValue).bind(merge.at).bind(merge.target.rawValue).bind(moved.text).bind(stood.text)
            .bind(TargetColumn.text(merge.targets)).bind(merge.undoneAt).run()
    }
}

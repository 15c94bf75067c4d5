import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// A ticket as a row: the order of its columns is written down once.
enum TicketRow {
    static let columns = """
        id, version, subject, status, status_reason, wake_at, priority, type, channel, requester_id, organization_id, group_id, \
        assignee_id, fields, external_id, created_at, updated_at, solved_at, closed_at, imported_at, targets, custom_status, tier, \
        tags, followers, claimed_by, claimed_until, bounces, merged_into, deleted_at, touched_at, watch_at, stuck_at, \
        visited, links
        """

    /// How many columns there are.
    static let count = Int32(columns.split(separator: ",").count)

    static func read(_ row: Statement) throws(StoreError) -> Ticket {
        let sla = try TargetColumn.read(row.json(20))
        var ticket = Ticket(
            id: row.id(0), version: row.int(1), subject: row.text(2), status: try row.word(3),
            statusReason: row.optionalText(4), wakeAt: row.optionalTime(5), priority: try row.word(6),
            type: try row.optionalWord(7), channel: try row.word(8), requester: row.id(9), organization: row.optionalID(10),
            group: row.optionalID(11), tier: row.optionalInt(22).map { Int($0) }, assignee: row.optionalID(12),
            tags: WordColumn.read(row.optionalText(23)), followers: try WordColumn.ids(row.optionalText(24)),
            fields: try row.json(13).object ?? JSONObject(),
            externalID: row.optionalText(14), createdAt: row.time(15), updatedAt: row.time(16),
            solvedAt: row.optionalTime(17), closedAt: row.optionalTime(18), importedAt: row.optionalTime(19),
            targets: sla.targets, exchange: sla.exchange)
        ticket.customStatus = row.optionalText(21)
        if let user: UserID = row.optionalID(25) { ticket.claim = TicketClaim(user: user, until: row.time(26)) }
        ticket.bounces = row.int(27)
        ticket.mergedInto = row.optionalID(28)
        ticket.deletedAt = row.optionalTime(29)
        ticket.touchedAt = row.optionalTime(30) ?? ticket.updatedAt
        ticket.watchAt = row.optionalTime(31)
        ticket.stuckAt = row.optionalTime(32)
        ticket.visited = PlaceColumn.read(row.optionalText(33))
        ticket.links = row.int(34)
        return ticket
    }

    static func write(_ ticket: Ticket, _ connection: Connection) throws(StoreError) {
        let statement = try connection.statement(
            """
            INSERT INTO ticket(id, version, subject, status, status_reason, wake_at, priority, type, channel, requester_id,
                organization_id, group_id, assignee_id, fields, external_id, created_at, updated_at, solved_at, closed_at,
                imported_at, targets, due_at, next_at, custom_status, tier, tags, followers, claimed_by, claimed_until,
                bounces, merged_into, deleted_at, touched_at, watch_at, stuck_at, visited, links)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,
                ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37)
            ON CONFLICT(id) DO UPDATE SET version = ?2, subject = ?3, status = ?4, status_reason = ?5, wake_at = ?6,
                priority = ?7, type = ?8, channel = ?9, requester_id = ?10, organization_id = ?11, group_id = ?12,
                assignee_id = ?13, fields = ?14, external_id = ?15, updated_at = ?17, solved_at = ?18, closed_at = ?19,
                imported_at = ?20, targets = ?21, due_at = ?22, next_at = ?23, custom_status = ?24, tier = ?25, tags = ?26,
                followers = ?27, claimed_by = ?28, claimed_until = ?29, bounces = ?30, merged_into = ?31, deleted_at = ?32,
                touched_at = ?33, watch_at = ?34, stuck_at = ?35, visited = ?36, links = ?37
            """)
        statement.bind(ticket.id.rawValue).bind(ticket.version).bind(ticket.subject).bind(ticket.status.rawValue)
            .bind(ticket.statusReason).bind(ticket.wakeAt).bind(ticket.priority.rawValue).bind(ticket.type?.rawValue)
            .bind(ticket.channel.rawValue).bind(ticket.requester.rawValue).bind(ticket.organization?.rawValue)
            .bind(ticket.group?.rawValue).bind(ticket.assignee?.rawValue).bind(JSON.object(ticket.fields).text)
            .bind(ticket.externalID).bind(ticket.createdAt).bind(ticket.updatedAt).bind(ticket.solvedAt)
            .bind(ticket.closedAt).bind(ticket.importedAt).bind(TargetColumn.text(ticket.targets, ticket.exchange)).bind(
                ticket.dueAt
            )
            .bind(ticket.nextInstant).bind(ticket.customStatus).bind(ticket.tier.map { Int64($0) })
            .bind(WordColumn.text(ticket.tags)).bind(WordColumn.text(ticket.followers.map { "\($0.rawValue)" }))
            .bind(ticket.claim?.user.rawValue).bind(ticket.claim?.until).bind(ticket.bounces)
            .bind(ticket.mergedInto?.rawValue).bind(ticket.deletedAt).bind(ticket.touchedAt).bind(ticket.watchAt)
            .bind(ticket.stuckAt).bind(PlaceColumn.text(ticket.visited)).bind(ticket.links)
        try statement.run()
    }
}

/// A list of words or numbers in one column, with a comma around each, so that one is found by `LIKE '%,word,%'`; empty is NULL.
enum WordColumn {
    static func text(_ words: [String]) -> String? { words.isEmpty ? nil : ",\(words.joined(separator: ","))," }

    static func read(_ text: String?) -> [String] { text?.split(separator: ",").map(String.init) ?? [] }

    static func ids<T: EntityID>(_ text: String?) throws(StoreError) -> [T] {
        var ids: [T] = []
        for word in read(text) {
            guard let number = Int64(word) else { throw .corrupt("\"\(word)\" is no number of an id") }
            ids.append(T(rawValue: number))
        }
        return ids
    }
}

/// Groups and tiers in one column: `3/1` for tier 1 of group 3, a part without a value empty.
enum PlaceColumn {
    static func text(_ places: [Place]) -> String? {
        WordColumn.text(
            places.map { "\($0.group.map { "\($0.rawValue)" } ?? "")/\($0.tier.map(String.init) ?? "")" })
    }

    static func read(_ text: String?) -> [Place] {
        WordColumn.read(text).map { word in
            let parts = word.split(separator: "/", omittingEmptySubsequences: false)
            return Place(
                group: parts.first.flatMap { Int64($0) }.map { GroupID(rawValue: $0) }, tier: parts.last.flatMap { Int($0) })
        }
    }
}

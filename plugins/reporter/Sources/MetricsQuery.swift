import OporaPluginKit
import OporaPluginStore

/// A half-open stretch of time, [from, to).
struct TimeRange: Equatable {
    var from: Timestamp
    var to: Timestamp

    var milliseconds: Int64 { to - from }
    var json: JSON { ["from": .string(from.text), "to": .string(to.text)] }
    var arguments: [StoreValue] { [.int(from.rawValue), .int(to.rawValue)] }
}

extension ReadModel {
    /// The figures of `range`. Sums are made by SQLite; only the durations of tickets solved in it are held.
    func metrics(_ range: TimeRange) throws -> Metrics {
        var metrics = Metrics()
        metrics.byPriority = try countCreated(range, by: "priority") { $0.optionalText(0) }
        metrics.byChannel = try countCreated(range, by: "channel") { $0.optionalText(0) }
        metrics.byGroup = try countCreated(range, by: "group_id") { $0.optionalInt(0).map(GroupID.init(rawValue:)) }
        metrics.created = metrics.byPriority.values.reduce(0, +)
        try store.forEach("SELECT kind, COUNT(*) FROM turn WHERE at >= ? AND at < ? GROUP BY kind", range.arguments) { row in
            if let turn = Turn(rawValue: row.text(0)) { metrics.turns[turn] = row.int(1) }
        }
        metrics.backlogFrom = try backlog(at: range.from)
        metrics.backlogTo = try backlog(at: range.to)
        metrics.firstResolution = try resolution(range, "first_solved_at")
        metrics.fullResolution = try resolution(range, "last_solved_at")
        metrics.stays = try stays(range)
        return metrics
    }

    private func countCreated<Key: Hashable>(
        _ range: TimeRange, by column: String, _ key: (StoreRow) -> Key
    ) throws -> [Key: Int64] {
        var counts: [Key: Int64] = [:]
        try store.forEach(
            "SELECT \(column), COUNT(*) FROM ticket WHERE created_at >= ? AND created_at < ? GROUP BY \(column)", range.arguments
        ) { row in counts[key(row)] = row.int(1) }
        return counts
    }

    /// Where tickets stood after all changes earlier than `instant`: in the stay that the millisecond before it lies in.
    private func backlog(at instant: Timestamp) throws -> [TicketStatus: Int64] {
        var counts: [TicketStatus: Int64] = [:]
        try store.forEach(
            "SELECT status, COUNT(*) FROM stay WHERE since < ?1 AND until >= ?1 GROUP BY status", [.int(instant.rawValue)]
        ) { row in
            if let status = TicketStatus(rawValue: row.text(0)), status.isUnsolved { counts[status] = row.int(1) }
        }
        return counts
    }

    private func resolution(_ range: TimeRange, _ column: String) throws -> Distribution {
        var durations: [Int64] = []
        try store.forEach(
            "SELECT \(column) - created_at FROM ticket WHERE \(column) >= ? AND \(column) < ?", range.arguments
        ) { durations.append($0.int(0)) }
        return Distribution(durations)
    }

    private func stays(_ range: TimeRange) throws -> [Metrics.Stay] {
        var stays: [Metrics.Stay] = []
        try store.forEach(
            """
            SELECT group_id, status, SUM(MIN(until, ?2) - MAX(since, ?1)) FROM stay
            WHERE since < ?2 AND until > ?1 GROUP BY group_id, status ORDER BY group_id, status
            """, range.arguments
        ) { row in
            guard let status = TicketStatus(rawValue: row.text(1)) else { return }
            stays.append(.init(group: row.optionalInt(0).map(GroupID.init(rawValue:)), status: status, milliseconds: row.int(2)))
        }
        return stays
    }
}

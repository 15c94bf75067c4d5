import OporaPluginKit
import OporaPluginStore

extension ReadModel {
    /// Breaches and oldest tickets that the report names one by one.
    static let breachesNamed: Int64 = 10
    static let oldestNamed: Int64 = 5

    /// The figures of a morning report, all from one unchanging view of the tables.
    func morning(_ moment: MorningMoment) throws -> MorningFigures {
        var figures = MorningFigures(moment)
        let now = StoreValue.int(moment.at.rawValue)
        figures.isEmpty = try store.rows("SELECT 1 FROM ticket WHERE created_at < ? LIMIT 1", [now]).isEmpty
        try fill(&figures.yesterday)
        try fill(&figures.week)
        let week = moment.week.arguments
        try store.forEach("SELECT created_at FROM ticket WHERE created_at >= ? AND created_at < ?", week) { row in
            figures.days[moment.dayIndex(Timestamp(row.int(0)))].created += 1
        }
        try store.forEach("SELECT at FROM turn WHERE at >= ? AND at < ? AND kind = 'solved'", week) { row in
            figures.days[moment.dayIndex(Timestamp(row.int(0)))].solved += 1
        }
        figures.unsolved = try unsolved(now)
        figures.oldest = try oldest(now)
        let lastDay = moment.lastDay.arguments
        let breached = "SELECT COUNT(*) FROM sla WHERE at >= ? AND at < ? AND outcome = 'breached'"
        figures.breachedInLastDay = try store.rows(breached, lastDay).first?.int(0) ?? 0
        figures.breaches = try breaches(lastDay)
        return figures
    }

    private func fill(_ period: inout MorningFigures.Period) throws {
        period.metrics = try metrics(period.range)
        var targets: [String: MorningFigures.TargetCount] = [:]
        for target in [TargetKind.firstResponse, .resolution].map(\.rawValue) { targets[target] = .init(target: target) }
        try store.forEach(
            "SELECT target, outcome, COUNT(*) FROM sla WHERE at >= ? AND at < ? GROUP BY target, outcome", period.range.arguments
        ) { row in
            var count = targets[row.text(0)] ?? .init(target: row.text(0))
            switch Fact.Outcome(rawValue: row.text(1)) {
            case .met: count.met = row.int(2)
            case .breached: count.breached = row.int(2)
            case .warning: count.warnings = row.int(2)
            case nil: break
            }
            targets[row.text(0)] = count
        }
        period.sla = targets.values.sorted { $0.target < $1.target }
        try store.forEach(
            "SELECT COUNT(*), SUM(score >= 4) FROM rating WHERE at >= ? AND at < ?", period.range.arguments
        ) { period.csat = .init(n: $0.int(0), good: $0.int(1)) }
    }

    private func unsolved(_ now: StoreValue) throws -> [MorningFigures.Unsolved] {
        let steps = Age.allCases.compactMap { age in
            age.untilDays.map { "WHEN ?1 - created_at < \($0 * 86_400_000) THEN \(age.rawValue)" }
        }
        var unsolved: [MorningFigures.Unsolved] = []
        try store.forEach(
            """
            SELECT stay.status, stay.group_id, priority,
                CASE \(steps.joined(separator: " ")) ELSE \(Age.older.rawValue) END AS age, COUNT(*)
            FROM stay JOIN ticket ON ticket.id = stay.ticket
            WHERE stay.since < ?1 AND until >= ?1 AND stay.status NOT IN ('solved', 'closed')
            GROUP BY stay.status, stay.group_id, priority, age ORDER BY stay.status, stay.group_id, priority, age
            """, [now]
        ) { row in
            guard let status = TicketStatus(rawValue: row.text(0)), let age = Age(rawValue: Int(row.int(3))) else { return }
            unsolved.append(
                .init(
                    status: status, group: row.optionalInt(1).map(GroupID.init(rawValue:)), priority: row.optionalText(2),
                    age: age, n: row.int(4)))
        }
        return unsolved
    }

    private func oldest(_ now: StoreValue) throws -> [MorningFigures.Old] {
        try store.rows(
            """
            SELECT ticket.id, created_at FROM stay JOIN ticket ON ticket.id = stay.ticket
            WHERE stay.since < ?1 AND until >= ?1 AND stay.status NOT IN ('solved', 'closed')
            ORDER BY created_at, ticket.id LIMIT \(ReadModel.oldestNamed)
            """, [now]
        ).map { .init(ticket: TicketID(rawValue: $0.int(0)), createdAt: Timestamp($0.int(1))) }
    }

    private func breaches(_ range: [StoreValue]) throws -> [MorningFigures.Breach] {
        try store.rows(
            """
            SELECT sla.ticket, target, at, priority, group_id FROM sla LEFT JOIN ticket ON ticket.id = sla.ticket
            WHERE at >= ? AND at < ? AND outcome = 'breached' ORDER BY at DESC, sla.ticket LIMIT \(ReadModel.breachesNamed)
            """, range
        ).map { row in
            .init(
                ticket: TicketID(rawValue: row.int(0)), target: row.text(1), at: Timestamp(row.int(2)),
                priority: row.optionalText(3), group: row.optionalInt(4).map(GroupID.init(rawValue:)))
        }
    }
}

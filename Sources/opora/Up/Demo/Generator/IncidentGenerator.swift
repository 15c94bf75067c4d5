import OporaPluginKit

/// Makes an incident log in the columns and the shape of the public ServiceNow one, the same for the same seed.
struct IncidentGenerator: Sendable {
    /// Incidents that one log may have.
    static let ticketLimit = 1...200_000
    /// Calls a day on average, which says how many days the log spans.
    private static let callsADay = 50
    /// The first day of every generated log, a Monday. It is fixed so that the log depends on the seed alone.
    static let firstDay = CivilDate(year: 2026, month: 3, day: 2)
    /// The export was made at ten in the morning: later lines are not in it.
    private static let exportHour = 10

    var seed: UInt64
    var tickets: Int

    /// The minute at which the log ends.
    var end: Int {
        // Whole weeks and three days more: a Thursday, with a full week before it.
        let days = (max(10, tickets / Self.callsADay) / 7) * 7 + 3
        return (Self.firstDay.daysSinceEpoch + days) * 1440 + Self.exportHour * 60
    }

    /// All lines, by incident and then by time, as the export orders them.
    func rows() -> [IncidentRow] {
        var random = SplitMix64(seed: seed)
        let end = end
        let opened = calls(until: end, &random)
        var number = 45
        return opened.flatMap { moment in
            number += 1 + random.skewed(4)
            var story = IncidentStory(number: number, opened: moment, random: SplitMix64(seed: random.next()))
            return export(story.tell(), at: end)
        }
    }

    /// The log as a CSV file.
    func csv() -> String {
        var text = IncidentRow.columns + "\n"
        for row in rows() { text += row.text + "\n" }
        return text
    }

    /// When the calls came in, in order.
    private func calls(until end: Int, _ random: inout SplitMix64) -> [Int] {
        let first = Self.firstDay.daysSinceEpoch
        let weights = (first...end / 1440).map { OfficeHours.callsByWeekday[Weekday(daysSinceEpoch: $0).rawValue] }
        var moments: [Int] = []
        while moments.count < tickets {
            let day = first + random.weighted(weights)
            let moment = day * 1440 + random.weighted(OfficeHours.callsByHour) * 60 + random.below(60)
            // The first line of an incident follows its call by up to half an hour.
            if moment + 30 < end { moments.append(moment) }
        }
        return moments.sorted()
    }

    /// What of an incident an export at that minute holds.
    private func export(_ rows: [IncidentRow], at end: Int) -> [IncidentRow] {
        rows.filter { $0.at < end }.map { row in
            var row = row
            row.facts.resolved = row.facts.resolved.flatMap { $0 < end ? $0 : nil }
            row.facts.closed = row.facts.closed.flatMap { $0 < end ? $0 : nil }
            if row.facts.resolved == nil { row.facts.resolvedBy = nil }
            return row
        }
    }
}

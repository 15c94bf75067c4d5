import OporaPluginKit

/// The moment for which a morning report is made, and the stretches of time that it looks at.
struct MorningMoment: Equatable {
    /// Whole days before the report's day that it counts as the last ones.
    static let days = 7

    let at: Timestamp
    let zone: ZoneRules

    private var today: Int { zone.local(at).date.daysSinceEpoch }

    /// The calendar days before the report's day, yesterday last.
    var days: [CivilDate] { (1...MorningMoment.days).reversed().map { CivilDate(daysSinceEpoch: today - $0) } }
    var yesterday: TimeRange { range(lastDays: 1) }
    var week: TimeRange { range(lastDays: MorningMoment.days) }
    /// The 24 hours up to now, the night included.
    var lastDay: TimeRange { TimeRange(from: at - 86_400_000, to: at) }

    private func range(lastDays count: Int) -> TimeRange {
        TimeRange(
            from: zone.startOfDay(CivilDate(daysSinceEpoch: today - count)),
            to: zone.startOfDay(CivilDate(daysSinceEpoch: today)))
    }

    /// Which of `days` an instant of the last days lies in.
    func dayIndex(_ instant: Timestamp) -> Int {
        let index = zone.local(instant).date.daysSinceEpoch - (today - MorningMoment.days)
        return min(max(index, 0), MorningMoment.days - 1)
    }
}

/// All that a morning report says, as values: groups by id.
struct MorningFigures: Equatable {
    /// Figures of one stretch of time.
    struct Period: Equatable {
        var range: TimeRange
        var metrics = Metrics()
        var sla: [TargetCount] = []
        var csat = Satisfaction()
    }

    /// How the promises of one target went.
    struct TargetCount: Equatable {
        var target: String
        var met: Int64 = 0
        var breached: Int64 = 0
        var warnings: Int64 = 0

        var ended: Int64 { met + breached }
        /// Per cent of those that ended; nil where none did.
        var compliance: Double? { ended == 0 ? nil : Double(met) * 100 / Double(ended) }
    }

    /// Answers to the question whether the requester was satisfied; 4 and 5 of 5 count as good.
    struct Satisfaction: Equatable {
        var n: Int64 = 0
        var good: Int64 = 0

        var percent: Double? { n == 0 ? nil : Double(good) * 100 / Double(n) }
    }

    /// One day of the chart.
    struct Day: Equatable {
        var date: CivilDate
        var created: Int64 = 0
        var solved: Int64 = 0
    }

    /// How many unsolved tickets are alike in all that the report groups by.
    struct Unsolved: Equatable {
        var status: TicketStatus
        var group: GroupID?
        var priority: String?
        var age: Age
        var n: Int64
    }

    /// A target that was breached.
    struct Breach: Equatable {
        var ticket: TicketID
        var target: String
        var at: Timestamp
        var priority: String?
        var group: GroupID?
    }

    /// A ticket that has been unsolved for long.
    struct Old: Equatable {
        var ticket: TicketID
        var createdAt: Timestamp
    }

    var moment: MorningMoment
    /// True where no ticket was created before the report's moment.
    var isEmpty = true
    var yesterday: Period
    var week: Period
    var days: [Day]
    var unsolved: [Unsolved] = []
    var oldest: [Old] = []
    var breachedInLastDay: Int64 = 0
    /// The latest of them.
    var breaches: [Breach] = []

    init(_ moment: MorningMoment) {
        self.moment = moment
        yesterday = Period(range: moment.yesterday)
        week = Period(range: moment.week)
        days = moment.days.map { Day(date: $0) }
    }

    /// The groups whose names are needed to show these figures.
    var groups: Set<GroupID> {
        yesterday.metrics.groups.union(week.metrics.groups)
            .union(unsolved.compactMap(\.group)).union(breaches.compactMap(\.group))
    }
}

/// How long ago an unsolved ticket was created, in days of 24 hours.
enum Age: Int, CaseIterable, Sendable {
    case day, threeDays, week, month, older

    /// The days at which this age ends and the next begins; nil for the last.
    var untilDays: Int64? {
        switch self {
        case .day: 1
        case .threeDays: 3
        case .week: 7
        case .month: 30
        case .older: nil
        }
    }

    /// The days at which it begins.
    var fromDays: Int64 { Age(rawValue: rawValue - 1)?.untilDays ?? 0 }
}

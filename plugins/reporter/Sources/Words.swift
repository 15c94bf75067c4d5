import OporaPluginKit

/// A language in which people read reports.
enum Language: String, CaseIterable, Sendable {
    case english = "en"
    case russian = "ru"
}

/// The words of the morning report in one language. Every one has to be given, so no language can lack one.
struct Words: Sendable {
    let title, yesterday, lastDays, empty, nothing, noValue: String
    let created, solved, closed, reopened, resolutionMedian, resolution90, csat, warnings: String
    let chart, backlog, age, oldest, sla, met, breached, compliance, noTargets, breachedLastDay, more: String
    let bottleneck, byGroup, byPriority: String
    let statuses: [TicketStatus: String]
    let priorities: [Priority: String]
    let targets: [TargetKind: String]
    let ages: [Age: String]
    let weekdays, weekdaysShort, months, monthsShort: [String]
    let day, hour, minute, space, decimalMark, percent: String
    /// After a total of hours and an average number of tickets.
    let hoursTotal, ticketsAtATime: String
    /// What stands between the day and month of a long date and its year, and after it.
    let yearSuffix: String
}

extension Words {
    init(_ language: Language) {
        switch language {
        case .english: self = .english
        case .russian: self = .russian
        }
    }

    func status(_ status: TicketStatus) -> String { statuses[status] ?? status.rawValue }
    func age(_ age: Age) -> String { ages[age] ?? "" }
    /// The word for a priority of the vocabulary; what else stands there is shown as it is.
    func priority(_ name: String) -> String { Priority(rawValue: name).flatMap { priorities[$0] } ?? named(name) }
    func target(_ name: String) -> String { TargetKind(rawValue: name).flatMap { targets[$0] } ?? name }
    /// A name that someone gave, or the words for no value.
    func named(_ name: String) -> String { name == GroupNames.none ? noValue : Columns.name(name) }
}

/// Figures, durations and dates as people write them.
extension Words {
    /// One digit after the mark.
    func decimal(_ value: Double) -> String {
        let tenths = Int64((value * 10).rounded())
        return "\(tenths / 10)\(decimalMark)\(tenths % 10)"
    }

    func percentage(_ value: Double?) -> String { value.map { decimal($0) + percent } ?? "—" }

    /// The two largest units that say something: days and hours, hours and minutes, minutes.
    func duration(_ milliseconds: Double?) -> String {
        guard let milliseconds else { return "—" }
        let minutes = Int64((milliseconds / 60_000).rounded())
        let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60)
        func part(_ value: Int64, _ unit: String) -> String { "\(value)\(space)\(unit)" }
        if days > 0 { return "\(part(days, day)) \(part(hours, hour))" }
        if hours > 0 { return "\(part(hours, hour)) \(part(rest, minute))" }
        return part(rest, minute)
    }

    /// `Mon 22 Feb`.
    func shortDay(_ date: CivilDate) -> String {
        "\(weekdaysShort[date.weekday.rawValue]) \(date.day) \(monthsShort[date.month - 1])"
    }

    /// `Monday, 22 February 2016, 08:00`.
    func long(_ time: LocalTime) -> String {
        let date = time.date
        let weekday = weekdays[date.weekday.rawValue]
        return "\(weekday), \(date.day) \(months[date.month - 1]) \(date.year)\(yearSuffix), \(clock(time))"
    }

    func clock(_ time: LocalTime) -> String {
        let minutes = time.millisecondsOfDay / 60_000
        return "\(minutes / 60 < 10 ? "0" : "")\(minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
    }
}

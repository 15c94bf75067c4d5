import ArgumentParser
import OporaPluginKit

/// What is promised to one priority: `urgent:first_response=30m,resolution=4h`.
struct PromiseArgument: ExpressibleByArgument, Hashable, Sendable {
    var priority: Priority
    var milliseconds: [TargetKind: Int64]

    init?(argument: String) {
        let halves = argument.split(separator: ":", maxSplits: 1)
        guard halves.count == 2, let priority = Priority(rawValue: String(halves[0])) else { return nil }
        self.priority = priority
        milliseconds = [:]
        for part in halves[1].split(separator: ",", omittingEmptySubsequences: false) {
            let pair = part.split(separator: "=", omittingEmptySubsequences: false)
            guard pair.count == 2, let kind = TargetKind(rawValue: String(pair[0])), milliseconds[kind] == nil,
                let span = Spans.parse(pair[1]), span > 0
            else { return nil }
            milliseconds[kind] = span
        }
    }

    /// The `targets` of a policy; two promises to one priority are one.
    static func targets(_ promises: [PromiseArgument]) -> JSON {
        var all: [Priority: [TargetKind: Int64]] = [:]
        for promise in promises { all[promise.priority, default: [:]].merge(promise.milliseconds) { $1 } }
        let members = Priority.allCases.compactMap { priority in
            all[priority].map { kinds in
                let spans = TargetKind.allCases.compactMap { kind in kinds[kind].map { (kind.rawValue, JSON.int($0)) } }
                return (priority.rawValue, JSON.object(JSONObject(spans)))
            }
        }
        return .object(JSONObject(members))
    }
}

/// Opening hours of some weekdays: `mon-fri=09:00-13:00,14:00-18:00`, `sat,sun=10:00-16:00`, `all=00:00-24:00`.
struct WeeklyHoursArgument: ExpressibleByArgument, Hashable, Sendable {
    var days: [Weekday]
    var hours: [ClockInterval]

    init?(argument: String) {
        let halves = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, let days = WeeklyHoursArgument.days(halves[0]), let hours = ClockInterval.list(halves[1]) else {
            return nil
        }
        self.days = days
        self.hours = hours
    }

    private static func days(_ text: Substring) -> [Weekday]? {
        if text == "all" { return Weekday.allCases }
        var days: [Weekday] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Weekday(name: String($0)) }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else { return nil }
            // fri-mon goes over the end of the week.
            let count = (last.rawValue - first.rawValue + 7) % 7 + 1
            days += (0..<count).compactMap { Weekday(rawValue: (first.rawValue + $0) % 7) }
        }
        return days
    }

    /// The `hours` of a calendar; what is said of one day in several places is put together.
    static func json(_ arguments: [WeeklyHoursArgument]) -> JSON? {
        var week: [Weekday: [JSON]] = [:]
        for argument in arguments {
            for day in argument.days { week[day, default: []] += argument.hours.map(\.json) }
        }
        guard !week.isEmpty else { return nil }
        return .object(JSONObject(Weekday.allCases.compactMap { day in week[day].map { (day.name, .array($0)) } }))
    }
}

/// Hours of one date: `2026-12-31=09:00-12:00`; `2026-12-31=` is closed.
struct DatedHoursArgument: ExpressibleByArgument, Hashable, Sendable {
    var date: CivilDate
    var hours: [ClockInterval]

    init?(argument: String) {
        let halves = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, let date = CivilDate(halves[0]) else { return nil }
        guard let hours = halves[1].isEmpty ? [] : ClockInterval.list(halves[1]) else { return nil }
        self.date = date
        self.hours = hours
    }

    /// The `overrides` or `breaks` of a calendar.
    static func json(_ arguments: [DatedHoursArgument]) -> JSON? {
        guard !arguments.isEmpty else { return nil }
        var object = JSONObject()
        for argument in arguments {
            object[argument.date.text] = .array((object[argument.date.text]?.array ?? []) + argument.hours.map(\.json))
        }
        return .object(object)
    }
}

/// A stretch of a day on the wall clock: `09:00-13:00`.
struct ClockInterval: Hashable, Sendable {
    var open: String
    var close: String

    var json: JSON { [.string(open), .string(close)] }

    /// Reads several with commas; nil where one is not a stretch that opens before it closes.
    static func list(_ text: Substring) -> [ClockInterval]? {
        var list: [ClockInterval] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
            guard ends.count == 2, let open = LocalTime.clock(ends[0]), let close = LocalTime.clock(ends[1]), open < close else {
                return nil
            }
            list.append(ClockInterval(open: String(ends[0]), close: String(ends[1])))
        }
        return list
    }
}

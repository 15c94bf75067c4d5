import OporaProtocol
import OporaTime

/// What repeats every year: an `RRULE` with `FREQ=YEARLY` and `INTERVAL`, `COUNT`, `UNTIL`, `BYMONTH`, `BYMONTHDAY` and `BYDAY`
/// (`4TH` is the fourth Thursday of the month, `-1MO` the last Monday).
struct YearlyRule {
    private static let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

    private let line: Int
    private var interval = 1
    private var count: Int?
    private var until: CivilDate?
    private var months: [Int] = []
    private var monthDays: [Int] = []
    private var weekdays: [(which: Int, day: Int)] = []

    init(_ rule: ICalendarLine) throws(Rejection) {
        line = rule.number
        var isYearly = false
        for part in rule.value.uppercased().split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard pair.count == 2 else { throw ICalendarLine.refused(line, "\"\(part)\" is no part NAME=value of a rule") }
            switch pair[0] {
            case "FREQ": isYearly = pair[1] == "YEARLY"
            case "INTERVAL": interval = try number(pair[1], 1...1000)
            case "COUNT": count = try number(pair[1], 1...10_000)
            case "UNTIL":
                var end = rule
                end.value = pair[1]
                until = try end.date()
            case "BYMONTH": months = try numbers(pair[1], 1...12)
            case "BYMONTHDAY": monthDays = try numbers(pair[1], -31...31)
            case "BYDAY": weekdays = try weekdays(pair[1])
            case "WKST": break
            default: throw ICalendarLine.refused(line, "\(pair[0]) is not understood; write the days out")
            }
        }
        guard isYearly else { throw ICalendarLine.refused(line, "only FREQ=YEARLY is understood; write the days out") }
    }

    private func number(_ text: String, _ range: ClosedRange<Int>) throws(Rejection) -> Int {
        guard let number = Int(text), range.contains(number), number != 0 else {
            throw ICalendarLine.refused(line, "\"\(text)\" is no number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private func numbers(_ text: String, _ range: ClosedRange<Int>) throws(Rejection) -> [Int] {
        var numbers: [Int] = []
        for part in text.split(separator: ",") { numbers.append(try number(String(part), range)) }
        return numbers
    }

    private func weekdays(_ text: String) throws(Rejection) -> [(which: Int, day: Int)] {
        var result: [(which: Int, day: Int)] = []
        for part in text.split(separator: ",") {
            guard let day = Self.days.firstIndex(of: String(part.suffix(2))) else {
                throw ICalendarLine.refused(line, "\"\(part)\" is no weekday such as MO or 4TH")
            }
            guard part.count > 2 else { throw ICalendarLine.refused(line, "every \(part) of a year is no holiday; say which") }
            result.append((try number(String(part.dropLast(2)), -5...5), day))
        }
        return result
    }

    /// The days of the rule from the first one on, to the end of a year.
    func dates(from first: CivilDate, through: Int) -> [CivilDate] {
        var result: [CivilDate] = []
        var left = count ?? .max
        for year in stride(from: first.year, through: max(first.year, through), by: interval) {
            for date in dates(of: year, first) where date >= first {
                if let until, date > until { return result }
                guard left > 0 else { return result }
                left -= 1
                result.append(date)
            }
        }
        return result
    }

    private func dates(of year: Int, _ first: CivilDate) -> [CivilDate] {
        var result: Set<CivilDate> = []
        for month in months.isEmpty ? [first.month] : months {
            let length = CivilDate.length(ofMonth: month, year: year)
            if !weekdays.isEmpty {
                let allowed = monthDays.map { $0 < 0 ? length + 1 + $0 : $0 }
                for day in weekdays.compactMap({ day(of: $0, month, year, length) }) {
                    if allowed.isEmpty || allowed.contains(day) { result.insert(CivilDate(year: year, month: month, day: day)) }
                }
                continue
            }
            for day in monthDays.isEmpty ? [first.day] : monthDays {
                let day = day < 0 ? length + 1 + day : day
                if let date = CivilDate(validating: year, month: month, day: day) { result.insert(date) }
            }
        }
        return result.sorted()
    }

    private func day(of weekday: (which: Int, day: Int), _ month: Int, _ year: Int, _ length: Int) -> Int? {
        let first = CivilDate(year: year, month: month, day: 1).weekday.rawValue
        let earliest = 1 + (weekday.day - first + 7) % 7
        let count = (length - earliest) / 7 + 1
        let index = weekday.which > 0 ? weekday.which - 1 : count + weekday.which
        return (0..<count).contains(index) ? earliest + index * 7 : nil
    }
}

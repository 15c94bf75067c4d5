import OporaProtocol
public import OporaTime

/// The days off that an iCalendar text (RFC 5545) names: its events of whole days, those of every year written out.
///
/// Read are `DTSTART`, `DTEND`, `DURATION`, `RRULE` with `FREQ=YEARLY`, `RDATE`, `EXDATE` and `STATUS` of each `VEVENT`. Events
/// with a time of day are no days off; they are counted as skipped, as cancelled ones are.
public struct HolidayImport: Hashable, Sendable {
    /// Days that one event may last.
    static let longestDays = 366

    public private(set) var days: Set<CivilDate> = []
    /// Events that were passed over.
    public private(set) var skipped = 0

    /// - Parameter through: the last year of what repeats without an end.
    /// - Throws: `Rejection.validation` of the member `ical` that names the line.
    public init(iCalendar text: String, through: Int) throws(Rejection) {
        let lines = try ICalendarLine.read(text)
        guard lines.first?.name == "BEGIN", lines.first?.value.uppercased() == "VCALENDAR" else {
            throw ICalendarLine.refused(1, "an iCalendar text begins with BEGIN:VCALENDAR")
        }
        var open: [ICalendarLine] = []
        var event: [ICalendarLine] = []
        for line in lines {
            switch line.name {
            case "BEGIN":
                open.append(line)
                if line.value.uppercased() == "VEVENT" { event = [] }
            case "END":
                guard let begin = open.popLast(), begin.value.uppercased() == line.value.uppercased() else {
                    throw ICalendarLine.refused(line.number, "END:\(line.value) ends nothing that is open")
                }
                if line.value.uppercased() == "VEVENT" { try take(event, begin: begin.number, through: through) }
            default:
                // An alarm within an event has dates of its own.
                if open.last?.value.uppercased() == "VEVENT" { event.append(line) }
            }
        }
        if let left = open.last { throw ICalendarLine.refused(left.number, "BEGIN:\(left.value) is never ended") }
    }

    private mutating func take(_ event: [ICalendarLine], begin: Int, through: Int) throws(Rejection) {
        func line(_ name: String) -> ICalendarLine? { event.first { $0.name == name } }
        guard let start = line("DTSTART") else { throw ICalendarLine.refused(begin, "the event has no DTSTART") }
        guard start.isDate, line("STATUS")?.value.uppercased() != "CANCELLED" else {
            skipped += 1
            return
        }
        let first = try start.date()
        let length = try Self.length(first, end: line("DTEND"), duration: line("DURATION"))
        var starts: Set<CivilDate> = [first]
        for rule in event where rule.name == "RRULE" {
            starts.formUnion(try YearlyRule(rule).dates(from: first, through: through))
        }
        for more in event where more.name == "RDATE" && more.isDate { starts.formUnion(try more.dates()) }
        for less in event where less.name == "EXDATE" { starts.subtract(try less.dates()) }
        for day in starts {
            for offset in 0..<length { days.insert(CivilDate(daysSinceEpoch: day.daysSinceEpoch + offset)) }
        }
        guard days.count <= Limits.holidays else {
            throw ICalendarLine.refused(begin, "these are more than \(Limits.holidays) days; import fewer years at a time")
        }
    }

    /// Days of the event; its end is the day after the last one.
    private static func length(
        _ first: CivilDate, end: ICalendarLine?, duration: ICalendarLine?
    ) throws(Rejection) -> Int {
        guard let line = end ?? duration else { return 1 }
        let length: Int
        if let end {
            length = try end.date().daysSinceEpoch - first.daysSinceEpoch
        } else {
            length = try line.days()
        }
        // Some calendars write the same day twice for an event of one day.
        guard length >= 0, length <= longestDays else {
            throw ICalendarLine.refused(line.number, "an event lasts from 1 to \(longestDays) days")
        }
        return max(1, length)
    }
}

extension CalendarSpec {
    /// The calendar with more days off.
    /// - Parameter replacing: the days off in the years that were imported go first.
    public func adding(_ found: HolidayImport, replacing: Bool) throws(Rejection) -> CalendarSpec {
        let years = Set(found.days.map(\.year))
        let kept = replacing ? holidays.filter { !years.contains($0.year) } : holidays
        let all = kept.union(found.days).sorted()
        guard all.count <= Limits.holidays else {
            throw .validation(member: "ical", reason: "the calendar would have more than \(Limits.holidays) days off")
        }
        var members = json
        members["holidays"] = all.isEmpty ? nil : .array(all.map { .string($0.text) })
        return try CalendarSpec(reading: members)
    }
}

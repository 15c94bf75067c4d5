public import OporaProtocol
public import OporaTime

/// A business calendar as people write it: wall times, dates, a zone's name. Checked, but not yet tied to a zone's rules.
public struct CalendarSpec: Hashable, Sendable {
    /// Half-open: from `open` until `close`, milliseconds since midnight, at most 24:00.
    public struct Hours: Hashable, Sendable {
        public var open: Int64
        public var close: Int64
    }

    /// A day of every year.
    public struct MonthDay: Hashable, Sendable {
        public var month: Int
        public var day: Int
    }

    /// IANA name.
    public var zone: String
    /// Monday first.
    public var week: [[Hours]]
    public var holidays: Set<CivilDate>
    public var yearlyHolidays: Set<MonthDay>
    /// Replace the hours of their date.
    public var overrides: [CivilDate: [Hours]]
    /// Cut out of the hours of their date.
    public var breaks: [CivilDate: [Hours]]
    /// Every hour of every day but the holidays, unless overridden.
    public var isAlwaysOpen: Bool
    /// The members as they were given, for showing them again.
    public var json: JSONObject

    /// The parameters of a calendar, in the order in which they are shown.
    public static let members = ["zone", "hours", "holidays", "holidays_yearly", "overrides", "breaks", "always_open"]

    /// Reads and checks a calendar's members.
    /// - Throws: `Rejection.validation` that names the member.
    public init(reading object: JSONObject) throws(Rejection) {
        guard let zone = object["zone"]?.string else {
            throw .validation(member: "zone", reason: "a calendar needs the IANA name of its time zone, e.g. Europe/Berlin")
        }
        self.zone = zone
        isAlwaysOpen =
            try object["always_open"].map { (value) throws(Rejection) in
                guard let flag = value.bool else { throw .validation(member: "always_open", reason: "must be true or false") }
                return flag
            } ?? false
        week = Array(repeating: isAlwaysOpen ? [Hours(open: 0, close: 86_400_000)] : [], count: 7)
        for member in try Self.object(object["hours"], "hours").members {
            guard let day = Weekday(name: member.name) else {
                throw .validation(member: "hours.\(member.name)", reason: "weekdays are mon, tue, wed, thu, fri, sat, sun")
            }
            week[day.rawValue] = try Self.hours(member.value, "hours.\(member.name)")
        }
        holidays = Set(
            try Self.strings(object["holidays"], "holidays").map { (text) throws(Rejection) in
                try Self.date(text, "holidays")
            })
        yearlyHolidays = Set(
            try Self.strings(object["holidays_yearly"], "holidays_yearly").map { (text) throws(Rejection) in
                // 2024 was a leap year: 02-29 is a day of some years.
                guard text.utf8.count == 5, let date = CivilDate("2024-\(text)") else {
                    throw .validation(member: "holidays_yearly", reason: "\"\(text)\" is not a day of the year as MM-DD")
                }
                return MonthDay(month: date.month, day: date.day)
            })
        overrides = try Self.dated(object["overrides"], "overrides")
        breaks = try Self.dated(object["breaks"], "breaks")
        json = JSONObject(Self.members.compactMap { name in object[name].map { (name, $0) } })
        guard week.contains(where: { !$0.isEmpty }) || overrides.values.contains(where: { !$0.isEmpty }) else {
            throw .validation(member: "hours", reason: "the calendar has no working time at all")
        }
    }

    private static func object(_ value: JSON?, _ member: String) throws(Rejection) -> JSONObject {
        guard let value else { return JSONObject() }
        guard let object = value.object else { throw .validation(member: member, reason: "must be an object") }
        return object
    }

    private static func strings(_ value: JSON?, _ member: String) throws(Rejection) -> [String] {
        guard let value else { return [] }
        let texts = value.array?.compactMap(\.string)
        guard let texts, texts.count == value.array?.count else {
            throw .validation(member: member, reason: "must be an array of strings")
        }
        guard texts.count <= 5000 else { throw .validation(member: member, reason: "at most 5000 days") }
        return texts
    }

    private static func date(_ text: String, _ member: String) throws(Rejection) -> CivilDate {
        guard let date = CivilDate(text) else {
            throw .validation(member: member, reason: "\"\(text)\" is not a day that exists, as YYYY-MM-DD")
        }
        return date
    }

    private static func dated(_ value: JSON?, _ member: String) throws(Rejection) -> [CivilDate: [Hours]] {
        var result: [CivilDate: [Hours]] = [:]
        for entry in try object(value, member).members {
            result[try date(entry.name, member)] = try hours(entry.value, "\(member).\(entry.name)")
        }
        return result
    }

    private static func hours(_ value: JSON, _ member: String) throws(Rejection) -> [Hours] {
        guard let pairs = value.array, pairs.count <= 48 else {
            throw .validation(member: member, reason: "must be an array of [open, close] pairs")
        }
        var result: [Hours] = []
        for pair in pairs {
            guard let ends = pair.array, ends.count == 2, let first = ends[0].string, let second = ends[1].string,
                let open = LocalTime.clock(first), let close = LocalTime.clock(second)
            else { throw .validation(member: member, reason: "each interval is [\"HH:MM\", \"HH:MM\"], up to 24:00") }
            guard open < close else {
                throw .validation(
                    member: member, reason: "\(first)-\(second): opening must lie before closing; write a night as two intervals")
            }
            result.append(Hours(open: open, close: close))
        }
        result.sort { $0.open < $1.open }
        for (a, b) in zip(result, result.dropFirst()) where b.open < a.close {
            throw .validation(member: member, reason: "two intervals overlap")
        }
        return result
    }
}

/// A wall-clock reading without a zone: a date and the milliseconds since its midnight.
public struct LocalTime: Hashable, Comparable, Sendable {
    /// The day.
    public var date: CivilDate
    /// 0 ... 86,400,000; the upper end is 24:00, the midnight after.
    public var millisecondsOfDay: Int64

    public init(date: CivilDate, millisecondsOfDay: Int64) {
        self.date = date
        self.millisecondsOfDay = millisecondsOfDay
    }

    /// Milliseconds from 1970-01-01 00:00 on the same wall clock.
    public var wallMilliseconds: Int64 { Int64(date.daysSinceEpoch) * 86_400_000 + millisecondsOfDay }

    /// Reads `YYYY-MM-DD`, `YYYY-MM-DDTHH:MM` or `YYYY-MM-DDTHH:MM:SS`; a space may stand for the `T`.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "T" || $0 == " " })
        guard parts.count <= 2, let first = parts.first, let date = CivilDate(first) else { return nil }
        self.init(date: date, millisecondsOfDay: 0)
        guard parts.count == 2 else { return }
        guard let clock = LocalTime.clock(parts[1]) else { return nil }
        millisecondsOfDay = clock
    }

    /// Reads `HH:MM` or `HH:MM:SS`, `00:00` to `24:00`, as milliseconds since midnight.
    public static func clock(_ text: some StringProtocol) -> Int64? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.allSatisfy({ $0.utf8.count == 2 }) else { return nil }
        let numbers = parts.compactMap { CivilDate.digits($0) }
        guard numbers.count == parts.count, numbers[0] <= 24, numbers[1] < 60 else { return nil }
        let seconds = numbers.count == 3 ? numbers[2] : 0
        guard seconds < 60, numbers[0] < 24 || (numbers[1] == 0 && seconds == 0) else { return nil }
        return Int64((numbers[0] * 60 + numbers[1]) * 60 + seconds) * 1000
    }

    public static func < (a: LocalTime, b: LocalTime) -> Bool { a.wallMilliseconds < b.wallMilliseconds }
}

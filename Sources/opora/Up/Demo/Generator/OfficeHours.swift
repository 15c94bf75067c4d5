import OporaPluginKit

/// When people of the generated desk are at work, in minutes on the wall clock since 1970.
enum OfficeHours {
    /// Calls by hour of the day, of 2,000 in the public log.
    static let callsByHour = [
        15, 10, 9, 7, 9, 8, 17, 36, 181, 262, 227, 200, 123, 111, 190, 178, 165, 102, 38, 36, 25, 17, 19, 15,
    ]
    /// Calls by weekday from Monday.
    static let callsByWeekday = [20, 20, 22, 20, 19, 2, 3]

    /// This minute where somebody works then, else one in the next office hours. Some work at any hour.
    static func next(_ minute: Int, _ random: inout SplitMix64) -> Int {
        let (day, clock) = (minute / 1440, minute % 1440)
        let isWeekend = [.sat, .sun].contains(Weekday(daysSinceEpoch: day))
        if random.chance(0.1) || (!isWeekend && (480..<1080).contains(clock)) { return minute }
        var next = clock < 480 && !isWeekend ? day : day + 1
        while [.sat, .sun].contains(Weekday(daysSinceEpoch: next)) { next += 1 }
        return next * 1440 + 480 + random.below(180)
    }
}

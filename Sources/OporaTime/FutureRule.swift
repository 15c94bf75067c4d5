/// The rule for the years after a zone file's table: a `TZ` string of POSIX.1 with the extensions of RFC 8536, 3.3.1.
struct FutureRule {
    /// Seconds east of UTC in winter, or all year.
    let standardOffset: Int
    private var daylight: Daylight?

    private struct Daylight {
        var offset: Int
        var start, end: Day
        var startTime, endTime: Int
    }

    private enum Day {
        case month(Int, week: Int, weekday: Int)
        case julianWithoutLeap(Int)
        case zeroBased(Int)

        func daysSinceEpoch(inYear year: Int) -> Int {
            let newYear = CivilDate(year: year, month: 1, day: 1).daysSinceEpoch
            switch self {
            case .zeroBased(let n): return newYear + n
            case .julianWithoutLeap(let n):
                return newYear + n - 1 + (n >= 60 && CivilDate.length(ofMonth: 2, year: year) == 29 ? 1 : 0)
            case .month(let month, let week, let weekday):
                let first = CivilDate(year: year, month: month, day: 1)
                let firstWeekday = (first.weekday.rawValue + 1) % 7
                var day = 1 + (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
                if day > CivilDate.length(ofMonth: month, year: year) { day -= 7 }
                return CivilDate(year: year, month: month, day: day).daysSinceEpoch
            }
        }
    }

    init?(_ text: String) {
        var scanner = Scanner(bytes: Array(text.utf8))
        guard scanner.name(), let standard = scanner.time() else { return nil }
        standardOffset = -standard
        if scanner.atEnd { return }
        guard scanner.name() else { return nil }
        var offset = standardOffset + 3600
        if !scanner.atEnd, scanner.peek != 0x2c {
            guard let explicit = scanner.time() else { return nil }
            offset = -explicit
        }
        guard scanner.take(0x2c), let start = scanner.day(), let startTime = scanner.dayTime(),
            scanner.take(0x2c), let end = scanner.day(), let endTime = scanner.dayTime(), scanner.atEnd
        else { return nil }
        daylight = Daylight(offset: offset, start: start, end: end, startTime: startTime, endTime: endTime)
    }

    /// The changes of one year in order of time; empty where the offset never changes.
    func transitions(inYear year: Int) -> [ZoneRules.Transition] {
        guard let rule = daylight else { return [] }
        let start = Int64(rule.start.daysSinceEpoch(inYear: year) * 86_400 + rule.startTime - standardOffset)
        let end = Int64(rule.end.daysSinceEpoch(inYear: year) * 86_400 + rule.endTime - rule.offset)
        let changes = [
            ZoneRules.Transition(at: start, offset: rule.offset), .init(at: end, offset: standardOffset),
        ]
        return changes.sorted { $0.at < $1.at }
    }

    private struct Scanner {
        let bytes: [UInt8]
        var at = 0
        var atEnd: Bool { at >= bytes.count }
        var peek: UInt8 { atEnd ? 0 : bytes[at] }

        mutating func take(_ byte: UInt8) -> Bool {
            guard peek == byte else { return false }
            at += 1
            return true
        }

        mutating func name() -> Bool {
            let start = at
            if take(0x3c) {
                while !atEnd, peek != 0x3e { at += 1 }
                return take(0x3e)
            }
            while (peek | 0x20) >= 0x61, (peek | 0x20) <= 0x7a { at += 1 }
            return at - start >= 3
        }

        mutating func number() -> Int? {
            let start = at
            var value = 0
            while peek >= 0x30, peek <= 0x39, at - start < 4 {
                value = value * 10 + Int(peek - 0x30)
                at += 1
            }
            return at > start ? value : nil
        }

        mutating func time() -> Int? {
            var sign = 1
            if take(0x2d) { sign = -1 } else { _ = take(0x2b) }
            guard let hours = number() else { return nil }
            var seconds = hours * 3600
            if take(0x3a) {
                guard let minutes = number() else { return nil }
                seconds += minutes * 60
                if take(0x3a) {
                    guard let rest = number() else { return nil }
                    seconds += rest
                }
            }
            return sign * seconds
        }

        mutating func dayTime() -> Int? { take(0x2f) ? time() : 2 * 3600 }

        mutating func day() -> Day? {
            if take(0x4d) {
                guard let month = number(), take(0x2e), let week = number(), take(0x2e), let weekday = number(),
                    (1...12).contains(month), (1...5).contains(week), (0...6).contains(weekday)
                else { return nil }
                return .month(month, week: week, weekday: weekday)
            }
            if take(0x4a) { return number().map { .julianWithoutLeap($0) } }
            return number().map { .zeroBased($0) }
        }
    }
}

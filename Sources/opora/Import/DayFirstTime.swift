import OporaPluginKit

/// Reads local times with the day first, as ServiceNow exports them: `29/2/2016 01:16`, also with seconds.
enum DayFirstTime {
    /// The wall time; nil where the bytes are anything else or the day does not exist.
    static func parse(_ bytes: ArraySlice<UInt8>) -> LocalTime? {
        var at = bytes.startIndex
        func number(_ digits: ClosedRange<Int>) -> Int? {
            var value = 0
            let from = at
            while at < bytes.endIndex, at - from < digits.upperBound, bytes[at] >= 0x30, bytes[at] <= 0x39 {
                value = value * 10 + Int(bytes[at] - 0x30)
                at += 1
            }
            return at - from >= digits.lowerBound ? value : nil
        }
        func skip(_ byte: UInt8) -> Bool {
            guard at < bytes.endIndex, bytes[at] == byte else { return false }
            at += 1
            return true
        }
        guard let day = number(1...2), skip(0x2f), let month = number(1...2), skip(0x2f), let year = number(4...4), skip(0x20),
            let hour = number(1...2), skip(0x3a), let minute = number(2...2)
        else { return nil }
        var second = 0
        if skip(0x3a) {
            guard let given = number(2...2) else { return nil }
            second = given
        }
        guard at == bytes.endIndex, hour < 24, minute < 60, second < 60,
            let date = CivilDate(validating: year, month: month, day: day)
        else { return nil }
        return LocalTime(date: date, millisecondsOfDay: Int64((hour * 60 + minute) * 60 + second) * 1000)
    }
}

/// An instant: milliseconds since 1970-01-01T00:00:00Z. All of Opora counts time so.
public struct Timestamp: RawRepresentable, Hashable, Comparable, Sendable {
    /// Milliseconds since 1970, UTC.
    public var rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }
    /// An instant by its milliseconds since 1970, UTC.
    public init(_ milliseconds: Int64) { rawValue = milliseconds }

    public static func < (a: Timestamp, b: Timestamp) -> Bool { a.rawValue < b.rawValue }
    /// The instant `milliseconds` later.
    public static func + (a: Timestamp, milliseconds: Int64) -> Timestamp { Timestamp(a.rawValue + milliseconds) }
    /// The instant `milliseconds` earlier.
    public static func - (a: Timestamp, milliseconds: Int64) -> Timestamp { Timestamp(a.rawValue - milliseconds) }
    /// Milliseconds from `b` to `a`.
    public static func - (a: Timestamp, b: Timestamp) -> Int64 { a.rawValue - b.rawValue }

    /// The earliest instant that can be written: the year 1.
    public static let earliest = Timestamp(-62_135_596_800_000)
    /// The latest instant that can be written: the end of the year 9999.
    public static let latest = Timestamp(253_402_300_799_999)

    /// RFC 3339 in UTC with milliseconds: `2026-11-22T03:39:59.123Z`.
    public var text: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        write(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the 24 bytes of `text`.
    public func write(to bytes: inout [UInt8]) {
        let days = Int(rawValue.dividedFloor(by: 86_400_000))
        let inDay = Int(rawValue - Int64(days) * 86_400_000)
        let date = CivilDate(daysSinceEpoch: days)
        let (year, second) = (date.year, inDay / 1000)
        bytes.append(UInt8(truncatingIfNeeded: 0x30 + year / 1000 % 10))
        bytes.append(UInt8(truncatingIfNeeded: 0x30 + year / 100 % 10))
        Self.put(year % 100, "-", &bytes)
        Self.put(date.month, "-", &bytes)
        Self.put(date.day, "T", &bytes)
        Self.put(second / 3600, ":", &bytes)
        Self.put(second / 60 % 60, ":", &bytes)
        Self.put(second % 60, ".", &bytes)
        bytes.append(UInt8(truncatingIfNeeded: 0x30 + inDay % 1000 / 100))
        Self.put(inDay % 100, "Z", &bytes)
    }

    /// Two digits, and what comes after them.
    private static func put(_ value: Int, _ mark: Unicode.Scalar, _ bytes: inout [UInt8]) {
        bytes.append(UInt8(truncatingIfNeeded: 0x30 + value / 10))
        bytes.append(UInt8(truncatingIfNeeded: 0x30 + value % 10))
        bytes.append(UInt8(truncatingIfNeeded: mark.value))
    }

    /// Reads RFC 3339: a date, `T`, a time with seconds and an optional fraction, then `Z` or a numeric offset.
    /// Fractions are cut to milliseconds; a leap second (`:60`) is refused. Nil where the text is anything else.
    public init?(_ text: some StringProtocol) { self.init(utf8: Array(text.utf8)) }

    private init?(utf8 bytes: [UInt8]) {
        guard bytes.count >= 20, bytes.count <= 40 else { return nil }
        func number(_ from: Int, _ count: Int) -> Int? {
            var value = 0
            for index in from..<from + count {
                guard bytes[index] >= 0x30, bytes[index] <= 0x39 else { return nil }
                value = value * 10 + Int(bytes[index] - 0x30)
            }
            return value
        }
        guard bytes[4] == 0x2d, bytes[7] == 0x2d, bytes[10] == 0x54 || bytes[10] == 0x74, bytes[13] == 0x3a, bytes[16] == 0x3a,
            let y = number(0, 4), let mo = number(5, 2), let d = number(8, 2),
            let h = number(11, 2), let mi = number(14, 2), let s = number(17, 2),
            h < 24, mi < 60, s < 60, let date = CivilDate(validating: y, month: mo, day: d)
        else { return nil }
        var at = 19
        var millis = 0
        if bytes[at] == 0x2e {
            at += 1
            let start = at
            while at < bytes.count, bytes[at] >= 0x30, bytes[at] <= 0x39 {
                if at - start < 3 { millis = millis * 10 + Int(bytes[at] - 0x30) }
                at += 1
            }
            guard at > start else { return nil }
            for _ in 0..<max(0, 3 - (at - start)) { millis *= 10 }
        }
        guard at < bytes.count else { return nil }
        var offset = 0
        switch bytes[at] {
        case 0x5a, 0x7a:
            guard at + 1 == bytes.count else { return nil }
        case 0x2b, 0x2d:
            guard at + 6 == bytes.count, bytes[at + 3] == 0x3a, let oh = number(at + 1, 2), let om = number(at + 4, 2),
                oh < 24, om < 60
            else { return nil }
            offset = (oh * 60 + om) * 60 * (bytes[at] == 0x2b ? 1 : -1)
        default: return nil
        }
        let seconds = date.daysSinceEpoch * 86_400 + h * 3600 + mi * 60 + s - offset
        rawValue = Int64(seconds) * 1000 + Int64(millis)
        // An offset can lead out of the years that can be written.
        guard self >= .earliest, self <= .latest else { return nil }
    }
}

extension Int64 {
    /// Division that rounds towards minus infinity, so that instants before 1970 keep their day.
    public func dividedFloor(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor != 0 && (self < 0) != (divisor < 0) ? quotient - 1 : quotient
    }
}

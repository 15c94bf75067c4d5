import OporaPluginKit

/// Durations and instants as people read and write them.
enum Spans {
    /// How close a due is when it is shown as a warning.
    static let closeMilliseconds: Int64 = 30 * 60_000

    /// From here on hours no longer matter.
    static let longMilliseconds: Int64 = 30 * 86_400_000

    private struct Unit {
        var milliseconds: Int64
        var en: String
        var ru: String
    }

    private static let units = [
        Unit(milliseconds: 86_400_000, en: "d", ru: "д"), Unit(milliseconds: 3_600_000, en: "h", ru: "ч"),
        Unit(milliseconds: 60_000, en: "min", ru: "мин"), Unit(milliseconds: 1000, en: "s", ru: "с"),
    ]

    /// A duration by its two largest units: `2 h 5 min`, `3 d`; under a second `0 s`.
    static func text(_ milliseconds: Int64, _ language: Language) -> String {
        var rest = milliseconds.magnitude / 1000 * 1000
        var parts: [String] = []
        for unit in units {
            let size = UInt64(unit.milliseconds)
            let count = rest / size
            rest %= size
            if count > 0 { parts.append("\(count) \(language.pick(unit.en, ru: unit.ru))") }
            // Two units next to each other: 3 d 0 h 5 min is shown as 3 d.
            if parts.count == 2 || (parts.count == 1 && count == 0) { break }
        }
        return parts.isEmpty ? language.pick("0 s", ru: "0 с") : parts.joined(separator: " ")
    }

    /// Working time: in hours and minutes alone, because a working day is no day of 24 hours.
    static func working(_ milliseconds: Int64, _ language: Language) -> String {
        let minutes = milliseconds / 60_000
        guard minutes >= 60 else { return text(milliseconds, language) }
        let hours = "\(language.number(minutes / 60)) \(language.pick("h", ru: "ч"))"
        return minutes % 60 == 0 ? hours : "\(hours) \(minutes % 60) \(language.pick("min", ru: "мин"))"
    }

    /// When something falls due, seen from now.
    static func due(_ at: Timestamp, now: Timestamp, _ language: Language) -> Cell {
        let left = at - now
        if left < 0 {
            let span = text(left, language)
            return Cell(language.pick("overdue by \(span)", ru: "просрочено на \(span)"), .bad)
        }
        let span = text(left, language)
        return Cell(language.pick("due in \(span)", ru: "через \(span)"), left <= closeMilliseconds ? .warning : .plain)
    }

    /// How long ago something was.
    static func ago(_ at: Timestamp, now: Timestamp, _ language: Language) -> String {
        let gone = max(0, now - at)
        let span = gone < longMilliseconds ? text(gone, language) : text(gone / 86_400_000 * 86_400_000, language)
        return language.pick("\(span) ago", ru: "\(span) назад")
    }

    /// A local date and time to the minute: `2026-11-22 10:05`.
    static func local(_ at: Timestamp, _ zone: ZoneRules) -> String {
        let local = zone.local(at)
        let minutes = local.millisecondsOfDay / 60_000
        return "\(local.date.text) \(two(minutes / 60)):\(two(minutes % 60))"
    }

    /// A local time to the second: `10:05:09`.
    static func clock(_ at: Timestamp, _ zone: ZoneRules) -> String {
        let seconds = zone.local(at).millisecondsOfDay / 1000
        return "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    }

    private static func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }

    /// Reads `1h30m`, `45s`, `250ms`; nil where the text is anything else. Days are refused: a working day has no fixed length.
    static func parse(_ text: some StringProtocol) -> Int64? {
        var total: Int64 = 0
        var rest = Substring(text)
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(unit.count)
            // Nine digits of hours are a hundred thousand years: enough, and far from an overflow.
            guard digits.count <= 9, let count = Int64(digits) else { return nil }
            switch unit {
            case "h", "ч": total += count * 3_600_000
            case "m", "min", "м", "мин": total += count * 60_000
            case "s", "с": total += count * 1000
            case "ms", "мс": total += count
            default: return nil
            }
        }
        return total
    }

    /// Reads an instant: RFC 3339, a local date and time of `zone`, `now`, or `+2h` from now.
    static func instant(_ text: String, zone: ZoneRules, now: Timestamp) -> Timestamp? {
        if text == "now" { return now }
        if text.hasPrefix("+") { return parse(text.dropFirst()).map { now + $0 } }
        return Timestamp(text) ?? LocalTime(text).map { zone.instant(of: $0) }
    }
}

import OporaProtocol
import OporaTime

/// A content line of an iCalendar text, unfolded: `NAME;PARAMETER=…:value`.
struct ICalendarLine {
    /// Where it begins in the text, from 1.
    var number: Int
    /// In capitals.
    var name: String
    /// Names in capitals.
    var parameters: [String: String]
    var value: String

    /// All lines of a text. Long lines are folded: what begins with a blank goes on with the line before.
    static func read(_ text: String) throws(Rejection) -> [ICalendarLine] {
        var folded: [(number: Int, text: String)] = []
        let plain = text.hasPrefix("\u{feff}") ? String(text.dropFirst()) : text
        let rows = plain.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, row) in rows.enumerated() {
            if row.first == " " || row.first == "\t" {
                guard !folded.isEmpty else { throw refused(index + 1, "the first line goes on with no line") }
                folded[folded.count - 1].text += row.dropFirst()
            } else if !row.isEmpty {
                folded.append((index + 1, String(row)))
            }
        }
        var lines: [ICalendarLine] = []
        for row in folded { lines.append(try ICalendarLine(row.number, row.text)) }
        return lines
    }

    private init(_ number: Int, _ text: String) throws(Rejection) {
        var parts: [String] = [""]
        var value: String?
        var isQuoted = false
        for character in text {
            if value != nil {
                value?.append(character)
            } else if character == "\"" {
                isQuoted.toggle()
            } else if !isQuoted, character == ":" {
                value = ""
            } else if !isQuoted, character == ";" {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        guard let value, let name = parts.first, !name.isEmpty else {
            throw Self.refused(number, "\"\(text.prefix(40))\" is no line NAME:value")
        }
        self.number = number
        self.name = name.uppercased()
        self.value = value
        parameters = [:]
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
            if pair.count == 2 { parameters[pair[0].uppercased()] = pair[1] }
        }
    }

    static func refused(_ line: Int, _ reason: String) -> Rejection {
        .validation(member: "ical", reason: "line \(line): \(reason)")
    }

    /// Whether the values are days: said so, or written without a time.
    var isDate: Bool { parameters["VALUE"]?.uppercased() == "DATE" || !value.contains("T") }

    /// The one day of the value.
    func date() throws(Rejection) -> CivilDate { try date(Substring(value)) }

    /// The days of a list; of a value with a time its day.
    func dates() throws(Rejection) -> [CivilDate] {
        var dates: [CivilDate] = []
        for text in value.split(separator: ",") { dates.append(try date(text)) }
        return dates
    }

    private func date(_ text: Substring) throws(Rejection) -> CivilDate {
        let digits = text.prefix(8)
        guard digits.utf8.count == 8, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = Int(digits),
            let date = CivilDate(validating: number / 10_000, month: number / 100 % 100, day: number % 100)
        else { throw Self.refused(self.number, "\"\(text)\" is no day that exists, as YYYYMMDD") }
        return date
    }

    /// Days of a duration: `P2D`, `P1W`.
    func days() throws(Rejection) -> Int {
        let text = value.uppercased()
        guard text.hasPrefix("P"), let unit = text.last, unit == "D" || unit == "W",
            let count = Int(text.dropFirst().dropLast()), (1...10_000).contains(count)
        else { throw Self.refused(number, "\"\(value)\" is no number of days such as P2D") }
        return unit == "W" ? count * 7 : count
    }
}

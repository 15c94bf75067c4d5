/// One row of a CSV file: its fields, unquoted.
struct CSVRow: Hashable, Sendable {
    /// The line on which it begins, counted from 1.
    var line = 0
    /// The bytes of all fields, one after another.
    private(set) var bytes: [UInt8] = []
    /// Where each field ends in `bytes`.
    private(set) var ends: [Int] = []

    /// The bytes ended inside quotes.
    var isOpen = false

    var count: Int { ends.count }

    /// The bytes of a field.
    func field(_ index: Int) -> ArraySlice<UInt8> { bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]] }

    /// The text of a field; the reader has made sure that it is UTF-8.
    func text(_ index: Int) -> String { String(decoding: field(index), as: UTF8.self) }

    mutating func reset(line: Int) {
        self.line = line
        isOpen = false
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    mutating func append(_ byte: UInt8) { bytes.append(byte) }
    mutating func endField() { ends.append(bytes.count) }
}

/// What is wrong with the shape of a row.
enum CSVFault: Error, Hashable, Sendable {
    case columns(found: Int, wanted: Int)
    case notUTF8
    /// A quote inside a field that does not begin with one, or text after the closing quote.
    case strayQuote
    /// The closing quote is missing.
    case openQuote
    case tooLong(bytes: Int)

    /// A clause for people.
    func text(_ language: Language) -> String {
        switch self {
        case .columns(let found, let wanted):
            language.pick("\(found) columns instead of \(wanted)", ru: "столбцов \(found) вместо \(wanted)")
        case .notUTF8: language.pick("not valid UTF-8", ru: "не UTF-8")
        case .strayQuote: language.pick("a quotation mark in a wrong place", ru: "кавычка не на месте")
        case .openQuote: language.pick("a quotation mark that is never closed", ru: "кавычка не закрыта")
        case .tooLong(let bytes): language.pick("longer than \(bytes) bytes", ru: "длиннее \(bytes) байт")
        }
    }
}

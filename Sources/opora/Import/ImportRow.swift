import OporaPluginKit

/// Makes items of `import.apply` from the rows of one kind of file.
protocol ImportMapper: Sendable {
    /// Columns that would be taken along and are not there.
    var absent: [String] { get }
    func row(_ row: CSVRow) throws(RowFault) -> ImportRow
}

/// A row of another system's history, ready to be sent.
struct ImportRow: Sendable {
    /// Characters of a wrong value that are shown in a message.
    static let shownCharacters = 60
    /// Bytes of an item's own words.
    private static let frameBytes = 2000

    var line: Int
    /// The ticket's external id.
    var number: String
    /// The item of `import.apply`.
    var item: JSON
    /// Bytes that the item has as JSON at most.
    var bytes: Int
    /// What the columns say, as they say it; nil where it is unknown.
    var state, priority, contactType, caller, group, assignee: String?

    /// Every value stands in the item twice at most; a character that JSON escapes takes up to six bytes.
    static func size(_ row: CSVRow) -> Int {
        let escaped = row.bytes.count { $0 < 0x20 || $0 == 0x22 || $0 == 0x5c }
        return 2 * (row.bytes.count + 5 * escaped) + frameBytes
    }

    /// A subject as the kernel takes it: one line, not too long.
    static func subject(_ text: String) -> String {
        let line = PlainText.line(text)
        return line.unicodeScalars.count <= Limits.nameCharacters
            ? line : String(String.UnicodeScalarView(line.unicodeScalars.prefix(Limits.nameCharacters)))
    }
}

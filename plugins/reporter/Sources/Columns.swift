/// Text in aligned columns and horizontal bars, for a terminal or a mail in a font of fixed width.
struct Columns {
    /// Which side a column's cells stand on.
    enum Side {
        case left, right
    }

    /// Characters of a name, after which it is cut.
    static let nameWidth = 32
    /// Characters of the longest bar.
    static let barWidth = 30

    let sides: [Side]

    /// One line for each row, cells two spaces apart, nothing at the end of a line.
    func lines(_ rows: [[String]]) -> [String] {
        let widths = sides.indices.map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: max(0, widths[column] - cell.count))
                return sides[column] == .left ? cell + padding : padding + cell
            }
            let line = "  " + cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// A bar for `value` where `largest` has the full width. What is there at all has at least one character.
    static func bar(_ value: Int64, of largest: Int64, _ character: Character = "█") -> String {
        guard value > 0, largest > 0 else { return "" }
        let length = (Double(value) / Double(largest) * Double(barWidth)).rounded()
        return String(repeating: character, count: min(barWidth, max(1, Int(length))))
    }

    /// A name that someone typed, fit for a column: on one line and not too long.
    static func name(_ text: String) -> String {
        let line = String(text.map { $0.isNewline || $0.unicodeScalars.contains(where: isControl) ? " " : $0 })
        return line.count <= nameWidth ? line : line.prefix(nameWidth - 1) + "…"
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .control }
}

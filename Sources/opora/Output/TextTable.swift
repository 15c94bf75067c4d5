/// Rows in aligned columns, as lines of text.
struct TextTable {
    /// Columns of blank between two columns.
    static let gap = 2
    /// A column is not cut below this many columns of the terminal.
    static let narrowest = 8

    var headers: [String]
    var rows: [[Cell]]
    /// Columns of the terminal; nil for a pipe or a file, where nothing is cut.
    var width: Int?
    var hasColour: Bool

    /// The header and one line a row; nothing at the end of a line.
    var lines: [String] {
        let clean = rows.map { row in row.map { Cell(PlainText.line($0.text), $0.style, $0.side) } }
        let sides = headers.indices.map { column in clean.first { column < $0.count }?[column].side ?? .left }
        let head = zip(headers, sides).map { Cell($0, .faint, $1) }
        let hasHead = headers.contains { !$0.isEmpty }
        let all = (hasHead ? [head] : []) + clean
        let widths = fitted(
            headers.indices.map { column in
                all.map { column < $0.count ? DisplayWidth.of($0[column].text) : 0 }.max() ?? 0
            })
        return all.map { line($0, widths) }
    }

    /// The widest columns give way until the table fits.
    private func fitted(_ wanted: [Int]) -> [Int] {
        guard let width else { return wanted }
        var widths = wanted
        var excess = widths.reduce(0, +) + TextTable.gap * max(0, widths.count - 1) - width
        while excess > 0, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[widest] > TextTable.narrowest {
            let second = widths.indices.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
            let give = min(excess, max(1, widths[widest] - max(second, TextTable.narrowest)))
            widths[widest] -= give
            excess -= give
        }
        return widths
    }

    private func line(_ row: [Cell], _ widths: [Int]) -> String {
        var text = ""
        var blank = 0
        for (column, cell) in row.enumerated() where column < widths.count {
            let shown = DisplayWidth.cut(cell.text, to: widths[column])
            let rest = widths[column] - DisplayWidth.of(shown)
            if !shown.isEmpty {
                text += String(repeating: " ", count: blank + (cell.side == .right ? rest : 0))
                text += TextTable.styled(shown, cell.style, hasColour)
                blank = cell.side == .right ? 0 : rest
            } else {
                blank += rest
            }
            blank += TextTable.gap
        }
        return text
    }

    /// A text with the terminal's codes around it, where there are colours.
    static func styled(_ text: String, _ style: Cell.Style, _ hasColour: Bool) -> String {
        guard hasColour, let code = style.code, !text.isEmpty else { return text }
        return "\u{1b}[\(code)m\(text)\u{1b}[0m"
    }
}

/// One cell of a table: a text and how it stands out.
struct Cell: Hashable, Sendable, ExpressibleByStringInterpolation {
    var text: String
    var style: Style
    var side: Side

    /// How a text stands out; it says nothing that the text does not say too, because a pipe has no colours.
    enum Style: Hashable, Sendable {
        case plain, strong, faint, good, warning, bad

        /// The terminal's code that switches it on; nil for plain text.
        var code: String? {
            switch self {
            case .plain: nil
            case .strong: "1"
            case .faint: "2"
            case .good: "32"
            case .warning: "33"
            case .bad: "31"
            }
        }
    }

    /// Which side of its column a text stands on.
    enum Side: Hashable, Sendable {
        case left, right
    }

    init(_ text: String, _ style: Style = .plain, _ side: Side = .left) {
        self.text = text
        self.style = style
        self.side = side
    }

    init(stringLiteral value: String) { self.init(value) }

    /// A figure: stands on the right.
    static func figure(_ text: String, _ style: Style = .plain) -> Cell { Cell(text, style, .right) }

    /// What is shown where there is no value.
    static let blank = Cell("—", .faint)
}

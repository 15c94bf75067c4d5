/// Texts that people wrote, made fit for a terminal: whoever writes a ticket must not steer the reader's screen.
enum PlainText {
    /// On one line: line feeds and tabs become spaces, control characters and direction overrides are made visible.
    static func line(_ text: String) -> String {
        isHarmless(text) ? text : String(String.UnicodeScalarView(text.unicodeScalars.map { isSpace($0) ? " " : shown($0) }))
    }

    /// The lines of a text, each fit for a terminal.
    static func lines(_ text: String) -> [String] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line(String($0)) }
    }

    private static func isHarmless(_ text: String) -> Bool { text.unicodeScalars.allSatisfy { !isSpace($0) && shown($0) == $0 } }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0a, 0x0d, 0x2028, 0x2029: true
        default: false
        }
    }

    private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        // C0, DEL, C1; then the characters that turn the direction of what follows.
        case 0..<0x20, 0x7f..<0xa0, 0x202a...0x202e, 0x2066...0x2069: "\u{fffd}"
        default: scalar
        }
    }
}

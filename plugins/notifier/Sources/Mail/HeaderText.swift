import FoundationEssentials

/// Text in the header of a mail: free of control characters, ASCII on the wire (RFC 2047), folded.
enum HeaderText {
    /// Bytes of text in one encoded word: with `Subject: ` in front the line stays below 76 characters.
    private static let wordBytes = 39
    /// ASCII text that is longer is encoded too, because encoded words can be folded anywhere.
    private static let plainBytes = 66

    /// A subject.
    static func text(_ text: String) -> String {
        let clean = clean(text)
        return isPlain(clean) ? clean : words(clean)
    }

    /// A name and address.
    static func mailbox(_ box: Mailbox) -> String {
        let name = clean(box.name)
        if name.isEmpty { return "<\(box.address)>" }
        if !isPlain(name) { return "\(words(name))\r\n <\(box.address)>" }
        let quoted = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(quoted)\"\r\n <\(box.address)>"
    }

    /// Control characters, line ends among them, become spaces; spaces in a row become one.
    static func clean(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .surrogate: " " as Character
            default: Character(scalar)
            }
        }
        return String(String.UnicodeScalarView(scalars.flatMap(\.unicodeScalars))).split(separator: " ").joined(separator: " ")
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.count <= plainBytes && text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f } && !text.contains("=?")
    }

    private static func words(_ text: String) -> String {
        var words: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if words[words.count - 1].count + bytes.count > wordBytes { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?UTF-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }
}

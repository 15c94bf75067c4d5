import OporaPluginKit

/// JSON with one member a line, for people.
enum PrettyJSON {
    /// The value as indented text. Control characters of strings are escaped, so that it is safe on a terminal.
    static func text(_ value: JSON) -> String {
        var out = ""
        write(value, indent: "", to: &out)
        return out
    }

    private static func write(_ value: JSON, indent: String, to out: inout String) {
        let inner = indent + "  "
        switch value {
        case .array(let items) where !items.isEmpty:
            out += "["
            for (index, item) in items.enumerated() {
                out += index == 0 ? "\n\(inner)" : ",\n\(inner)"
                write(item, indent: inner, to: &out)
            }
            out += "\n\(indent)]"
        case .object(let object) where !object.members.isEmpty:
            out += "{"
            for (index, member) in object.members.enumerated() {
                out += "\(index == 0 ? "\n" : ",\n")\(inner)\(escaped(.string(member.name))): "
                write(member.value, indent: inner, to: &out)
            }
            out += "\n\(indent)}"
        case .null, .bool, .int, .double, .string, .array, .object: out += escaped(value)
        }
    }

    /// The value on one line. JSON lets DEL, C1 and direction overrides through; a terminal acts on some of them.
    static func escaped(_ value: JSON) -> String {
        let text = value.text
        guard text != PlainText.line(text) else { return text }
        var out = ""
        for scalar in text.unicodeScalars {
            let shown = String(scalar)
            if PlainText.line(shown) == shown { out += shown } else { out += "\\u\(hexadecimal(scalar.value))" }
        }
        return out
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

/// A name of methods as roles write it: `ticket.get`, `ticket.*`, `*.get` or `*`.
public enum MethodPattern {
    /// Whether a name fits one of these; a `*` at a pattern's end or beginning stands for anything.
    public static func matches(_ patterns: [String], _ name: String) -> Bool {
        patterns.contains { pattern in
            if pattern == name || pattern == "*" { return true }
            if pattern.hasSuffix("*") { return name.hasPrefix(pattern.dropLast()) }
            return pattern.hasPrefix("*") && name.hasSuffix(pattern.dropFirst())
        }
    }

    /// Whether all that a pattern stands for fits one of these.
    public static func cover(_ patterns: [String], _ pattern: String) -> Bool {
        patterns.contains { known in
            if known == "*" || known == pattern { return true }
            if known.hasSuffix("*") { return !pattern.hasPrefix("*") && pattern.hasPrefix(known.dropLast()) }
            return known.hasPrefix("*") && !pattern.hasSuffix("*") && pattern.hasSuffix(known.dropFirst())
        }
    }

    /// Whether a text is a pattern: a name, or one with a `*` at its beginning or its end.
    public static func isPattern(_ text: String) -> Bool {
        let stars = text.count { $0 == "*" }
        return !text.isEmpty && !text.contains(where: \.isWhitespace)
            && (stars == 0 || stars == 1 && (text.hasPrefix("*") || text.hasSuffix("*")))
    }
}

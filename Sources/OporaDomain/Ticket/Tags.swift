import OporaProtocol

/// Tags: short words that a desk sorts its tickets by.
public enum Tags {
    /// A tag as it is kept: in lower case. Nil for what is none: empty, longer than `Limits.tagCharacters`, or with blanks, commas
    /// or control characters in it.
    public static func normalized(_ text: String) -> String? {
        let tag = text.lowercased()
        guard !tag.isEmpty, tag.unicodeScalars.count <= Limits.tagCharacters else { return nil }
        let isPlain = tag.unicodeScalars.allSatisfy { scalar in
            scalar != "," && !scalar.properties.isWhitespace && scalar.properties.generalCategory != .control
        }
        return isPlain ? tag : nil
    }

    /// Each once, in the order in which they came first.
    public static func unique<T: Hashable>(_ tags: [T]) -> [T] {
        var seen: Set<T> = []
        return tags.filter { seen.insert($0).inserted }
    }
}

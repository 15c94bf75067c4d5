import OporaProtocol
import OporaStore

/// The part of a text that shows best why it was found, with what was found marked.
struct Snippet {
    /// Bytes of a text that are looked at.
    private static let textBytes = 64 * 1024
    /// Words of a snippet, and how many of them stand before the first that was found.
    private static let words = 32
    private static let lead = 6
    /// Found words from which a snippet may begin.
    private static let starts = 200

    private let text: [UInt8]
    private let places: [Place]

    /// A word of the text.
    private struct Place {
        var start: Int
        var end: Int
        /// The term that was looked for; nil where it was not.
        var match: [UInt8]?
    }

    /// - Parameter expression: what was looked for.
    init(_ text: String, _ expression: MatchExpression, _ words: Words) {
        var bytes = Array(text.searchable.utf8.prefix(Self.textBytes))
        while let last = bytes.last, bytes.count == Self.textBytes, last & 0x80 != 0 { bytes.removeLast() }
        self.text = bytes
        bytes.withUnsafeBufferPointer { words.read($0) }
        var places: [Place] = []
        for term in words.terms {
            if !term.isColocated { places.append(Place(start: term.start, end: term.end)) }
            let word = words.bytes(of: term)
            if places[places.count - 1].match == nil, expression.marks(word) { places[places.count - 1].match = Array(word) }
        }
        self.places = places
    }

    /// The whole text.
    var whole: [SnippetPart] { parts(from: 0, to: text.count, places[...]) }

    /// The best part of it.
    var best: [SnippetPart] {
        guard !places.isEmpty else { return [] }
        var chosen = window(at: 0)
        var most = worth(chosen)
        for index in places.indices.lazy.filter({ places[$0].match != nil }).prefix(Self.starts) {
            let window = window(at: max(0, index - Self.lead))
            let worth = worth(window)
            if worth > most { (chosen, most) = (window, worth) }
        }
        let isWhole = (start: chosen.lowerBound == 0, end: chosen.upperBound == places.count)
        var found = parts(
            from: isWhole.start ? 0 : places[chosen.lowerBound].start,
            to: isWhole.end ? min(text.count, places[chosen.upperBound - 1].end + 40) : places[chosen.upperBound - 1].end,
            places[chosen])
        if !isWhole.start { found.insert(SnippetPart("… "), at: 0) }
        if !isWhole.end { found.append(SnippetPart(" …")) }
        return found
    }

    /// The words from an index on that a snippet has room for.
    private func window(at start: Int) -> Range<Int> {
        var end = start + 1
        while end < places.count, end - start < Self.words, characters(start, end + 1) <= Limits.snippetCharacters { end += 1 }
        return start..<end
    }

    private func characters(_ start: Int, _ end: Int) -> Int {
        text[places[start].start..<places[end - 1].end].count { $0 & 0xc0 != 0x80 }
    }

    /// Many different words that were looked for, then many of them at all.
    private func worth(_ window: Range<Int>) -> Int {
        let found = places[window].compactMap(\.match)
        return Set(found).count * 100 + found.count
    }

    private func parts(from start: Int, to end: Int, _ places: ArraySlice<Place>) -> [SnippetPart] {
        var parts: [SnippetPart] = []
        var at = start
        func add(_ to: Int, isMatch: Bool) {
            guard to > at else { return }
            let piece = Self.line(text[at..<to])
            at = to
            if let last = parts.last, last.isMatch == isMatch {
                parts[parts.count - 1].text += piece
            } else {
                parts.append(SnippetPart(piece, isMatch: isMatch))
            }
        }
        for place in places where place.match != nil {
            add(place.start, isMatch: false)
            add(place.end, isMatch: true)
        }
        add(end, isMatch: false)
        return parts
    }

    /// On one line: white space and control characters are one blank each run.
    private static func line(_ bytes: ArraySlice<UInt8>) -> String {
        var line: [UInt8] = []
        for byte in bytes {
            let plain = byte <= 0x20 || byte == 0x7f ? 0x20 : byte
            if plain != 0x20 || line.last != 0x20 { line.append(plain) }
        }
        return String(decoding: line, as: UTF8.self)
    }
}

extension MatchExpression {
    /// Whether a term of a text is what was looked for.
    func marks(_ term: ArraySlice<UInt8>) -> Bool {
        marks.contains(Array(term)) || beginnings.contains { term.starts(with: $0) }
    }
}

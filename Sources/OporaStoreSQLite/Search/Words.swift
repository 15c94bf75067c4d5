import GRDBSQLite
import OporaStore

/// Takes a text apart into the terms that the index knows. Lives on one thread.
///
/// A word gives two terms in one place: as it is written, without case and accents, and its stem. What is joined by a sign (`T-1042`,
/// `a.b@example.org`, `0x80070005`, `ORA-00942`) is kept in parts and, in the place of its first part, as a whole.
final class Words {
    /// Longer words are cut; nobody types them.
    private static let wordBytes = 64
    /// Parts that are joined to a whole at most.
    private static let wholeParts = 8
    private static let wholeBytes = 96
    /// Letters of a word with a dash that is also written without: e-mail, wi-fi.
    private static let joinedBytes = 9

    /// A term in a text.
    struct Term {
        /// Where its bytes are in `bytes`.
        var range: Range<Int>
        /// Where its word is in the text, in bytes.
        var start: Int
        var end: Int
        /// It stands in the same place as the term before it.
        var isColocated: Bool
    }

    /// The terms of the text that was read last, and their bytes.
    private(set) var terms: [Term] = []
    private(set) var bytes: [UInt8] = []

    private let folding: Folding
    private let forms = WordForms()
    private var parts: [Folding.Part] = []

    init(_ folding: Folding) { self.folding = folding }

    /// Reads a text; `terms` and `bytes` are its own then.
    func read(_ text: UnsafeBufferPointer<UInt8>) {
        terms.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        parts.removeAll(keepingCapacity: true)
        folding.fold(text, limit: Self.wordBytes, into: &parts, &bytes)
        var first = 0
        while first < parts.count {
            var end = first + 1
            while end < parts.count, Self.isJoined(parts[end - 1], parts[end], text) { end += 1 }
            add(first..<end, text)
            first = end
        }
    }

    func read(_ text: String) {
        var text = text
        text.withUTF8 { read($0) }
    }

    /// The bytes of a term.
    func bytes(of term: Term) -> ArraySlice<UInt8> { bytes[term.range] }

    private static func isJoined(_ a: Folding.Part, _ b: Folding.Part, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard b.start == a.end + 1 else { return false }
        switch text[a.end] {
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "@"), UInt8(ascii: "/"), UInt8(ascii: ":"):
            return true
        default: return false
        }
    }

    private func add(_ group: Range<Int>, _ text: UnsafeBufferPointer<UInt8>) {
        for index in group {
            let part = parts[index]
            terms.append(Term(range: part.range, start: part.start, end: part.end, isColocated: false))
            if let stem = forms.stem(bytes[part.range]) { colocate(stem, part) }
            if index == group.lowerBound, group.count > 1, group.count <= Self.wholeParts { addWhole(group, text) }
        }
    }

    private func addWhole(_ group: Range<Int>, _ text: UnsafeBufferPointer<UInt8>) {
        var whole: [UInt8] = []
        var joined: [UInt8] = []
        for index in group {
            if index > group.lowerBound { whole.append(text[parts[index].start - 1]) }
            whole += bytes[parts[index].range]
            joined += bytes[parts[index].range]
        }
        guard whole.count <= Self.wholeBytes else { return }
        colocate(whole, parts[group.lowerBound])
        let isShortPair = group.count == 2 && joined.count <= Self.joinedBytes && joined.allSatisfy { (0x61...0x7a).contains($0) }
        if isShortPair, whole.contains(UInt8(ascii: "-")) { colocate(joined, parts[group.lowerBound]) }
    }

    private func colocate(_ term: [UInt8], _ part: Folding.Part) {
        let from = bytes.count
        bytes += term
        terms.append(Term(range: from..<bytes.count, start: part.start, end: part.end, isColocated: true))
    }
}

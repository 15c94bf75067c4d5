import OporaDomain

/// A query in the language of FTS5. What people typed stands in it only as terms inside quotes, so that it can't be misread.
struct MatchExpression {
    /// For `MATCH`; nil where the query holds no term that a text can have.
    private(set) var text: String?
    /// More than one word has to be there, so that fewer may be asked for.
    private(set) var isConjunction = false
    /// What to mark in a text: terms as they are in the index, and beginnings.
    private(set) var marks: Set<[UInt8]> = []
    private(set) var beginnings: [[UInt8]] = []

    /// - Parameter isRelaxed: documents with some of the words will do.
    init(_ query: SearchQuery, isRelaxed: Bool, _ words: Words) {
        var wanted: [String] = []
        var unwanted: [String] = []
        var common: [String] = []
        for term in query.terms {
            guard let expression = Self.expression(term, words) else { continue }
            if term.isExcluded {
                unwanted.append(expression)
                continue
            }
            mark(term, words)
            if term.kind == .word, StopWords.contain(term.text) { common.append(expression) } else { wanted.append(expression) }
        }
        // Words without a meaning of their own are asked for only where there is nothing else.
        if wanted.isEmpty { wanted = common }
        isConjunction = wanted.count > 1
        if wanted.isEmpty { return }
        let positive = "(\(wanted.joined(separator: isRelaxed ? " OR " : " AND ")))"
        text = unwanted.isEmpty ? positive : "\(positive) NOT (\(unwanted.joined(separator: " OR ")))"
    }

    private static func expression(_ term: SearchTerm, _ words: Words) -> String? {
        words.read(term.text)
        guard !words.terms.isEmpty else { return nil }
        let expression: String
        switch term.kind {
        case .word: expression = word(words)
        case .phrase: expression = quoted(parts(words))
        case .prefix: expression = prefix(words)
        }
        return term.part.map { "\($0.rawValue) : (\(expression))" } ?? "(\(expression))"
    }

    /// A word in any of its forms, the written one first in rank; joined parts next to each other, or as a whole.
    private static func word(_ words: Words) -> String {
        let all = words.terms
        if all.count(where: { !$0.isColocated }) == 1 { return all.map { quoted([text($0, words)]) }.joined(separator: " OR ") }
        let wholes = all.drop { !$0.isColocated }.prefix(while: \.isColocated).filter { $0.range.count > all[0].range.count }
        return ([quoted(parts(words))] + wholes.map { quoted([text($0, words)]) }).joined(separator: " OR ")
    }

    /// Every word with this beginning; of joined parts, the last is the beginning.
    private static func prefix(_ words: Words) -> String { quoted(parts(words)) + " *" }

    /// The words as they are written, without their other forms.
    private static func parts(_ words: Words) -> [String] {
        words.terms.filter { !$0.isColocated }.map { text($0, words) }
    }

    private static func text(_ term: Words.Term, _ words: Words) -> String {
        String(decoding: words.bytes(of: term), as: UTF8.self)
    }

    /// Terms are letters, digits and the signs that join them: there is no quote in them.
    private static func quoted(_ terms: [String]) -> String { "\"\(terms.joined(separator: " "))\"" }

    private mutating func mark(_ term: SearchTerm, _ words: Words) {
        words.read(term.text)
        for found in words.terms where term.kind != .phrase || !found.isColocated { marks.insert(Array(words.bytes(of: found))) }
        if term.kind == .prefix, let last = words.terms.last(where: { !$0.isColocated }) {
            beginnings.append(Array(words.bytes(of: last)))
        }
    }
}

/// Words that nearly every text has.
enum StopWords {
    private static let all: Set<String> = [
        "и", "в", "во", "на", "не", "с", "со", "по", "к", "ко", "у", "о", "об", "от", "до", "из", "за", "для", "что", "как",
        "это",
        "но", "а", "или", "же", "ли", "бы", "то", "я", "мы", "вы", "он", "она", "они", "мне", "нам", "вас", "вам", "мой", "при",
        "the", "a", "an", "and", "or", "to", "of", "in", "on", "at", "is", "are", "was", "it", "for", "with", "my", "our", "i",
        "we",
        "you", "be", "not", "can", "this", "that", "from", "by", "as", "do", "does", "how", "when", "has", "have", "t", "s",
    ]

    static func contain(_ word: String) -> Bool { all.contains(word.lowercased()) }
}

import OporaProtocol

extension SearchQuery {
    /// Reads a query: words, `"phrases"`, `-without`, `begin*`, `field:value`. A quote that is not closed ends with the text;
    /// signs without a letter or digit are passed over.
    /// - Throws: a rejection of `query` where a field has no such value, too much is asked for, or nothing is.
    public init(parsing text: String) throws(Rejection) {
        self.init(terms: [])
        var reader = Reader(text)
        while let token = reader.next() {
            if let field = token.field {
                try add(field, token)
            } else {
                add(token, part: nil)
            }
        }
        guard terms.count <= Limits.searchTerms, filter.conditions.count <= Limits.searchTerms else {
            throw .validation(member: "query", reason: "more than \(Limits.searchTerms) words or conditions; leave some out")
        }
        for term in terms where term.kind == .prefix && term.text.unicodeScalars.count < Limits.searchPrefixCharacters {
            throw .validation(
                member: "query",
                reason:
                    "\"\(term.text)*\" is too short; give at least \(Limits.searchPrefixCharacters) characters before the star")
        }
        guard terms.contains(where: { !$0.isExcluded }) else {
            throw .validation(
                member: "query", reason: "it has no word to look for; name one, or list tickets by their members with ticket.list"
            )
        }
    }

    private mutating func add(_ token: Token, part: SearchTerm.Part?) {
        var text = token.text
        var kind = SearchTerm.Kind.word
        if token.isQuoted {
            kind = .phrase
        } else if text.hasSuffix("*") {
            text = String(text.dropLast(while: { $0 == "*" }))
            kind = .prefix
        }
        guard text.unicodeScalars.contains(where: { $0.properties.isAlphabetic || $0.properties.numericType != nil }) else {
            return
        }
        terms.append(SearchTerm(kind, text, isExcluded: token.isExcluded, part: part))
    }

    private mutating func add(_ field: SearchField, _ token: Token) throws(Rejection) {
        switch field {
        case .subject: return add(token, part: .subject)
        case .text: return add(token, part: .text)
        default: break
        }
        if token.isExcluded {
            throw .validation(member: "query", reason: "-\(field.rawValue): can't be turned round; say what it is to be")
        }
        if field == .visibility {
            filter.visibility = try field.words(token.text)[0]
        } else {
            filter.conditions.append(try field.condition(token.text))
        }
    }
}

/// A piece of a query as it was typed.
private struct Token {
    var field: SearchField?
    var text: String
    var isQuoted = false
    var isExcluded = false
}

/// Takes a query apart.
private struct Reader {
    private let characters: [Character]
    private var index = 0

    init(_ text: String) { characters = Array(text) }

    private static let quotes: Set<Character> = ["\"", "“", "”", "„", "«", "»"]

    mutating func next() -> Token? {
        while index < characters.count, characters[index].isWhitespace { index += 1 }
        guard index < characters.count else { return nil }
        var token = Token(text: "")
        if characters[index] == "-" || characters[index] == "−", index + 1 < characters.count, !characters[index + 1].isWhitespace
        {
            token.isExcluded = true
            index += 1
        }
        if let field = field() { token.field = field }
        if index < characters.count, Self.quotes.contains(characters[index]) {
            token.isQuoted = true
            index += 1
            token.text = take { !Self.quotes.contains($0) }
            index = min(index + 1, characters.count)
        } else {
            token.text = take { !$0.isWhitespace && !Self.quotes.contains($0) }
        }
        return token
    }

    /// The field before a colon, where there is such a field and something after it.
    private mutating func field() -> SearchField? {
        guard let colon = characters[index...].prefix(SearchField.longest + 1).firstIndex(of: ":"), colon + 1 < characters.count,
            !characters[colon + 1].isWhitespace, let field = SearchField(rawValue: String(characters[index..<colon]).lowercased())
        else { return nil }
        index = colon + 1
        return field
    }

    private mutating func take(while belongs: (Character) -> Bool) -> String {
        let start = index
        while index < characters.count, belongs(characters[index]) { index += 1 }
        return String(characters[start..<index])
    }
}

extension String {
    /// Without the last characters that are meant.
    fileprivate func dropLast(while isMeant: (Character) -> Bool) -> Substring {
        var rest = self[...]
        while let last = rest.last, isMeant(last) { rest.removeLast() }
        return rest
    }
}

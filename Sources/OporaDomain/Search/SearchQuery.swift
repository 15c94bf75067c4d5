/// What a person typed into a search box, understood: words to find, words to leave out, and conditions on the ticket.
///
/// Every text is a query; only a condition with a value that makes no sense is refused.
public struct SearchQuery: Hashable, Sendable {
    public var terms: [SearchTerm]
    public var filter: TicketFilter

    public init(terms: [SearchTerm], filter: TicketFilter = TicketFilter()) {
        self.terms = terms
        self.filter = filter
    }

    /// The ticket that the query names and nothing else, as `T-1042` or the id in another system would.
    public var soleWord: String? {
        guard terms.count == 1, let term = terms.first, term.kind == .word, !term.isExcluded, term.part == nil else { return nil }
        return term.text
    }
}

/// One thing to look for.
public struct SearchTerm: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// A word in any of its forms.
        case word
        /// Every word that begins like this.
        case prefix
        /// Words in this order, as they are written.
        case phrase
    }

    /// Where to look; everywhere, unless one is named.
    public enum Part: String, CaseIterable, Sendable {
        case subject, text
    }

    public var kind: Kind
    /// As it was typed.
    public var text: String
    /// Documents that have it are left out.
    public var isExcluded: Bool
    public var part: Part?

    public init(_ kind: Kind, _ text: String, isExcluded: Bool = false, part: Part? = nil) {
        self.kind = kind
        self.text = text
        self.isExcluded = isExcluded
        self.part = part
    }
}

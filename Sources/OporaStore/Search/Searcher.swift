public import OporaDomain
public import OporaProtocol
public import OporaTime

/// The side of the index that looks things up.
public protocol Searcher: AnyObject {
    func find(_ search: TicketSearch) throws(StoreError) -> SearchPage
    func size() throws(StoreError) -> SearchSize
}

/// Which tickets, for whom, and which part of the answer.
public struct TicketSearch: Hashable, Sendable {
    public var query: SearchQuery
    /// What the caller may see.
    public var sight: Sight
    /// Messages written after it are passed over, so that the pages of one search fit together; their age counts from it.
    public var asOf: Timestamp
    /// Tickets before the page: those of earlier pages, and those that these passed over.
    public var offset: Int
    public var limit: Int

    public init(_ query: SearchQuery, sight: Sight, asOf: Timestamp, offset: Int = 0, limit: Int = Limits.pageDefault) {
        self.query = query
        self.sight = sight
        self.asOf = asOf
        self.offset = offset
        self.limit = limit
    }
}

/// Hits, best first.
public struct SearchPage: Hashable, Sendable {
    public var hits: [SearchHit] = []
    /// Where the next page begins; nil where nothing lies after this one.
    public var nextOffset: Int?
    /// False where so much matches that only the newest messages were weighed, or the time was over.
    public var isComplete = true
    /// Nothing had every word, so these have some of them.
    public var isRelaxed = false
    /// Up to here the log was in the index.
    public var indexedSeq: Int64 = 0

    public init() {}
}

/// A ticket that was found, by its best message.
public struct SearchHit: Hashable, Sendable {
    public var ticket: TicketID
    /// Nil where only the subject was found, or the ticket was named.
    public var message: MessageID?
    /// Larger is better; comparable within one search alone.
    public var score: Double
    public var subject: [SnippetPart]
    /// A part of the message; empty where there is none.
    public var snippet: [SnippetPart]

    public init(ticket: TicketID, message: MessageID?, score: Double, subject: [SnippetPart], snippet: [SnippetPart]) {
        self.ticket = ticket
        self.message = message
        self.score = score
        self.subject = subject
        self.snippet = snippet
    }
}

/// A piece of a text that was found.
public struct SnippetPart: Hashable, Sendable {
    public var text: String
    public var isMatch: Bool

    public init(_ text: String, isMatch: Bool = false) {
        self.text = text
        self.isMatch = isMatch
    }
}

public import OporaProtocol
public import OporaTime

/// The full-text index: a copy, made from the log, of what tickets and messages say. It can be thrown away and made again.
///
/// It runs behind the desk by a moment; conditions on tickets and rights are looked up in the desk itself, as it is now.
public protocol SearchIndex: Sendable {
    /// The one that writes. Lives on one thread.
    func makeIndexer() throws(StoreError) -> any SearchIndexer
    /// One that looks. Lives on one thread.
    func makeSearcher() throws(StoreError) -> any Searcher
}

/// The side that writes the index. There is one.
public protocol SearchIndexer: AnyObject {
    /// How far the index is; nil where it is new, was made by another version, or can't be read: then it must be made anew.
    func place() throws(StoreError) -> SearchPlace?
    /// Takes documents in, replaces them and moves the place, all in one transaction. A document that is there already is replaced.
    func apply(_ batch: SearchBatch) throws(StoreError)
    /// Begins an empty index beside the one in use; `apply` goes to it until `finishAnew`. One that was begun before is thrown away.
    func beginAnew() throws(StoreError)
    /// Puts the new index in the place of the old one. Searchers take it from their next search on.
    func finishAnew() throws(StoreError)
}

/// Up to where the log is in the index.
public struct SearchPlace: Hashable, Sendable {
    public var logID: String
    public var epoch: Int64
    public var seq: Int64

    public init(logID: String, epoch: Int64, seq: Int64) {
        self.logID = logID
        self.epoch = epoch
        self.seq = seq
    }
}

/// What one transaction does to the index.
public struct SearchBatch: Sendable {
    public var documents: [SearchDocument] = []
    public var place: SearchPlace

    public init(place: SearchPlace) { self.place = place }
}

/// What can be found: a message with the subject of its ticket, or the subject of a ticket in which nobody has written publicly.
public struct SearchDocument: Hashable, Sendable {
    public var ticket: TicketID
    /// Nil for the ticket's own document.
    public var message: MessageID?
    public var visibility: Visibility
    public var createdAt: Timestamp
    public var subject: String
    public var text: String

    public init(
        ticket: TicketID, message: MessageID?, visibility: Visibility, createdAt: Timestamp, subject: String, text: String
    ) {
        self.ticket = ticket
        self.message = message
        self.visibility = visibility
        self.createdAt = createdAt
        self.subject = subject
        self.text = text
    }
}

/// How large the index is.
public struct SearchSize: Hashable, Sendable {
    /// Documents that can be found.
    public var documents: Int64
    /// Documents that were replaced; their words leave the file when the index is made anew.
    public var replaced: Int64
    public var bytes: Int64

    public init(documents: Int64 = 0, replaced: Int64 = 0, bytes: Int64 = 0) {
        self.documents = documents
        self.replaced = replaced
        self.bytes = bytes
    }
}

/// Which documents to make from the desk.
public enum SearchPart: Hashable, Sendable {
    /// Those of these messages.
    case messages([MessageID])
    /// The own ones of these tickets: of those in which nobody has written publicly.
    case tickets([TicketID])
    /// All that belong to these tickets.
    case conversations([TicketID])
    /// Those of the messages with these numbers.
    case messagesNumbered(ClosedRange<Int64>)
    /// The own ones of the tickets with these numbers.
    case ticketsNumbered(ClosedRange<Int64>)
}

import OporaDomain
import OporaProtocol
import OporaStore

/// What a part of the log changes in the index.
struct SearchChanges {
    /// What an event means for the index.
    private enum Effect {
        /// A ticket that nobody may have written in.
        case ticket
        /// A message that is new or is seen by others than before.
        case message
        /// A ticket to or from which messages were moved.
        case conversation
        /// Texts of a person were taken away: their words are to leave the disk, too.
        case erasure
    }

    private static let effects: [EventName: Effect] = [
        .kernel(.ticketCreated): .ticket, .kernel(.messageAdded): .message, .kernel(.messagePublished): .message,
        .kernel(.ticketMerged): .conversation, .kernel(.ticketUnmerged): .conversation, .kernel(.ticketSplit): .conversation,
        .kernel(.userErased): .erasure, .kernel(.ticketContentErased): .erasure,
    ]
    private static let types = Array(effects.keys)

    /// Everything up to here was looked at.
    let reached: Int64
    /// The index has words that must not be on the disk any more.
    private(set) var hasErasure = false
    private var messages: [MessageID] = []
    private var tickets: [TicketID] = []
    private var conversations: [TicketID] = []

    init(after seq: Int64, limit: Int, _ head: LogHead, _ desk: any StoreReader) throws(StoreError) {
        var query = EventQuery()
        query.after = seq
        query.limit = limit
        query.bytes = .max
        query.types = Self.types
        let page = try desk.events(query)
        reached = page.isComplete ? head.seq : page.reached
        for event in page.events {
            switch Self.effects[event.name] {
            case .ticket: if let ticket = event.ticket { tickets.append(ticket) }
            case .message: if let id = MessageID(event.subject.dropFirst("message/".count)) { messages.append(id) }
            case .conversation: if let ticket = event.ticket { conversations.append(ticket) }
            case .erasure:
                hasErasure = true
                if let ticket = event.ticket { conversations.append(ticket) }
            case nil: break
            }
        }
    }

    /// The documents as the desk has them now, each once.
    func documents(_ desk: any StoreReader) throws(StoreError) -> [SearchDocument] {
        var seen: Set<TicketID> = []
        let whole = conversations.filter { seen.insert($0).inserted }
        return try desk.searchDocuments(.messages(messages)) + desk.searchDocuments(.tickets(tickets))
            + desk.searchDocuments(.conversations(whole))
    }
}

import OporaDomain
import OporaProtocol
import OporaStore

/// What a part of the log changes in the index.
struct SearchChanges {
    /// Events that change what can be found.
    private static let types: [EventName] = [.kernel(.ticketCreated), .kernel(.messageAdded)]

    /// Everything up to here was looked at.
    let reached: Int64
    private var messages: [MessageID] = []
    private var tickets: [TicketID] = []

    init(after seq: Int64, limit: Int, _ head: LogHead, _ desk: any StoreReader) throws(StoreError) {
        var query = EventQuery()
        query.after = seq
        query.limit = limit
        query.bytes = .max
        query.types = Self.types
        let page = try desk.events(query)
        reached = page.isComplete ? head.seq : page.reached
        for event in page.events {
            switch event.name.type {
            case .messageAdded: if let id = MessageID(event.subject.dropFirst("message/".count)) { messages.append(id) }
            default: if let ticket = event.ticket { tickets.append(ticket) }
            }
        }
    }

    /// The documents as the desk has them now.
    func documents(_ desk: any StoreReader) throws(StoreError) -> [SearchDocument] {
        try desk.searchDocuments(.messages(messages)) + desk.searchDocuments(.tickets(tickets))
    }
}

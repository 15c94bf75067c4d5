public import OporaProtocol

extension Ticket {
    /// Adds a public message. A requester's message opens a ticket that waited or was solved; an agent's opens a new one
    /// and is the first response.
    /// - Parameter next: a status to set after it.
    public mutating func reply(_ message: Message, then next: TicketStatus?, _ book: SLABook) throws(Rejection) -> [EventDraft] {
        if status == .closed {
            throw .validation(member: "ticket", reason: "\(id) is closed; create a new ticket")
        }
        let at = message.createdAt
        var facts = advance(to: at, book)
        facts.append(message.event)
        updatedAt = max(updatedAt, at)
        switch message.authorKind {
        case .agent:
            facts += endTarget(.firstResponse, at: at)
            if status == .new, next == nil { facts += try setStatus(.open, at: at, book) }
        case .requester:
            if status == .pending || status == .onHold || status == .solved, next == nil {
                facts += try setStatus(.open, at: at, book)
            }
        case .bot, .system: break
        }
        if let next { facts += try setStatus(next, at: at, book) }
        return facts
    }

    /// Adds an internal note. It is no reply: nothing else changes.
    public mutating func note(_ message: Message) -> [EventDraft] {
        updatedAt = max(updatedAt, message.createdAt)
        return [message.event]
    }
}

import OporaDomain
import OporaProtocol
import OporaStore

extension QueryContext {
    /// Whether the caller may see a ticket.
    func sees(_ id: TicketID) throws -> Bool {
        if sight.limits.isEmpty { return true }
        return try store.ticket(id).map(sight.includes) ?? false
    }

    /// Whether the caller may see a message.
    func sees(_ message: Message) throws -> Bool { try sight.includes(message) && sees(message.ticket) }
}

import OporaProtocol
public import OporaTime

extension Ticket {
    /// Refuses any change of a ticket that is in the bin.
    public func checkPresent() throws(Rejection) {
        guard deletedAt == nil else {
            throw .validation(member: "ticket", reason: "\(id) is in the bin; ticket.restore brings it back")
        }
    }

    /// Puts the ticket into the bin: lists pass over it, nothing changes it, time does not act on it. What it was promised is
    /// cancelled.
    public mutating func delete(at: Timestamp, _ book: SLABook) -> [EventDraft] {
        guard deletedAt == nil else { return [] }
        var facts = advance(to: at, book) + endClaim(.released, at: at)
        facts.append(record(.ticketDeleted, at: at, ["before": .null, "after": .time(at)]))
        deletedAt = at
        // No policy promises anything to what is not there.
        return facts + recompute(at: at, SLABook())
    }

    /// Takes the ticket out of the bin. Promises go on from their own start, as if it had never been there.
    public mutating func restore(at: Timestamp, _ book: SLABook) -> [EventDraft] {
        guard let deleted = deletedAt else { return [] }
        deletedAt = nil
        return [record(.ticketRestored, at: at, ["before": .time(deleted), "after": .null])] + recompute(at: at, book)
    }
}

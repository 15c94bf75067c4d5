public import OporaProtocol
public import OporaTime

extension Ticket {
    /// Where a ticket may go from each status. Nothing leaves `closed`: a new request is a new ticket.
    public static func allowed(from status: TicketStatus) -> [TicketStatus] {
        switch status {
        case .new: [.open, .pending, .onHold, .solved]
        case .open: [.pending, .onHold, .solved]
        case .pending: [.open, .onHold, .solved]
        case .onHold: [.open, .pending, .solved]
        case .solved: [.open, .closed]
        case .closed: []
        }
    }

    /// Moves the ticket to a status. What is so already is no change and no fact.
    /// - Parameters:
    ///   - reason: why it waits; only with a waiting status.
    ///   - wakeAt: when it opens by itself; only with a waiting status, and in the future.
    public mutating func setStatus(
        _ next: TicketStatus, reason: String? = nil, wakeAt wake: Timestamp? = nil, at: Timestamp, _ book: SLABook
    ) throws(Rejection) -> [EventDraft] {
        if reason != nil || wake != nil, !next.isWaiting {
            throw .validation(
                member: reason != nil ? "reason" : "wake_at", reason: "only pending and on_hold take it, not \(next.rawValue)")
        }
        if let wake, wake <= at { throw .validation(member: "wake_at", reason: "\(wake.text) is not in the future") }
        if next == status, reason == statusReason, wake == wakeAt { return [] }
        let allowed = Ticket.allowed(from: status)
        guard next == status || allowed.contains(next) else {
            throw .invalidTransition(from: status, to: next, allowed: allowed)
        }
        return move(to: next, reason: reason, wakeAt: wake, at: at, book)
    }

    /// Closes a solved ticket for good.
    public mutating func close(at: Timestamp, _ book: SLABook) throws(Rejection) -> [EventDraft] {
        try setStatus(.closed, at: at, book)
    }

    /// Opens a solved ticket again.
    public mutating func reopen(at: Timestamp, _ book: SLABook) throws(Rejection) -> [EventDraft] {
        guard status == .solved else { throw .invalidTransition(from: status, to: .open, allowed: Ticket.allowed(from: status)) }
        return try setStatus(.open, at: at, book)
    }

    /// The change itself, by whatever rule it was allowed.
    mutating func move(
        to next: TicketStatus, reason: String?, wakeAt wake: Timestamp?, at: Timestamp, _ book: SLABook
    ) -> [EventDraft] {
        let before = status
        var facts = advance(to: at, book)
        let old = statusJSON
        status = next
        statusReason = reason
        wakeAt = wake
        if next == .solved, before != .solved { solvedAt = at }
        if next == .closed { closedAt = at }
        if next.isUnsolved {
            solvedAt = nil
            closedAt = nil
        }
        facts.append(record(.ticketStatusChanged, at: at, ["before": old, "after": statusJSON]))
        if next != before { facts += followStatus(from: before, at: at, book) }
        return facts
    }

    private var statusJSON: JSON {
        [
            "status": .string(statusWord), "category": .string(status.rawValue),
            "reason": statusReason.map { .string($0) } ?? .null, "wake_at": .time(wakeAt),
        ]
    }
}

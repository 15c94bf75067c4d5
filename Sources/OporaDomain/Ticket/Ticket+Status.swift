public import OporaProtocol
public import OporaTime

extension Ticket {
    /// Which categories may follow each. Nothing leaves `closed`: a new request is a new ticket.
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

    /// Where it stands, as the desk names it.
    public var standing: Status { Status(status, custom: customStatus) }

    /// Moves the ticket to a status of the desk. What is so already is no change and no fact.
    /// - Parameters:
    ///   - reason: why it waits; only with a waiting status. Left out, it is the status's own.
    ///   - wakeAt: when it opens by itself; only with a waiting status, and in the future.
    public mutating func setStatus(
        _ next: Status, reason given: String? = nil, wakeAt wake: Timestamp? = nil, at: Timestamp, _ desk: DeskRules,
        _ book: SLABook
    ) throws(Rejection) -> [EventDraft] {
        if given != nil || wake != nil, !next.category.isWaiting {
            throw .validation(
                member: given != nil ? "reason" : "wake_at", reason: "only pending and on_hold take it, not \(next.word)")
        }
        if let wake, wake <= at { throw .validation(member: "wake_at", reason: "\(wake.text) is not in the future") }
        let reason = given ?? next.defaultReason
        if next.word == statusWord, reason == statusReason, wake == wakeAt { return [] }
        let allowed = desk.allowed(from: standing)
        guard next.word == statusWord || allowed.contains(next.word) else {
            throw .invalidTransition(from: statusWord, to: next.word, allowed: allowed)
        }
        if next.category == .solved, status.isUnsolved { try desk.checkSolvable(self) }
        return move(to: next, reason: reason, wakeAt: wake, at: at, book)
    }

    /// Moves the ticket to a category's own status, by the categories' rules alone.
    public mutating func setStatus(
        _ next: TicketStatus, reason: String? = nil, wakeAt wake: Timestamp? = nil, at: Timestamp, _ book: SLABook
    ) throws(Rejection) -> [EventDraft] {
        try setStatus(Status(next), reason: reason, wakeAt: wake, at: at, DeskRules(), book)
    }

    /// Closes a solved ticket for good.
    public mutating func close(at: Timestamp, _ book: SLABook, desk: DeskRules = DeskRules()) throws(Rejection) -> [EventDraft] {
        try setStatus(Status(.closed), at: at, desk, book)
    }

    /// Opens a solved ticket again.
    public mutating func reopen(at: Timestamp, _ book: SLABook, desk: DeskRules = DeskRules()) throws(Rejection) -> [EventDraft] {
        guard status == .solved else {
            throw .invalidTransition(from: statusWord, to: TicketStatus.open.rawValue, allowed: desk.allowed(from: standing))
        }
        return try setStatus(Status(.open), at: at, desk, book)
    }

    /// Lets the ticket wait until an instant, in `pending` where no other waiting status is named.
    public mutating func wait(
        in next: Status = Status(.pending), reason: String?, until wake: Timestamp, at: Timestamp, _ desk: DeskRules,
        _ book: SLABook
    ) throws(Rejection) -> [EventDraft] {
        guard next.category.isWaiting else {
            throw .validation(member: "status", reason: "a ticket waits in pending or on_hold, not in \(next.word)")
        }
        return try setStatus(next, reason: reason, wakeAt: wake, at: at, desk, book)
    }

    /// The change itself, by whatever rule it was allowed.
    mutating func move(
        to next: TicketStatus, reason: String?, wakeAt wake: Timestamp?, at: Timestamp, _ book: SLABook
    ) -> [EventDraft] {
        move(to: Status(next), reason: reason, wakeAt: wake, at: at, book)
    }

    /// The change itself, by whatever rule it was allowed.
    mutating func move(to next: Status, reason: String?, wakeAt wake: Timestamp?, at: Timestamp, _ book: SLABook) -> [EventDraft]
    {
        let before = status
        var facts = advance(to: at, book)
        let old = statusJSON
        status = next.category
        customStatus = next.custom
        statusReason = reason
        wakeAt = wake
        if status == .solved, before != .solved { solvedAt = at }
        if status == .closed { closedAt = at }
        if status.isUnsolved {
            solvedAt = nil
            closedAt = nil
        }
        facts.append(record(.ticketStatusChanged, at: at, ["before": old, "after": statusJSON]))
        if status != before { facts += followStatus(from: before, at: at, book) }
        if !status.isUnsolved { facts += endClaim(.solved, at: at) }
        return facts
    }

    var statusJSON: JSON {
        [
            "status": .string(statusWord), "category": .string(status.rawValue),
            "reason": statusReason.map { .string($0) } ?? .null, "wake_at": .time(wakeAt),
        ]
    }
}

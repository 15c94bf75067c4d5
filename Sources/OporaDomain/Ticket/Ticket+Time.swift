import OporaProtocol
public import OporaTime

/// The no-hang invariant: the kernel has an instant at which it looks at every ticket that is not closed, so none is forgotten.
extension Ticket {
    static let millisecondsOfDay: Int64 = 86_400_000

    /// True where the ticket can't be forgotten: it is closed or in the bin, or has a next instant of interest.
    public var holdsNoHang: Bool { status == .closed || deletedAt != nil || nextInstant != nil }

    /// Keeps the instant of the next look at the ticket. Called whenever it is kept.
    ///
    /// A touch does not move the look: the look itself finds out that it came too early. So a ticket's place in the order of next
    /// instants changes seldom.
    public mutating func keepWatch(_ settings: DeskSettings) {
        guard let due = lookDue(settings) else {
            watchAt = nil
            return
        }
        // What was told of is looked at again when its last look said, not when it would have been told of.
        if stuckAt != nil, watchAt != nil { return }
        watchAt = min(watchAt ?? due, due)
    }

    /// Lets time act: warnings, breaches, wake-up, the end of a claim, the closing of what was solved long ago, and the telling of
    /// what nobody touched. Each fact bears the instant at which it was true.
    public mutating func passTime(now: Timestamp, _ desk: DeskRules, _ book: SLABook) -> [EventDraft] {
        let (touched, stuck, wasWaiting) = (touchedAt, stuckAt, status.isWaiting)
        var facts = tick(now: now, book)
        // What time does is no touch, but a ticket that wakes up wants to be touched from then on.
        let hasWoken = wasWaiting && !status.isWaiting
        if let claim, claim.until <= now { facts += endClaim(.expired, at: claim.until) }
        if !hasWoken { (touchedAt, stuckAt) = (touched, stuck) }
        return facts + look(now: now, desk, book)
    }

    private mutating func look(now: Timestamp, _ desk: DeskRules, _ book: SLABook) -> [EventDraft] {
        guard let watchAt, watchAt <= now else { return [] }
        guard let due = lookDue(desk.settings), due <= now else {
            self.watchAt = lookDue(desk.settings)
            return []
        }
        if status == .solved {
            self.watchAt = nil
            return move(to: Status(.closed), reason: nil, wakeAt: nil, at: due, book)
        }
        self.watchAt = now + desk.settings.stuckDays * Ticket.millisecondsOfDay
        // Told once for each stretch of time without a touch.
        guard stuckAt == nil else { return [] }
        let touched = touchedAt
        let fact = record(
            .ticketStuck, at: due,
            [
                "touched_at": .time(touched), "days": .int(desk.settings.stuckDays), "status": .string(statusWord),
                "category": .string(status.rawValue), "priority": .string(priority.rawValue), "group": .id(group),
                "assignee": .id(assignee),
            ])
        touchedAt = touched
        stuckAt = due
        return [fact]
    }

    /// When the ticket is closed by itself, or told of as forgotten; nil for one that no longer can be.
    private func lookDue(_ settings: DeskSettings) -> Timestamp? {
        if status == .closed || deletedAt != nil { return nil }
        // What another system did long ago is forgotten nowhere here.
        let from = importedAt ?? Timestamp(0)
        if status == .solved { return max(solvedAt ?? touchedAt, from) + settings.autoCloseDays * Ticket.millisecondsOfDay }
        let since = status.isWaiting ? max(touchedAt, wakeAt ?? touchedAt) : touchedAt
        return max(since, from) + settings.stuckDays * Ticket.millisecondsOfDay
    }
}

public import OporaProtocol
public import OporaTime

/// What policies would have made of the past: the very rules that tickets live under, run over their histories.
public struct SLASimulation: Sendable {
    /// Targets of one kind, of tickets of one priority.
    public struct Count: Hashable, Sendable {
        public var met: Int64 = 0
        public var breached: Int64 = 0
        /// Still running or paused at the end of the span.
        public var open: Int64 = 0
        public var cancelled: Int64 = 0

        public init(met: Int64 = 0, breached: Int64 = 0, open: Int64 = 0, cancelled: Int64 = 0) {
            self.met = met
            self.breached = breached
            self.open = open
            self.cancelled = cancelled
        }

        mutating func count(_ state: TargetState) {
            switch state {
            case .met: met += 1
            case .breached: breached += 1
            case .running, .paused: open += 1
            case .cancelled, .waived: cancelled += 1
            }
        }
    }

    /// By the ticket's last priority and the kind of target.
    public struct Report: Hashable, Sendable {
        public var counts: [Priority: [TargetKind: Count]] = [:]
        public var tickets: Int64 = 0
        /// Tickets to which something was promised.
        public var matched: Int64 = 0

        public init() {}
    }

    private let book: SLABook
    private let until: Timestamp
    public private(set) var report = Report()

    /// - Parameter until: what lies later has not happened.
    public init(_ book: SLABook, until: Timestamp) {
        self.book = book
        self.until = until
    }

    /// Lives through one ticket's history and counts what its targets came to.
    public mutating func run(_ history: TicketHistory) {
        let ticket = outcome(of: history)
        report.tickets += 1
        if !ticket.targets.isEmpty { report.matched += 1 }
        for target in ticket.targets {
            report.counts[ticket.priority, default: [:]][target.kind, default: Count()].count(target.state)
        }
    }

    /// The ticket as it would stand at the end of the span.
    public func outcome(of history: TicketHistory) -> Ticket {
        var ticket = history.created
        _ = ticket.create(opening: nil, book)
        for step in history.steps where step.at <= until {
            // Rows of an imported history may lie before the ticket's creation.
            ticket.live(step.change, at: max(step.at, ticket.createdAt), book)
        }
        _ = ticket.advance(to: until, book)
        return ticket
    }
}

extension Ticket {
    /// Lives through one change of the past: it happened, whatever the rules of moving say of it.
    fileprivate mutating func live(_ change: TicketHistory.Change, at: Timestamp, _ book: SLABook) {
        switch change {
        case .status(let next):
            if next != status { _ = move(to: next, reason: nil, wakeAt: nil, at: at, book) }
        case .priority(let next): _ = setPriority(next, at: at, book)
        case .place(let next):
            _ = assign(group: next.group, tier: next.tier, assignee: assignee, at: at, book)
        case .type(let next):
            _ = advance(to: at, book)
            type = next
            _ = recompute(at: at, book)
        case .tags(let next):
            _ = advance(to: at, book)
            tags = next
            _ = recompute(at: at, book)
        case .message(let author):
            _ = advance(to: at, book)
            _ = heard(author, at: at, book)
        }
    }
}

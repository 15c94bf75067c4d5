public import OporaDomain
import OporaProtocol
public import OporaTime

/// Which tickets, in which order, after which one. Data: each engine translates it.
public struct TicketQuery: Hashable, Sendable {
    /// A ticket's place in an order.
    public struct Place: Hashable, Sendable {
        public var value: Int64
        public var id: Int64

        public init(value: Int64, id: Int64) {
            self.value = value
            self.id = id
        }
    }

    /// Resolved: nothing in it is symbolic.
    public var filter = ViewFilter()
    /// What the caller may see: all of these hold.
    public var limits: [Sight.Limit] = []
    public var sort = TicketSort.newest
    /// The sort value and id of the last ticket that was looked at before.
    public var after: Place?
    public var limit: Int = Limits.pageDefault
    /// Tickets that one look goes through, so that a filter which matches little holds no reader for long.
    public var looks: Int = Limits.listLooks
    /// Tickets that an index may name for them to be sorted.
    public var sorted: Int = Limits.listSorted
    public var now: Timestamp

    public init(now: Timestamp) { self.now = now }
}

/// Tickets in order, and where to go on.
public struct TicketPage: Sendable {
    public var tickets: [Ticket]
    /// The last place that was looked at; nil where nothing lies after it.
    public var reached: TicketQuery.Place?

    public init(tickets: [Ticket], reached: TicketQuery.Place?) {
        self.tickets = tickets
        self.reached = reached
    }
}

/// How many there are, as far as one look goes.
public struct TicketCount: Hashable, Sendable {
    public var count: Int64
    /// All were looked at.
    public var isExact: Bool

    public init(count: Int64, isExact: Bool) {
        self.count = count
        self.isExact = isExact
    }
}

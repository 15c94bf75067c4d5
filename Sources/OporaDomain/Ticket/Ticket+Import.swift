public import OporaProtocol
public import OporaTime

/// What a row of another system's history says of a ticket. Nil leaves a member as it was.
public struct ImportedState: Hashable, Sendable {
    public var status: TicketStatus?
    public var reason: String?
    public var priority: Priority?
    public var group: GroupID?
    public var assignee: UserID?
    public var fields: JSONObject

    public init(
        status: TicketStatus? = nil, reason: String? = nil, priority: Priority? = nil, group: GroupID? = nil,
        assignee: UserID? = nil, fields: JSONObject = JSONObject()
    ) {
        self.status = status
        self.reason = reason
        self.priority = priority
        self.group = group
        self.assignee = assignee
        self.fields = fields
    }
}

extension Ticket {
    /// Writes history: sets what a row says at its instant. Not bound by the transition rules; only real changes are facts.
    public mutating func apply(_ state: ImportedState, at: Timestamp, _ book: SLABook) -> [EventDraft] {
        var facts = setFields(state.fields, at: at, book)
        if let next = state.priority { facts += setPriority(next, at: at, book) }
        facts += assign(group: state.group ?? group, assignee: state.assignee ?? assignee, at: at, book)
        if let next = state.status, next != status || (next.isWaiting && state.reason != statusReason) {
            facts += move(to: next, reason: next.isWaiting ? state.reason : nil, wakeAt: nil, at: at, book)
        }
        return facts
    }
}

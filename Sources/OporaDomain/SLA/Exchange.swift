public import OporaTime

/// What the SLA remembers of a ticket besides its targets: where targets begin that somebody may promise later.
public struct Exchange: Hashable, Sendable {
    /// The first public message of an agent, or the creation of a phone ticket that an agent typed.
    public var answeredAt: Timestamp?
    /// The oldest public message of the requester since then that no agent has answered.
    public var waitingSince: Timestamp?
    /// The last public message of an agent.
    public var updatedAt: Timestamp?
    /// When the ticket came to its group or tier; nil for its creation.
    public var enteredAt: Timestamp?
    /// The last reopening.
    public var reopenedAt: Timestamp?

    public init(
        answeredAt: Timestamp? = nil, waitingSince: Timestamp? = nil, updatedAt: Timestamp? = nil,
        enteredAt: Timestamp? = nil, reopenedAt: Timestamp? = nil
    ) {
        self.answeredAt = answeredAt
        self.waitingSince = waitingSince
        self.updatedAt = updatedAt
        self.enteredAt = enteredAt
        self.reopenedAt = reopenedAt
    }
}

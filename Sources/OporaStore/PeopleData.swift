public import OporaProtocol

/// Rows of one person, and how far the look went.
public struct OwnPage<T: Sendable>: Sendable {
    public var items: [T]
    /// The last id that was looked at.
    public var reached: Int64
    /// Nothing lies beyond.
    public var isComplete: Bool

    public init(items: [T], reached: Int64, isComplete: Bool) {
        self.items = items
        self.reached = reached
        self.isComplete = isComplete
    }
}

/// Which of the log, newest first.
public struct AuditQuery: Hashable, Sendable {
    /// Events below this position.
    public var before: Int64 = .max
    /// Events from this position on.
    public var from: Int64 = 1
    public var limit: Int = Limits.pageDefault
    /// Empty means all.
    public var types: [EventName] = []
    public var ticket: TicketID?
    /// `user/U-7`, `plugin/escalator`, `kernel`.
    public var actor: String?
    /// The identity that sent the command.
    public var via: String?

    public init() {}
}

public import OporaProtocol
public import OporaTime

/// A fact that the rules found, before it has a place in the log.
public struct EventDraft: Hashable, Sendable {
    public var name: EventName
    /// E.g. `ticket/T-1042`.
    public var subject: String
    /// When it happened.
    public var at: Timestamp
    /// The version of the subject after it.
    public var entityVersion: Int64
    /// The shape that `protocol/schemas/events` gives for the type. No free text.
    public var data: JSON
    /// The ticket whose history it belongs to.
    public var ticket: TicketID?
    /// What is the same for every repeat of a fact that time brings about; nil for what somebody did.
    public var repeatKey: String?

    public init(
        _ type: EventType, subject: String, ticket: TicketID? = nil, at: Timestamp, entityVersion: Int64, data: JSON
    ) {
        name = .kernel(type)
        self.ticket = ticket
        self.subject = subject
        self.at = at
        self.entityVersion = entityVersion
        self.data = data
    }

    /// An event that a plugin publishes.
    public init(plugin name: EventName, subject: String, ticket: TicketID?, at: Timestamp, data: JSON) {
        self.name = name
        self.ticket = ticket
        self.subject = subject
        self.at = at
        self.data = data
        entityVersion = 0
    }

    /// The kernel's type; nil for a plugin's event.
    public var type: EventType? { name.type }
}

extension JSON {
    /// An id as a value, or `null`.
    static func id(_ id: (some EntityID)?) -> JSON { id.map { .string($0.description) } ?? .null }
    /// An instant as a value, or `null`.
    static func time(_ time: Timestamp?) -> JSON { time.map { .string($0.text) } ?? .null }
}

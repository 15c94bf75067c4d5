/// The category of where a ticket stands: all rules go by it. Each has a status of its own name; a desk may declare others within it.
public enum TicketStatus: String, CaseIterable, Sendable {
    case new, open
    /// Waits on the requester.
    case pending
    /// Waits on a third party.
    case onHold = "on_hold"
    case solved, closed

    /// True while somebody still has to do something: neither solved nor closed.
    public var isUnsolved: Bool { self != .solved && self != .closed }
    /// True for the statuses that wait on somebody and may carry a reason and a wake-up time.
    public var isWaiting: Bool { self == .pending || self == .onHold }
}

/// How pressing a ticket is, from least to most.
public enum Priority: String, CaseIterable, Sendable, Comparable {
    case low, normal, high, urgent

    public static func < (a: Priority, b: Priority) -> Bool { a.rank < b.rank }
    /// 0 for low to 3 for urgent.
    public var rank: Int { Priority.allCases.firstIndex(of: self) ?? 0 }
}

/// What a ticket is about.
public enum TicketType: String, CaseIterable, Sendable {
    case question, incident, problem, task
}

/// How a ticket or message arrived.
public enum Channel: String, CaseIterable, Sendable {
    case email, web, chat, phone, messenger, social, api, monitoring
}

/// Who may read a message: everybody on the ticket, or agents alone. It never changes.
public enum Visibility: String, CaseIterable, Sendable {
    case `public`, `internal`
}

/// What kind of author a message has; only an agent's public message is a reply in the sense of an SLA.
public enum AuthorKind: String, CaseIterable, Sendable {
    case requester, agent, bot, system
}

/// What a user may be. Roles of an identity are named in the kernel's configuration; these are people's.
public enum UserRole: String, CaseIterable, Sendable {
    case requester, agent, lead, manager, admin, bot

    /// True for people who answer tickets.
    public var answersTickets: Bool {
        switch self {
        case .agent, .lead, .manager, .admin: true
        case .requester, .bot: false
        }
    }
}

/// What kind of values a custom field has.
public enum FieldKind: String, CaseIterable, Sendable {
    case text, number
    /// `YYYY-MM-DD`.
    case date
    /// One of the field's choices.
    case choice
    /// Some of the field's choices, in their order, with commas between.
    case multiChoice = "multi_choice"
    /// The id of a user.
    case user

    /// True where the field says what can be chosen.
    public var isChosen: Bool { self == .choice || self == .multiChoice }
}

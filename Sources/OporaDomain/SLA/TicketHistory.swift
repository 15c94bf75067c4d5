public import OporaProtocol
public import OporaTime

/// What the log tells of one ticket: all that promises depend on, in order of time.
public struct TicketHistory: Hashable, Sendable {
    /// One change, as the log tells it.
    public enum Change: Hashable, Sendable {
        case status(TicketStatus)
        case priority(Priority)
        case type(TicketType?)
        case place(Place)
        case tags([String])
        /// A public message.
        case message(AuthorKind)
    }

    /// A change and when it happened.
    public struct Step: Hashable, Sendable {
        public var at: Timestamp
        public var change: Change

        public init(_ change: Change, at: Timestamp) {
            self.change = change
            self.at = at
        }
    }

    /// The types of facts that promises depend on.
    public static let types: [EventType] = [
        .ticketCreated, .ticketStatusChanged, .ticketPriorityChanged, .ticketAssigned, .ticketTypeChanged,
        .ticketTagsChanged, .messageAdded, .messagePublished,
    ]

    /// The ticket as it was created, without any target.
    public var created: Ticket
    public var steps: [Step]

    public init(created: Ticket, steps: [Step] = []) {
        self.created = created
        self.steps = steps
    }

    /// Reads a fact that creates a ticket; nil for one of another kind, or where it lacks what it must say.
    public init?(creation type: EventType, _ id: TicketID, at: Timestamp, _ data: JSON) {
        guard type == .ticketCreated, let requester = data["requester"]?.string.flatMap({ UserID($0) }),
            let status = Self.category(data["status_category"] ?? data["status"]),
            let priority = data["priority"]?.string.flatMap(Priority.init(rawValue:)),
            let channel = data["channel"]?.string.flatMap(Channel.init(rawValue:))
        else { return nil }
        created = Ticket(
            id: id, subject: "", status: status, priority: priority,
            type: data["type"]?.string.flatMap(TicketType.init(rawValue:)), channel: channel, requester: requester,
            organization: data["organization"]?.string.flatMap { OrganizationID($0) },
            group: data["group"]?.string.flatMap { GroupID($0) }, tier: data["tier"]?.int.map { Int($0) },
            tags: (data["tags"]?.array ?? []).compactMap(\.string), createdAt: at, updatedAt: at)
        steps = []
    }

    /// Takes a later fact of the ticket in; one that promises do not depend on is passed over.
    public mutating func take(_ type: EventType, at: Timestamp, _ data: JSON) {
        let after = data["after"]
        let changes: [Change]
        switch type {
        case .ticketStatusChanged: changes = Self.category(after?["category"] ?? after?["status"]).map { [.status($0)] } ?? []
        case .ticketPriorityChanged:
            changes = after?.string.flatMap(Priority.init(rawValue:)).map { [.priority($0)] } ?? []
        case .ticketAssigned:
            changes = [
                .place(Place(group: after?["group"]?.string.flatMap { GroupID($0) }, tier: after?["tier"]?.int.map { Int($0) }))
            ]
        case .ticketTypeChanged: changes = [.type(after?.string.flatMap(TicketType.init(rawValue:)))]
        case .ticketTagsChanged: changes = [.tags((after?.array ?? []).compactMap(\.string))]
        case .messagePublished:
            changes = data["author_kind"]?.string.flatMap(AuthorKind.init(rawValue:)).map { [.message($0)] } ?? []
        case .messageAdded:
            let isPublic = data["visibility"] == .string(Visibility.public.rawValue) && data["automatic"]?.bool != true
            changes = isPublic ? data["author_kind"]?.string.flatMap(AuthorKind.init(rawValue:)).map { [.message($0)] } ?? [] : []
        default: changes = []
        }
        steps += changes.map { Step($0, at: at) }
    }

    private static func category(_ value: JSON?) -> TicketStatus? { value?.string.flatMap(TicketStatus.init(rawValue:)) }
}

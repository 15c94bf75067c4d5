public import OporaProtocol
public import OporaTime

/// A saved filter and order over tickets, for everybody, for some groups or for one person.
public struct View: Hashable, Sendable {
    /// What a view shows of a ticket where nothing else was chosen.
    public static let standardColumns = ["id", "status", "priority", "subject", "group", "assignee", "due_at", "updated_at"]

    public var id: ViewID
    public var version: Int64
    public var name: String
    /// As `ticket.list` takes it; symbolic, so that it means something else to each person.
    public var filter: JSONObject
    public var sort: TicketSort
    /// Members of a ticket, in the order in which they are shown.
    public var columns: [String]
    /// The groups whose members see it; empty for everybody.
    public var groups: [GroupID]
    /// The one person who sees it; nil for more.
    public var owner: UserID?
    /// Where it stands among the others, the smallest first.
    public var position: Int64
    /// The name of one that came with the desk, for clients that have words of their own for it.
    public var key: String?
    public var createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(
        id: ViewID, version: Int64 = 1, name: String, filter: JSONObject = JSONObject(), sort: TicketSort = .newest,
        columns: [String] = standardColumns, groups: [GroupID] = [], owner: UserID? = nil, position: Int64 = 100,
        key: String? = nil, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.version = version
        self.name = name
        self.filter = filter
        self.sort = sort
        self.columns = columns
        self.groups = groups
        self.owner = owner
        self.position = position
        self.key = key
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// Whether somebody sees it. A program, which is nobody, sees what is not one person's own.
    public func isVisible(to person: UserID?, in mine: [GroupID]) -> Bool {
        if let owner { return owner == person }
        return groups.isEmpty || person == nil || groups.contains { mine.contains($0) }
    }

    /// The fact that it was added, changed or taken away. Its name stays out of the log.
    public func event(_ type: EventType, changed: [String], at: Timestamp) -> EventDraft {
        EventDraft(
            type, subject: "view/\(id)", at: at, entityVersion: version,
            data: [
                "view": .id(id), "groups": .array(groups.map { .id($0) }), "owner": .id(owner),
                "changed": .array(changed.map { .string($0) }),
            ])
    }
}

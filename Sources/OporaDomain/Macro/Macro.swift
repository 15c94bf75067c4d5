public import OporaProtocol
public import OporaTime

/// Steps that agents take again and again, under one name: a reply with places for names, a status, tags, who gets the ticket.
public struct Macro: Hashable, Sendable {
    public var id: MacroID
    public var version: Int64
    public var name: String
    /// As `ticket.bulk_update` takes them, `reply` besides; texts are templates.
    public var actions: JSONObject
    /// The groups whose members use it; empty for everybody.
    public var groups: [GroupID]
    /// How often it was applied, and when last.
    public var uses: Int64
    public var usedAt: Timestamp?
    public var createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(
        id: MacroID, version: Int64 = 1, name: String, actions: JSONObject, groups: [GroupID] = [], uses: Int64 = 0,
        usedAt: Timestamp? = nil, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.version = version
        self.name = name
        self.actions = actions
        self.groups = groups
        self.uses = uses
        self.usedAt = usedAt
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// Whether somebody may use it. A program, which is nobody, may use all.
    public func isVisible(to person: UserID?, in mine: [GroupID]) -> Bool {
        groups.isEmpty || person == nil || groups.contains { mine.contains($0) }
    }

    /// The fact that it was added, changed or taken away. Name and texts stay out of the log.
    public func event(_ type: EventType, changed: [String], at: Timestamp) -> EventDraft {
        EventDraft(
            type, subject: "macro/\(id)", at: at, entityVersion: version,
            data: [
                "macro": .id(id), "groups": .array(groups.map { .id($0) }), "changed": .array(changed.map { .string($0) }),
            ])
    }
}

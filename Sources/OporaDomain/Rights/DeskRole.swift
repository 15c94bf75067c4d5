public import OporaProtocol
public import OporaTime

/// A role of people that a desk made for itself, as a user has it.
public struct DeskRole: Hashable, Sendable {
    public var name: String
    /// The shipped role that decides what its people count as: who answers tickets, who is a bot. It never changes.
    public var base: UserRole

    public init(name: String, base: UserRole) {
        self.name = name
        self.base = base
    }
}

/// What a role that a desk made for itself gives.
public struct RoleDefinition: Hashable, Sendable {
    public var role: DeskRole
    public var version: Int64
    /// Patterns of methods.
    public var methods: [String]
    public var deny: [String]
    public var tickets: TicketScope
    public var seesInternal: Bool
    public var createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(
        role: DeskRole, version: Int64 = 1, methods: [String], deny: [String] = [], tickets: TicketScope, seesInternal: Bool,
        createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.role = role
        self.version = version
        self.methods = methods
        self.deny = deny
        self.tickets = tickets
        self.seesInternal = seesInternal
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    public var grant: Grant { Grant(.patterns(methods, deny: deny), tickets: tickets, seesInternal: seesInternal) }

    /// The fact that it was made or changed.
    public func event(_ type: EventType) -> EventDraft {
        func words(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }
        return EventDraft(
            type, subject: "role/\(role.name)", at: updatedAt, entityVersion: version,
            data: [
                "role": .string(role.name), "base": .string(role.base.rawValue), "methods": words(methods), "deny": words(deny),
                "tickets": .string(tickets.rawValue), "internal": .bool(seesInternal),
            ])
    }
}

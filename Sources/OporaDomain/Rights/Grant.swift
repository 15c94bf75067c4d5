public import OporaProtocol

/// What one role gives: methods, for which tickets, and whether what is internal may be seen.
public struct Grant: Hashable, Sendable {
    /// Which methods.
    public enum Methods: Hashable, Sendable {
        /// Those that the table gives a role of people that is shipped.
        case shipped(UserRole)
        /// Those that fit a pattern of the first and none of the second.
        case patterns([String], deny: [String])
    }

    public var methods: Methods
    public var tickets: TicketScope
    public var seesInternal: Bool

    public init(_ methods: Methods, tickets: TicketScope, seesInternal: Bool) {
        self.methods = methods
        self.tickets = tickets
        self.seesInternal = seesInternal
    }

    /// What a role of people gives that is there without being made.
    public init(_ role: UserRole) {
        methods = .shipped(role)
        switch role {
        case .requester: (tickets, seesInternal) = (.own, false)
        case .agent, .lead: (tickets, seesInternal) = (.groups, true)
        case .manager, .admin, .bot: (tickets, seesInternal) = (.all, true)
        }
    }

    /// Whether the role has a method; one that the table does not know has nobody but by a pattern.
    public func allows(_ method: String) -> Bool {
        switch methods {
        case .shipped(let role):
            MethodRights.of(method)?.roles.contains(role) ?? false
        case .patterns(let allow, let deny): MethodPattern.matches(allow, method) && !MethodPattern.matches(deny, method)
        }
    }

    /// Whether it takes a method away from whoever has it by another role.
    public func denies(_ method: String) -> Bool {
        guard case .patterns(_, let deny) = methods else { return false }
        return MethodPattern.matches(deny, method)
    }

    /// The methods of the table that it gives.
    var known: Set<String> { Set(MethodRights.table.keys.filter(allows)) }
}

public import OporaProtocol

/// What the table says of one method.
public struct MethodRight: Hashable, Sendable {
    /// What a method looks at or changes, and so what limits it.
    public enum Reach: Hashable, Sendable {
        /// Tickets that these parameters name, an id or an array of them; each must be in sight.
        case tickets([String])
        /// Tickets or messages that the method finds: it holds back what is not in sight.
        case sight
        /// The person that the parameter `user` names; who sees nothing internal may name nobody but themselves.
        case person
        /// Nothing about tickets.
        case apart
        /// The whole desk: for those alone who may see all of it.
        case desk
    }

    /// Roles of people that have it.
    public var roles: Set<UserRole>
    public var reach: Reach
    /// Parameters that may be given by who sees nothing internal.
    public var open: Set<String>

    init(_ roles: Set<UserRole>, _ reach: Reach, open: Set<String> = []) {
        self.roles = roles
        self.reach = reach
        self.open = open
    }
}

import OporaProtocol

/// Who is connected: a name, and what it may do. What is not allowed is forbidden.
public struct Identity: Hashable, Sendable {
    /// Rights besides methods.
    public enum Right: String, CaseIterable, Sendable {
        /// Writes history through `import.apply`.
        case importing = "import"
        /// Acts for a person that `_meta.on_behalf_of` names.
        case onBehalfOf = "on_behalf_of"
    }

    public var name: String
    public var roles: [String]
    /// Methods by name; `ticket.*` means all of a noun, `*` all there are.
    public var methods: [String]
    public var rights: Set<Right>

    public init(name: String, roles: [String], methods: [String], rights: Set<Right>) {
        self.name = name
        self.roles = roles
        self.methods = methods
        self.rights = rights
    }

    /// The kernel's own account: every right, so that a script on the same account works at once.
    public static let owner = Identity(name: "owner", roles: ["owner"], methods: ["*"], rights: Set(Right.allCases))

    /// Whether the identity may call the method. Greeting and signs of life are free to all who are known.
    func mayCall(_ method: String) -> Bool {
        if method == "ping" || method == "rpc.discover" || method.hasPrefix("session.") { return true }
        return methods.contains { pattern in
            pattern == method || pattern == "*" || (pattern.hasSuffix(".*") && method.hasPrefix(pattern.dropLast()))
        }
    }
}

/// All identities that the configuration knows.
public struct Access: Sendable {
    private let byName: [String: Identity]

    public init(_ identities: [Identity]) {
        byName = Dictionary(identities.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The identity that a connection proved to be.
    func identity(_ name: String?) -> Identity? { name.flatMap { byName[$0] } }
}

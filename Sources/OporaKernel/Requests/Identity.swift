public import OporaDomain
public import OporaProtocol

/// Who is connected: a name, and what it may do. What is not allowed is forbidden.
public struct Identity: Hashable, Sendable {
    /// Rights besides methods.
    public enum Right: String, CaseIterable, Sendable {
        /// Writes history through `import.apply`.
        case importing = "import"
        /// Acts for a person that `_meta.on_behalf_of` names.
        case onBehalfOf = "on_behalf_of"
    }

    /// How a connection proved to be the identity.
    public enum Proof: Hashable, Sendable {
        /// Nothing: the kernel itself.
        case none
        /// The user id of its process.
        case uid(UInt32)
        /// A CURVE key.
        case key(fingerprint: String)
    }

    public var name: String
    public var roles: [String]
    /// Methods by name; `ticket.*` means all of a noun, `*` all there are.
    public var methods: [String]
    /// Methods that it may not call all the same.
    public var deny: [String]
    /// The streams whose events it may read; nil means all, an empty set none.
    public var streams: Set<EventStream>?
    /// Hook points at which it may be asked: patterns as for methods.
    public var hooks: [String]
    public var rights: Set<Right>
    /// Whose tickets it may see and change; those of the person as whom it acts, where not all.
    public var tickets: TicketScope
    /// Whether it may see internal notes and the fields that are the desk's own affair.
    public var seesInternal: Bool
    /// How many requests it may send; nil means any number.
    public var rate: Rate?
    public var proof = Proof.none

    /// What the transport calls a connection that proved this: `reporter#1f2e3d4c`, `owner#uid1000`.
    var user: String {
        switch proof {
        case .none: name
        case .uid(let uid): "\(name)#uid\(uid)"
        case .key(let fingerprint): "\(name)#\(fingerprint)"
        }
    }

    /// A rate of requests: so many a second, and so many at once after a rest.
    public struct Rate: Hashable, Sendable {
        public var perSecond: Int
        public var burst: Int

        public init(perSecond: Int, burst: Int) {
            self.perSecond = perSecond
            self.burst = burst
        }
    }

    public init(
        name: String, roles: [String], methods: [String], deny: [String] = [], streams: Set<EventStream>? = [],
        hooks: [String] = [], rights: Set<Right>, tickets: TicketScope = .all, seesInternal: Bool = true, rate: Rate? = nil
    ) {
        self.name = name
        self.roles = roles
        self.methods = methods
        self.deny = deny
        self.streams = streams
        self.hooks = hooks
        self.rights = rights
        self.tickets = tickets
        self.seesInternal = seesInternal
        self.rate = rate
    }

    /// The kernel's own account: every right, so that a script on the same account works at once.
    public static let owner = Identity(
        name: "owner", roles: ["owner"], methods: ["*"], streams: nil, hooks: ["*"], rights: Set(Right.allCases))

    /// Whether the identity may call the method. Greeting and signs of life are free to all who are known.
    func mayCall(_ method: String) -> Bool {
        if method == "ping" || method == "rpc.discover" || method == "auth.whoami" || method.hasPrefix("session.") { return true }
        return MethodPattern.matches(methods, method) && !MethodPattern.matches(deny, method)
    }

    /// Whether something is held back from it: then it reads no events and is asked at no hook point, which know of all tickets.
    var isLimited: Bool { tickets != .all || !seesInternal }

    /// What it has as a role of people would have it.
    var grant: Grant { Grant(.patterns(methods, deny: deny), tickets: tickets, seesInternal: seesInternal) }

    /// Whether the identity may be asked at a hook point.
    func mayHook(_ point: String) -> Bool { !isLimited && MethodPattern.matches(hooks, point) }

    /// Whether the identity may read events of a stream.
    func maySee(_ stream: EventStream) -> Bool { !isLimited && streams?.contains(stream) ?? true }
}

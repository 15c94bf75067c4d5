public import OporaDomain
public import OporaProtocol

/// What whoever has it may do. Without a role nothing is allowed.
public struct Role: Hashable, Sendable {
    /// Patterns: `ticket.*`, `*.get`, `*`.
    public var methods: [String]
    /// Methods that it may not call all the same.
    public var deny: [String]
    /// Streams whose events it may read; nil means all.
    public var streams: Set<EventStream>?
    /// Patterns of hook points at which it may be asked.
    public var hooks: [String]
    public var rights: Set<Identity.Right>
    /// Whose tickets it may see and change: all, or some of the person as whom the identity acts.
    public var tickets: TicketScope
    /// Whether it may see internal notes and the fields that are the desk's own affair.
    public var seesInternal: Bool
    /// How many requests it may send; nil means any number.
    public var rate: Identity.Rate?

    public init(
        methods: [String], deny: [String] = [], streams: Set<EventStream>? = [], hooks: [String] = [],
        rights: Set<Identity.Right> = [], tickets: TicketScope = .all, seesInternal: Bool = true, rate: Identity.Rate? = nil
    ) {
        self.methods = methods
        self.deny = deny
        self.streams = streams
        self.hooks = hooks
        self.rights = rights
        self.tickets = tickets
        self.seesInternal = seesInternal
        self.rate = rate
    }

    /// The roles that are there without configuration. One of the same name in the configuration takes its place.
    public static let shipped: [String: Role] = [
        "operator": Role(methods: ["*"], streams: nil),
        "plugin": Role(
            methods: [
                "ticket.*", "message.*", "user.*", "organization.*", "group.*", "calendar.*", "policy.*", "attachment.*",
                "view.*", "macro.*",
                "events.read",
                "consumer.*", "event.publish", "kernel.health", "kernel.stats", "feedback.*", "auth.whoami", "x.*",
            ], streams: nil),
        "reporter": Role(
            methods: [
                "*.get", "*.list", "ticket.history", "events.read", "consumer.ensure", "consumer.fetch", "consumer.ack",
                "consumer.info", "kernel.health", "x.*",
            ], deny: ["key.*"], streams: nil),
        "integrator": Role(
            methods: [
                "ticket.*", "message.*", "user.get", "user.list", "organization.get", "organization.list", "group.get",
                "group.list", "attachment.*", "view.*", "macro.*", "auth.whoami",
            ]),
        // Somebody who sees their own tickets, as a portal shows them: what the person `requester` may do.
        "requester": Role(
            methods: MethodRights.methods(of: .requester), deny: ["event.publish"], tickets: .own, seesInternal: false),
    ]
}

extension Identity {
    /// What several roles allow together. What one of them denies is denied; the most generous rate holds.
    public init(name: String, roles: [(name: String, role: Role)]) {
        let all = roles.map(\.role)
        let isLimited = !all.isEmpty && all.allSatisfy { $0.rate != nil }
        let rates = all.compactMap(\.rate)
        self.init(
            name: name, roles: roles.map(\.name), methods: all.flatMap(\.methods), deny: all.flatMap(\.deny),
            streams: all.contains { $0.streams == nil } ? nil : all.reduce(into: []) { $0.formUnion($1.streams ?? []) },
            hooks: all.flatMap(\.hooks), rights: all.reduce(into: []) { $0.formUnion($1.rights) },
            tickets: all.map(\.tickets).max() ?? .own, seesInternal: all.contains(where: \.seesInternal),
            rate: isLimited
                ? Rate(perSecond: rates.map(\.perSecond).max() ?? 0, burst: rates.map(\.burst).max() ?? 0) : nil)
    }
}

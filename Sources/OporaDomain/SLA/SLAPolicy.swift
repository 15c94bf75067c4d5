public import OporaProtocol

/// What is promised to which tickets: durations by priority, counted in a business calendar.
public struct SLAPolicy: Hashable, Sendable {
    public var id: PolicyID
    public var version: Int64
    public var name: String
    /// Policies are tried in this order; the first that matches a ticket is its policy.
    public var position: Int64
    public var calendar: CalendarID
    public var conditions: Conditions
    /// Milliseconds of working time by priority and target; what is absent is not promised.
    public var targets: [Priority: [TargetKind: Int64]]
    /// Percentages of the budget at which to warn, ascending.
    public var warnings: [Int]

    /// All that are set must hold; an empty set holds for every ticket.
    public struct Conditions: Hashable, Sendable {
        public var priorities: Set<Priority> = []
        public var groups: Set<GroupID> = []
        public var organizations: Set<OrganizationID> = []
        public var channels: Set<Channel> = []
        public var types: Set<TicketType> = []

        public init() {}
    }

    public init(
        id: PolicyID, version: Int64, name: String, position: Int64, calendar: CalendarID, conditions: Conditions,
        targets: [Priority: [TargetKind: Int64]], warnings: [Int]
    ) {
        self.id = id
        self.version = version
        self.name = name
        self.position = position
        self.calendar = calendar
        self.conditions = conditions
        self.targets = targets
        self.warnings = warnings
    }

    /// Whether the policy is for a ticket like this.
    public func matches(_ ticket: Ticket) -> Bool {
        func holds<T: Hashable>(_ set: Set<T>, _ value: T?) -> Bool {
            set.isEmpty || value.map { set.contains($0) } ?? false
        }
        return holds(conditions.priorities, ticket.priority) && holds(conditions.groups, ticket.group)
            && holds(conditions.organizations, ticket.organization) && holds(conditions.channels, ticket.channel)
            && holds(conditions.types, ticket.type)
    }
}

/// All policies and the calendars they count in, as the rules need them.
public struct SLABook: Sendable {
    /// In order of position.
    public private(set) var policies: [SLAPolicy] = []
    public private(set) var calendars: [CalendarID: BusinessCalendar] = [:]

    public init() {}

    /// Adds a policy at its place.
    public mutating func add(_ policy: SLAPolicy) {
        policies.append(policy)
        policies.sort { ($0.position, $0.id) < ($1.position, $1.id) }
    }

    /// Adds a calendar.
    public mutating func add(_ calendar: BusinessCalendar, id: CalendarID) { calendars[id] = calendar }

    /// The policy of a ticket, or nil where none matches.
    public func policy(for ticket: Ticket) -> SLAPolicy? { policies.first { $0.matches(ticket) } }
}

extension SLAPolicy {
    /// The targets as they are shown and kept: `{"urgent": {"first_response": 1800000}}`.
    public var targetsJSON: JSON {
        .object(
            JSONObject(
                Priority.allCases.compactMap { priority in
                    targets[priority].map { kinds in
                        let members = TargetKind.allCases.compactMap { kind in kinds[kind].map { (kind.rawValue, JSON.int($0)) } }
                        return (priority.rawValue, .object(JSONObject(members)))
                    }
                }))
    }
}

extension SLAPolicy.Conditions {
    /// The conditions as they are shown and kept; a condition that is not set is absent.
    public var json: JSON {
        func list(_ words: [String]) -> JSON? { words.isEmpty ? nil : .array(words.sorted().map { .string($0) }) }
        return [
            "priority": list(priorities.map(\.rawValue)), "group": list(groups.map(\.description)),
            "organization": list(organizations.map(\.description)), "channel": list(channels.map(\.rawValue)),
            "type": list(types.map(\.rawValue)),
        ]
    }
}

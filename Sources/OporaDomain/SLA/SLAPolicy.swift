public import OporaProtocol

/// What is promised to which tickets: durations by priority, counted in a business calendar. Immutable per version.
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
    public var warnings: WarningPlan
    public var pauses: PausePlan
    public var reopening: Reopening
    /// A phone ticket that an agent typed was answered at its creation.
    public var phoneAnswers: Bool
    /// It matches no ticket any more; targets that keep it run on.
    public var isRetired: Bool

    public init(
        id: PolicyID, version: Int64 = 1, name: String, position: Int64, calendar: CalendarID,
        conditions: Conditions = .init(), targets: [Priority: [TargetKind: Int64]], warnings: WarningPlan = .init(),
        pauses: PausePlan = .init(), reopening: Reopening = .newCycle, phoneAnswers: Bool = true, isRetired: Bool = false
    ) {
        self.id = id
        self.version = version
        self.name = name
        self.position = position
        self.calendar = calendar
        self.conditions = conditions
        self.targets = targets
        self.warnings = warnings
        self.pauses = pauses
        self.reopening = reopening
        self.phoneAnswers = phoneAnswers
        self.isRetired = isRetired
    }

    /// Whether the policy is for a ticket like this.
    public func matches(_ ticket: Ticket) -> Bool { !isRetired && conditions.hold(for: ticket) }

    /// Milliseconds of working time that it promises for a ticket like this, by target.
    public func promises(_ ticket: Ticket) -> [TargetKind: Int64] { targets[ticket.priority] ?? [:] }
}

extension SLAPolicy {
    /// Reads `{"urgent": {"first_response": 1800000}}`.
    /// - Throws: `invalid_params` with the path below `/targets`.
    public static func targets(reading value: JSON) throws(RPCError) -> [Priority: [TargetKind: Int64]] {
        guard let object = value.object, !object.members.isEmpty else {
            throw .invalid("/targets", "required", "promise something: {\"urgent\": {\"resolution\": 14400000}}")
        }
        var result: [Priority: [TargetKind: Int64]] = [:]
        for member in object.members {
            let path = "/targets/\(member.name)"
            guard let priority = Priority(rawValue: member.name), let kinds = member.value.object, !kinds.members.isEmpty else {
                throw .invalid(path, "enum", "must be a priority with its targets")
            }
            for target in kinds.members {
                let kind = try TargetKind(reading: target.name, at: "\(path)/\(target.name)")
                // A target of 0 is an error, an absent one is no promise.
                guard let budget = target.value.int, (1...Limits.budgetMilliseconds).contains(budget) else {
                    throw .invalid(
                        "\(path)/\(target.name)", "range", "milliseconds of working time, more than 0, at most a year")
                }
                result[priority, default: [:]][kind] = budget
            }
        }
        return result
    }

    /// The targets as they are shown and kept.
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

extension TargetKind {
    /// The target of that name; refused with its path where there is none.
    init(reading name: String, at path: String) throws(RPCError) {
        guard let kind = TargetKind(rawValue: name) else {
            throw .invalid(path, "enum", "must be one of \(TargetKind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self = kind
    }
}

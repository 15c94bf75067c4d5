import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// What can be done to policies. Every change is a new version; old versions are kept.
enum PolicyCommands {
    static let all: [CommandMethod] = [
        CommandMethod(
            "policy.create",
            "name calendar targets conditions? warnings? target_warnings? pauses? reopening? phone_answers? position?",
            "Adds an SLA policy."
        ) { try create(&$0) },
        CommandMethod(
            "policy.update",
            """
            policy name? calendar? targets? conditions? warnings? target_warnings? pauses? reopening? phone_answers? position? \
            running? expected_version?
            """,
            "Changes an SLA policy: a new version, with which open tickets are counted anew."
        ) { try update(&$0) },
        CommandMethod(
            "policy.retire", "policy running? expected_version?", "Takes an SLA policy out of use; what it promised is kept."
        ) { try retire(&$0) },
    ]

    private static func create(_ context: inout CommandContext) throws {
        guard context.state.ids.policy < Limits.policies else {
            throw RPCError(.quotaExceeded, "the desk has \(Limits.policies) policies already; change one that is there")
        }
        let id = PolicyID(rawValue: context.state.ids.policy + 1)
        let params = context.params
        var policy = SLAPolicy(
            id: id, name: try params.line("name"), position: id.rawValue, calendar: try params.id("calendar"),
            targets: try SLAPolicy.targets(reading: params.object["targets"] ?? .null))
        try PolicyChange(params).apply(to: &policy)
        try check(policy, context)
        context.state.ids.policy = id.rawValue
        let stored = StoredPolicy(policy: policy, createdAt: context.now, updatedAt: context.now)
        keep(stored, &context)
        try context.record([
            EventDraft(
                .policyCreated, subject: "policy/\(id)", at: context.now, entityVersion: 1,
                data: ["policy": .string("\(id)"), "calendar": .string("\(policy.calendar)")])
        ])
    }

    private static func update(_ context: inout CommandContext) throws {
        var stored = try policy(context)
        guard !stored.policy.isRetired else {
            throw Rejection.validation(member: "policy", reason: "\(stored.policy.id) is retired; create a new one")
        }
        let before = stored.policy
        try PolicyChange(context.params).apply(to: &stored.policy)
        let changed = PolicyChange.members(of: stored.policy, unlike: before)
        if !changed.isEmpty {
            try check(stored.policy, context)
            // Its name is for people alone: no promise depends on it.
            try edit(stored, changed, promises: changed != ["name"], &context)
        } else {
            answer(stored, &context)
        }
    }

    private static func retire(_ context: inout CommandContext) throws {
        var stored = try policy(context)
        if stored.policy.isRetired { return answer(stored, &context) }
        stored.policy.isRetired = true
        try edit(stored, ["retired"], promises: true, &context)
    }

    /// The policy that the call names, at the version that the caller expects.
    private static func policy(_ context: CommandContext) throws -> StoredPolicy {
        let id: PolicyID = try context.params.id("policy")
        guard let stored = try context.store.policy(id) else { throw Rejection.notFound(kind: "policy", id: "\(id)") }
        try context.check(version: stored.policy.version, of: "\(id)")
        return stored
    }

    private static func edit(
        _ stored: StoredPolicy, _ changed: [String], promises: Bool, _ context: inout CommandContext
    ) throws {
        let running = try context.running()
        var stored = stored
        stored.policy.version += 1
        stored.updatedAt = context.now
        keep(stored, &context)
        let policy = stored.policy
        try context.record([
            EventDraft(
                .policyUpdated, subject: "policy/\(policy.id)", at: context.now, entityVersion: policy.version,
                data: [
                    "policy": .string("\(policy.id)"), "calendar": .string("\(policy.calendar)"),
                    "version": .int(policy.version), "changed": .array(changed.map { .string($0) }),
                    "running": .string(running.rawValue), "retired": .bool(policy.isRetired),
                ])
        ])
        if promises, running == .recompute { try context.recount(.policy(policy.id)) }
    }

    private static func keep(_ stored: StoredPolicy, _ context: inout CommandContext) {
        context.state.book.add(stored.policy)
        context.commit.policies.append(stored)
        answer(stored, &context)
    }

    private static func answer(_ stored: StoredPolicy, _ context: inout CommandContext) {
        context.result.name("policy")
        context.result.policy(stored)
    }

    /// What a policy refers to is there, and what it promises can fall due.
    private static func check(_ policy: SLAPolicy, _ context: CommandContext) throws {
        guard let hours = context.state.book.calendars[policy.calendar] else {
            throw Rejection.notFound(kind: "calendar", id: "\(policy.calendar)")
        }
        for budget in policy.targets.values.flatMap(\.values) {
            _ = try hours.calendar.due(start: context.now, budget: budget)
        }
        for group in policy.conditions.groups { try context.require(group) }
        for organization in policy.conditions.organizations { try context.require(organization) }
    }
}

/// What a call says of a policy, besides which one it is.
struct PolicyChange {
    /// The parameters that say it.
    static let members = [
        "name", "calendar", "targets", "conditions", "warnings", "target_warnings", "pauses", "reopening", "phone_answers",
        "position",
    ]

    private let params: Params

    init(_ params: Params) { self.params = params }

    /// Sets what was given; what was not stays.
    func apply(to policy: inout SLAPolicy) throws {
        if params.hasValue("name") { policy.name = try params.line("name") }
        if params.hasValue("calendar") { policy.calendar = try params.id("calendar") }
        if let targets = params.object["targets"], !targets.isNull {
            policy.targets = try SLAPolicy.targets(reading: targets)
        }
        if let conditions = params.object["conditions"] {
            policy.conditions = try SLAPolicy.Conditions(reading: conditions)
        }
        policy.warnings = try WarningPlan(
            reading: params.object["warnings"], byTarget: params.object["target_warnings"], base: policy.warnings)
        policy.pauses = try PausePlan(reading: params.object["pauses"], base: policy.pauses)
        if let reopening: Reopening = try params.optionalWord("reopening") { policy.reopening = reopening }
        if let phone = try params.optionalBool("phone_answers") { policy.phoneAnswers = phone }
        if let position = try params.optionalInt("position", in: 0...1_000_000) { policy.position = position }
    }

    /// The names of what is other in one policy than in another.
    static func members(of policy: SLAPolicy, unlike other: SLAPolicy) -> [String] {
        let isOther: [String: Bool] = [
            "name": policy.name != other.name, "calendar": policy.calendar != other.calendar,
            "targets": policy.targets != other.targets, "conditions": policy.conditions != other.conditions,
            "warnings": policy.warnings.percentages != other.warnings.percentages,
            "target_warnings": policy.warnings.byTarget != other.warnings.byTarget, "pauses": policy.pauses != other.pauses,
            "reopening": policy.reopening != other.reopening, "phone_answers": policy.phoneAnswers != other.phoneAnswers,
            "position": policy.position != other.position,
        ]
        return members.filter { isOther[$0] ?? false }
    }
}

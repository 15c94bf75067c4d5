import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// What agents can take on: whether they are there, what they are good at, how much they take.
enum WorkCommands {
    /// Whether somebody takes tickets.
    enum State: String, CaseIterable { case available, away }

    static let all: [CommandMethod] = [
        CommandMethod(
            "user.set_availability", "user state until? replacement? expected_version?",
            "Says whether somebody takes tickets, and who does meanwhile."
        ) { try setAvailability(&$0) },
        CommandMethod(
            "user.set_skills", "user skills capacity? expected_version?", "Says what somebody is good at and how much they take."
        ) { try setSkills(&$0) },
    ]

    private static func setAvailability(_ context: inout CommandContext) throws {
        var user = try agent(context)
        // An agent speaks for themselves; a lead for everybody.
        for bearer in context.bearers
        where bearer.person?.id != user.id && !bearer.grants.contains(where: { $0.allows("user.set_skills") }) {
            throw RPCError(.forbidden, "only a lead says whether somebody else is there")
        }
        let state: State = try context.params.word("state")
        let until = try context.params.optionalTime("until")
        let replacement: UserID? = try context.params.optionalID("replacement")
        if state == .available, until != nil || replacement != nil {
            throw Rejection.validation(member: until != nil ? "until" : "replacement", reason: "only somebody who is away has it")
        }
        if let replacement, replacement != user.id { try context.requireAgent(replacement, member: "replacement") }
        let next = Availability(isAway: state == .away, until: until, replacement: replacement)
        let facts = try user.setAvailability(next, at: context.now)
        try keep(user, facts, &context)
    }

    private static func setSkills(_ context: inout CommandContext) throws {
        var user = try agent(context)
        let params = context.params
        guard let given = try params.optionalObject("skills") else {
            throw RPCError.invalid("/skills", "type", "must be an object: skill and level")
        }
        guard given.members.count <= Limits.skills else {
            throw RPCError.invalid("/skills", "range", "has more than \(Limits.skills) skills")
        }
        let skills = try Skill.read(given, in: "/skills")
        let capacity =
            params.has("capacity")
            ? try params.optionalInt("capacity", in: 0...Limits.capacity).map { Int($0) } : user.work.capacity
        let facts = user.setSkills(skills, capacity: capacity, at: context.now)
        try keep(user, facts, &context)
    }

    private static func agent(_ context: CommandContext) throws -> User {
        let id: UserID = try context.params.id("user")
        guard let user = try context.store.user(id) else { throw Rejection.notFound(kind: "user", id: "\(id)") }
        if let expected = try context.params.expectedVersion(), expected != user.version {
            throw Rejection.versionConflict(id: "\(id)", expected: expected, current: user.version)
        }
        guard user.answersTickets else { throw Rejection.validation(member: "user", reason: "\(id) is no agent") }
        return user
    }

    private static func keep(_ user: User, _ facts: [EventDraft], _ context: inout CommandContext) throws {
        if !facts.isEmpty {
            try context.record(facts)
            context.commit.users.append(user)
        }
        context.result.name("user")
        context.result.user(user)
    }
}

extension Skill {
    /// Skills by name with their level.
    static func read(_ object: JSONObject, in path: String) throws(RPCError) -> [Skill] {
        var skills: [Skill] = []
        for member in object.members {
            // Names of skills travel in events, where free text has no place.
            _ = try Params(object: JSONObject([("skill", .string(member.name))])).name("skill")
            let level = try Params(object: JSONObject([(member.name, member.value)])).int(member.name, in: levels)
            skills.append(Skill(name: member.name, level: Int(level)))
        }
        return skills
    }
}

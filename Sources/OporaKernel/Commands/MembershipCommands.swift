import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Who is in a group, and on which tier.
enum MembershipCommands {
    static let all: [CommandMethod] = [
        CommandMethod("group.add_member", "group user tier? expected_version?", "Takes somebody into a group.") { context in
            let user: UserID = try context.params.id("user")
            guard let found = try context.store.user(user) else { throw Rejection.notFound(kind: "user", id: "\(user)") }
            guard found.isActive else { throw Rejection.validation(member: "user", reason: "\(user) is not active") }
            let tier = try context.params.optionalInt("tier", in: 1...Limits.tiers).map { Int($0) }
            try change(&context) { (group, context) in try group.add(user, tier: tier, at: context.now) }
        },
        CommandMethod("group.remove_member", "group user expected_version?", "Lets somebody go from a group.") { context in
            let user: UserID = try context.params.id("user")
            try change(&context) { (group, context) in group.remove(user, at: context.now) }
        },
    ]

    private static func change(
        _ context: inout CommandContext, _ rule: (inout Group, CommandContext) throws -> [EventDraft]
    ) throws {
        let id: GroupID = try context.params.id("group")
        guard var group = try context.store.group(id) else { throw Rejection.notFound(kind: "group", id: "\(id)") }
        if let expected = try context.params.expectedVersion(), expected != group.version {
            throw Rejection.versionConflict(id: "\(id)", expected: expected, current: group.version)
        }
        let facts = try rule(&group, context)
        if !facts.isEmpty {
            try context.record(facts)
            context.commit.groups.append(group)
            context.state.rights.keep(group)
        }
        context.result.name("group")
        context.result.group(group)
    }
}

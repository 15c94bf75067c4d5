import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Roles of people that a desk makes for itself.
enum RoleCommands {
    static let all: [CommandMethod] = [
        CommandMethod(
            "role.create", "role base methods deny? tickets? internal?", "Makes a role for people."
        ) { try create(&$0) },
        CommandMethod(
            "role.update", "role methods? deny? tickets? internal? expected_version?", "Changes a role that the desk made."
        ) { try update(&$0) },
    ]

    private static func create(_ context: inout CommandContext) throws {
        let params = context.params
        let name = try params.name("role")
        guard name.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7a || $0 >= 0x30 && $0 <= 0x39 || $0 == 0x5f || $0 == 0x2d }) else {
            throw RPCError.invalid("/role", "format", "small letters, digits, '_' and '-' alone")
        }
        if UserRole(rawValue: name) != nil || context.state.rights.roles[name] != nil {
            throw Rejection.alreadyExists(kind: "role", member: "role", value: name)
        }
        guard context.state.rights.roles.count < Limits.deskRoles else {
            throw RPCError(.quotaExceeded, "there are \(Limits.deskRoles) roles already")
        }
        let base: UserRole = try params.word("base")
        let standard = Grant(base)
        var definition = RoleDefinition(
            role: DeskRole(name: name, base: base), methods: [], tickets: standard.tickets, seesInternal: standard.seesInternal,
            createdAt: context.now, updatedAt: context.now)
        try fill(&definition, params)
        try keep(definition, .roleCreated, &context)
    }

    private static func update(_ context: inout CommandContext) throws {
        let name = try context.params.name("role")
        guard let before = context.state.rights.roles[name] else {
            if UserRole(rawValue: name) != nil {
                throw Rejection.validation(member: "role", reason: "\(name) is shipped and stays as it is; make one of your own")
            }
            throw Rejection.notFound(kind: "role", id: name)
        }
        if let expected = try context.params.expectedVersion(), expected != before.version {
            throw Rejection.versionConflict(id: name, expected: expected, current: before.version)
        }
        var next = before
        try fill(&next, context.params)
        guard next != before else {
            context.result.name("role")
            return context.result.role(before)
        }
        try context.checkGrants([before.grant])
        next.version += 1
        next.updatedAt = context.now
        try keep(next, .roleUpdated, &context)
    }

    private static func fill(_ definition: inout RoleDefinition, _ params: Params) throws {
        if params.hasValue("methods") { definition.methods = try patterns("methods", params) }
        if params.has("deny") { definition.deny = params.hasValue("deny") ? try patterns("deny", params) : [] }
        if let scope: TicketScope = try params.optionalWord("tickets") { definition.tickets = scope }
        if let seesInternal = try params.optionalBool("internal") { definition.seesInternal = seesInternal }
    }

    private static func patterns(_ name: String, _ params: Params) throws -> [String] {
        try params.array(name, max: Limits.rolePatterns).enumerated().map { index, item in
            guard let text = item.string, text.utf8.count <= Limits.nameCharacters, MethodPattern.isPattern(text) else {
                throw RPCError.invalid(
                    "/\(name)/\(index)", "format", "must be a method, or have a * at its beginning or its end, as in ticket.*")
            }
            return text
        }
    }

    private static func keep(_ definition: RoleDefinition, _ type: EventType, _ context: inout CommandContext) throws {
        try context.checkGrants([definition.grant])
        try context.record([definition.event(type)])
        context.commit.deskRoles.append(definition)
        context.state.rights.keep(definition)
        context.result.name("role")
        context.result.role(definition)
    }
}

extension CommandContext {
    /// Refuses to hand out, or to take away, what the person who asks does not have. An identity that acts for nobody is not
    /// asked: what it may do the operator has decided.
    func checkGrants(_ grants: some Sequence<Grant>) throws {
        for bearer in bearers {
            for grant in grants where !Rights.cover(bearer.grants, grant) {
                let who = bearer.person.map { "\($0.id)" } ?? identity.name
                throw RPCError(.forbidden, "\(who) may not hand out, change or take away more than they may do themselves")
            }
        }
    }

    /// Refuses a change of somebody who may do more than whoever asks, and roles that give more. Whose connection somebody is,
    /// and whether they are active, an admin says.
    func checkChange(from before: User?, to after: User) throws {
        if bearers.isEmpty { return }
        try checkGrants((before.map { state.rights.bearer($0).grants } ?? []) + state.rights.bearer(after).grants)
        let isAdmins = before?.identity != after.identity || before.map { $0.isActive != after.isActive } ?? false
        guard isAdmins, bearers.contains(where: { bearer in !bearer.grants.contains { $0.methods == .shipped(.admin) } }) else {
            return
        }
        throw RPCError(.forbidden, "only an admin says as whom an identity acts, and who is active")
    }

    /// The roles that `roles` names, shipped ones and the desk's own; nil where it names none.
    func roles() throws -> (shipped: Set<UserRole>, own: [DeskRole])? {
        guard let value = params.object["roles"], !value.isNull else { return nil }
        var shipped: Set<UserRole> = []
        var own: Set<DeskRole> = []
        for (index, item) in (value.array ?? [value]).enumerated() {
            if let role = item.string.flatMap({ UserRole(rawValue: $0) }) {
                shipped.insert(role)
            } else if let definition = item.string.flatMap({ state.rights.roles[$0] }) {
                own.insert(definition.role)
            } else {
                let known = UserRole.allCases.map(\.rawValue) + state.rights.roles.keys.sorted()
                throw RPCError.invalid("/roles/\(index)", "enum", "must be one of \(known.joined(separator: ", "))")
            }
        }
        return (shipped, own.sorted { $0.name < $1.name })
    }
}

extension JSONWriter {
    /// A role as callers see it.
    mutating func role(_ definition: RoleDefinition) {
        func words(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }
        beginObject()
        member("role", definition.role.name)
        member("version", definition.version)
        member("base", definition.role.base.rawValue)
        member("methods", words(definition.methods))
        member("deny", words(definition.deny))
        member("tickets", definition.tickets.rawValue)
        member("internal", definition.seesInternal)
        member("created_at", definition.createdAt.text)
        member("updated_at", definition.updatedAt.text)
        endObject()
    }
}

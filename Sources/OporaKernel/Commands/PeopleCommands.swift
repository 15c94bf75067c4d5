import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// What can be done to users, organizations and groups.
enum PeopleCommands {
    static let all: [CommandMethod] = [
        CommandMethod(
            "user.create", "name email? roles? organization? language? zone? identity? external_id?", "Adds a person."
        ) { try createUser(&$0) },
        CommandMethod(
            "user.update",
            "user name? email? roles? organization? language? zone? identity? active? expected_version?", "Changes a person."
        ) { try updateUser(&$0) },
        CommandMethod("organization.create", "name external_id?", "Adds an organization.") { try createOrganization(&$0) },
        CommandMethod("organization.update", "organization name? expected_version?", "Changes an organization.") {
            try updateOrganization(&$0)
        },
        CommandMethod("group.create", "name lead? members? external_id?", "Adds a group.") { try createGroup(&$0) },
        CommandMethod("group.update", "group name? lead? members? expected_version?", "Changes a group.") {
            try updateGroup(&$0)
        },
    ]

    private static func createUser(_ context: inout CommandContext) throws {
        let params = context.params
        context.state.ids.user += 1
        var user = User(
            id: UserID(rawValue: context.state.ids.user), name: try params.line("name"), createdAt: context.now,
            updatedAt: context.now)
        user.externalID = try params.optionalLine("external_id")
        _ = try fill(&user, context)
        try context.checkChange(from: nil, to: user)
        try checkUnique(user, among: context)
        try keep(user, .userCreated, ["*"], &context)
    }

    private static func updateUser(_ context: inout CommandContext) throws {
        let id: UserID = try context.params.id("user")
        guard var user = try context.store.user(id) else { throw Rejection.notFound(kind: "user", id: "\(id)") }
        try check(version: user.version, id: "\(id)", context)
        let before = user
        let changed = try fill(&user, context)
        try context.checkChange(from: before, to: user)
        try checkUnique(user, among: context)
        guard !changed.isEmpty else {
            context.result.name("user")
            context.result.user(user)
            return
        }
        user.version += 1
        user.updatedAt = context.now
        try keep(user, .userUpdated, changed, &context)
    }

    /// Sets what was given; returns the names of what became another value.
    private static func fill(_ user: inout User, _ context: CommandContext) throws -> [String] {
        let params = context.params
        let before = user
        if params.has("name") { user.name = try params.line("name") }
        if params.has("email") { user.email = try params.optionalEmail("email") }
        if let roles = try context.roles() { (user.roles, user.deskRoles) = roles }
        if params.has("organization") {
            user.organization = try params.optionalID("organization")
            if let organization = user.organization { try context.require(organization) }
        }
        if params.has("language") {
            user.language = try params.optionalLine("language")
            guard [nil, "en", "ru"].contains(user.language) else {
                throw RPCError.invalid("/language", "enum", "must be en or ru")
            }
        }
        if params.has("zone") {
            user.zone = try params.optionalLine("zone")
            if let zone = user.zone, context.zone(zone) == nil {
                throw RPCError.invalid("/zone", "format", "there is no zone \(zone)")
            }
        }
        if params.has("identity") {
            user.identity = try params.object["identity"]?.isNull == true ? nil : params.name("identity")
            // Whoever says as whom an identity acts could say it of his own.
            if user.identity != nil, user.identity != before.identity {
                try context.requireDelegation("make an identity a person")
            }
        }
        if let active = try params.optionalBool("active") { user.isActive = active }
        guard !user.roles.isEmpty || !user.deskRoles.isEmpty else {
            throw RPCError.invalid("/roles", "range", "a person has at least one role")
        }
        return [
            before.name != user.name ? "name" : nil, before.email != user.email ? "email" : nil,
            before.roleNames != user.roleNames ? "roles" : nil, before.organization != user.organization ? "organization" : nil,
            before.language != user.language ? "language" : nil, before.zone != user.zone ? "zone" : nil,
            before.identity != user.identity ? "identity" : nil, before.isActive != user.isActive ? "active" : nil,
        ].compactMap { $0 }
    }

    private static func checkUnique(_ user: User, among context: CommandContext) throws {
        let members: [(String?, (String) throws -> User?, String)] = [
            (user.email, { try context.store.user(by: .email, $0) }, "email"),
            (user.identity, { try context.store.user(by: .identity, $0) }, "identity"),
            (user.externalID, { try context.store.user(by: .externalID, $0) }, "external_id"),
        ]
        for (value, find, member) in members {
            guard let value, let other = try find(value), other.id != user.id else { continue }
            throw Rejection.alreadyExists(kind: "user", member: member, value: "\(other.id)")
        }
    }

    private static func keep(_ user: User, _ type: EventType, _ changed: [String], _ context: inout CommandContext) throws {
        try context.record([user.event(type, changed: changed, at: context.now)])
        context.commit.users.append(user)
        for (identity, id) in context.state.identityUsers where id == user.id && identity != user.identity {
            context.state.identityUsers[identity] = nil
        }
        // Whoever is inactive acts for nobody, so that it can be put right.
        if let identity = user.identity { context.state.identityUsers[identity] = user.isActive ? user.id : nil }
        context.result.name("user")
        context.result.user(user)
    }

    private static func check(version: Int64, id: String, _ context: CommandContext) throws {
        try context.check(version: version, id: id)
    }

    private static func createOrganization(_ context: inout CommandContext) throws {
        context.state.ids.organization += 1
        let organization = Organization(
            id: OrganizationID(rawValue: context.state.ids.organization), name: try context.params.line("name"),
            externalID: try context.params.optionalLine("external_id"), createdAt: context.now, updatedAt: context.now)
        try keep(organization, .organizationCreated, ["*"], &context)
    }

    private static func updateOrganization(_ context: inout CommandContext) throws {
        let id: OrganizationID = try context.params.id("organization")
        guard var organization = try context.store.organization(id) else {
            throw Rejection.notFound(kind: "organization", id: "\(id)")
        }
        try check(version: organization.version, id: "\(id)", context)
        if let name = try context.params.optionalLine("name"), name != organization.name {
            organization.name = name
            organization.version += 1
            organization.updatedAt = context.now
            try keep(organization, .organizationUpdated, ["name"], &context)
        } else {
            context.result.name("organization")
            context.result.organization(organization)
        }
    }

    private static func keep(
        _ organization: Organization, _ type: EventType, _ changed: [String], _ context: inout CommandContext
    ) throws {
        try context.record([organization.event(type, changed: changed, at: context.now)])
        context.commit.organizations.append(organization)
        context.result.name("organization")
        context.result.organization(organization)
    }

    private static func createGroup(_ context: inout CommandContext) throws {
        context.state.ids.group += 1
        var group = Group(
            id: GroupID(rawValue: context.state.ids.group), name: try context.params.line("name"), createdAt: context.now,
            updatedAt: context.now)
        group.externalID = try context.params.optionalLine("external_id")
        _ = try fill(&group, context)
        try checkUnique(group, among: context)
        try keep(group, .groupCreated, ["*"], &context)
    }

    private static func updateGroup(_ context: inout CommandContext) throws {
        let id: GroupID = try context.params.id("group")
        guard var group = try context.store.group(id) else { throw Rejection.notFound(kind: "group", id: "\(id)") }
        try check(version: group.version, id: "\(id)", context)
        let changed = try fill(&group, context)
        try checkUnique(group, among: context)
        guard !changed.isEmpty else {
            context.result.name("group")
            context.result.group(group)
            return
        }
        group.version += 1
        group.updatedAt = context.now
        try keep(group, .groupUpdated, changed, &context)
    }

    private static func fill(_ group: inout Group, _ context: CommandContext) throws -> [String] {
        let params = context.params
        let before = group
        if params.has("name") { group.name = try params.line("name") }
        if params.has("lead") {
            group.lead = try params.optionalID("lead")
            if let lead = group.lead { try context.requireAgent(lead) }
        }
        if let members: [UserID] = try params.ids("members", max: Limits.groupMembers) {
            for member in members { try context.requireUser(member) }
            group.members = members
            group.tiers = group.tiers.filter { members.contains($0.key) }
        }
        return [
            before.name != group.name ? "name" : nil, before.lead != group.lead ? "lead" : nil,
            before.members != group.members ? "members" : nil,
        ].compactMap { $0 }
    }

    private static func checkUnique(_ group: Group, among context: CommandContext) throws {
        if let other = try context.store.group(by: .name, group.name), other.id != group.id {
            throw Rejection.alreadyExists(kind: "group", member: "name", value: "\(other.id)")
        }
        if let external = group.externalID, let other = try context.store.group(by: .externalID, external), other.id != group.id {
            throw Rejection.alreadyExists(kind: "group", member: "external_id", value: "\(other.id)")
        }
    }

    private static func keep(_ group: Group, _ type: EventType, _ changed: [String], _ context: inout CommandContext) throws {
        try context.record([group.event(type, changed: changed, at: context.now)])
        context.commit.groups.append(group)
        context.state.rights.keep(group)
        context.result.name("group")
        context.result.group(group)
    }
}

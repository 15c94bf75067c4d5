import OporaDomain
import OporaProtocol

/// What rights depend on besides the request: who is in which group, and the roles that the desk made for itself. A value that the writer keeps; readers see what was committed.
///
/// In memory, so that deciding needs no look at the disk. People whom nobody put into a group need no entry.
struct RightsBook: Sendable {
    private var members: [GroupID: [UserID]] = [:]
    private var groups: [UserID: Set<GroupID>] = [:]
    /// Roles of the desk's own, by name.
    private(set) var roles: [String: RoleDefinition] = [:]

    init(groups all: [Group] = [], roles: [RoleDefinition] = []) {
        for group in all { keep(group) }
        for definition in roles { keep(definition) }
    }

    /// Takes over a role.
    mutating func keep(_ definition: RoleDefinition) { roles[definition.role.name] = definition }

    /// Takes over who is in a group.
    mutating func keep(_ group: Group) {
        let next = group.everybody
        guard members[group.id] != next else { return }
        for user in members[group.id] ?? [] { groups[user]?.remove(group.id) }
        for user in next { groups[user, default: []].insert(group.id) }
        members[group.id] = next
    }

    /// What rights depend on of a user.
    func person(_ user: User) -> Person {
        Person(id: user.id, organization: user.organization, groups: groups[user.id] ?? [])
    }

    /// A person with the roles that they have.
    func bearer(_ user: User) -> Rights.Bearer {
        Rights.Bearer(
            grants: user.roles.map { Grant($0) } + user.deskRoles.compactMap { roles[$0.name]?.grant }, person: person(user))
    }
}

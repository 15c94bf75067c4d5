import OporaDomain
import OporaProtocol
import OporaStore

/// Looking at users, organizations and groups.
enum PeopleQueries {
    static let all: [QueryMethod] = [
        QueryMethod("user.get", "user", "A person.") { context in
            let id: UserID = try context.params.id("user")
            guard let user = try context.store.user(id) else { throw Rejection.notFound(kind: "user", id: "\(id)") }
            context.result.name("user")
            context.result.user(user)
        },
        QueryMethod("user.list", "role? organization? email? identity? external_id? limit? cursor?", "People by filters.") {
            context in
            let (query, limit) = try people(context)
            context.page(
                try context.store.users(query), limit: limit, cursor: { Cursor(id: $0.id.rawValue) }
            ) { $0.user($1) }
        },
        QueryMethod("organization.get", "organization", "An organization.") { context in
            let id: OrganizationID = try context.params.id("organization")
            guard let found = try context.store.organization(id) else {
                throw Rejection.notFound(kind: "organization", id: "\(id)")
            }
            context.result.name("organization")
            context.result.organization(found)
        },
        QueryMethod("organization.list", "name? external_id? limit? cursor?", "Organizations by filters.") { context in
            let (query, limit) = try people(context)
            context.page(
                try context.store.organizations(query), limit: limit,
                cursor: { Cursor(id: $0.id.rawValue) }
            ) { $0.organization($1) }
        },
        QueryMethod("group.get", "group", "A group.") { context in
            let id: GroupID = try context.params.id("group")
            guard let group = try context.store.group(id) else { throw Rejection.notFound(kind: "group", id: "\(id)") }
            context.result.name("group")
            context.result.group(group)
        },
        QueryMethod("group.list", "name? external_id? limit? cursor?", "Groups by filters.") { context in
            let (query, limit) = try people(context)
            context.page(
                try context.store.groups(query), limit: limit, cursor: { Cursor(id: $0.id.rawValue) }
            ) { $0.group($1) }
        },
    ]

    private static func people(_ context: QueryContext) throws -> (PeopleQuery, limit: Int) {
        let params = context.params
        var query = PeopleQuery()
        query.name = try params.optionalLine("name")
        query.email = try params.optionalLine("email")
        query.identity = try params.optionalLine("identity")
        query.externalID = try params.optionalLine("external_id")
        if let role = try params.optionalName("role") {
            query.role = UserRole(rawValue: role)
            if query.role == nil {
                guard context.kernel.rights.roles[role] != nil else {
                    let known = UserRole.allCases.map(\.rawValue) + context.kernel.rights.roles.keys.sorted()
                    throw RPCError.invalid("/role", "enum", "must be one of \(known.joined(separator: ", "))")
                }
                query.deskRole = role
            }
        }
        query.organization = try params.optionalID("organization")
        query.after = try context.idCursor()
        let limit = try params.limit()
        query.limit = limit + 1
        return (query, limit)
    }
}

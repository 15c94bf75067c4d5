import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Looking at who works where, who could take a ticket, and which roles there are.
enum StaffQueries {
    static let all: [QueryMethod] = [
        QueryMethod(
            "group.members", "group tier? limit? cursor?", "Who is in a group, on which tier, and whether they are there."
        ) {
            try members(&$0)
        },
        QueryMethod(
            "agent.pick", "group? tier? skills? limit?", "Who could take a ticket now, the least loaded first."
        ) { try pick(&$0) },
        QueryMethod("role.list", "", "The roles of people: shipped ones and the desk's own.") { context in
            context.result.name("items")
            context.result.beginArray()
            for role in UserRole.allCases { context.result.shippedRole(role) }
            for definition in context.kernel.rights.roles.values.sorted(by: { $0.role.name < $1.role.name }) {
                context.result.role(definition)
            }
            context.result.endArray()
        },
    ]

    private static func members(_ context: inout QueryContext) throws {
        let group = try group(context, try context.params.id("group"))
        let tier = try tier(context)
        let limit = try context.params.limit()
        let after = try context.idCursor()
        var users: [User] = []
        for id in group.works(on: tier).sorted() where id.rawValue > after && users.count <= limit {
            if let user = try context.store.user(id) { users.append(user) }
        }
        let now = context.now
        context.page(users, limit: limit, cursor: { Cursor(id: $0.id.rawValue) }) { writer, user in
            writer.beginObject()
            writer.member("user", user.id.description)
            writer.member("name", user.name)
            if let tier = group.tiers[user.id] { writer.member("tier", Int64(tier)) }
            writer.member("lead", group.lead == user.id)
            writer.member("there", user.isActive && user.work.availability.isThere(at: now))
            writer.endObject()
        }
    }

    private static func pick(_ context: inout QueryContext) throws {
        let params = context.params
        let needs = try Skill.read(try params.optionalObject("skills") ?? JSONObject(), in: "/skills")
        let tier = try tier(context)
        let limit = try params.limit()
        var users: [User] = []
        if let id: GroupID = try params.optionalID("group") {
            for member in try group(context, id).works(on: tier).prefix(Limits.candidates) {
                if let user = try context.store.user(member) { users.append(user) }
            }
        } else {
            if tier != nil { throw RPCError.invalid("/tier", "rule", "a tier is a group's; name the group, too") }
            var query = PeopleQuery()
            query.role = .agent
            query.limit = Limits.candidates
            users = try context.store.users(query)
        }
        let open = try context.store.openTickets(of: users.map(\.id))
        let candidates = users.map { Choice.Candidate(user: $0, open: open[$0.id] ?? 0) }
        let ranked = Choice.rank(candidates, needs: needs, now: context.now)
        context.result.name("items")
        context.result.beginArray()
        for candidate in ranked.prefix(limit) {
            context.result.beginObject()
            context.result.member("user", candidate.user.id.description)
            context.result.member("name", candidate.user.name)
            context.result.member("open_tickets", Int64(candidate.open))
            if let capacity = candidate.user.work.capacity { context.result.member("capacity", Int64(capacity)) }
            context.result.member(
                "skills", .object(JSONObject(candidate.user.work.skills.map { ($0.name, .int(Int64($0.level))) })))
            context.result.endObject()
        }
        context.result.endArray()
        context.result.member("as_of_seq", context.head.seq)
        context.result.member("epoch", context.head.epoch)
    }

    private static func tier(_ context: QueryContext) throws -> Int? {
        try context.params.optionalInt("tier", in: 1...Limits.tiers).map { Int($0) }
    }

    private static func group(_ context: QueryContext, _ id: GroupID) throws -> Group {
        guard let group = try context.store.group(id) else { throw Rejection.notFound(kind: "group", id: "\(id)") }
        return group
    }
}

extension Group {
    /// Members who work on a tier: those of that tier, and those of none in particular. Nil means everybody.
    fileprivate func works(on tier: Int?) -> [UserID] {
        guard let tier else { return members }
        return members.filter { (tiers[$0] ?? tier) == tier }
    }
}

extension JSONWriter {
    /// A shipped role as callers see it.
    fileprivate mutating func shippedRole(_ role: UserRole) {
        let grant = Grant(role)
        beginObject()
        member("role", role.rawValue)
        member("base", role.rawValue)
        member("methods", .array(MethodRights.methods(of: role).map { .string($0) }))
        member("deny", [])
        member("tickets", grant.tickets.rawValue)
        member("internal", grant.seesInternal)
        endObject()
    }
}

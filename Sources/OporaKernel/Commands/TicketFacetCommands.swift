import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// What describes a ticket, who hears of it, who is on it.
enum TicketFacetCommands {
    static let all: [CommandMethod] = [
        CommandMethod("ticket.set_priority", "ticket priority expected_version?", "Changes how pressing the ticket is.") {
            context in
            let next: Priority = try context.params.word("priority")
            try context.change { (ticket, context) in ticket.setPriority(next, at: context.now, context.state.book) }
        },
        CommandMethod("ticket.set_type", "ticket type expected_version?", "Says what kind of request it is.") { context in
            let next: TicketType? = try context.params.optionalWord("type")
            try context.change { (ticket, context) in ticket.setType(next, at: context.now, context.state.book) }
        },
        CommandMethod("ticket.set_fields", "ticket fields expected_version?", "Sets custom fields.") { context in
            let values = try context.fields("fields") ?? JSONObject()
            try context.change { (ticket, context) in
                let facts = ticket.setFields(values, at: context.now, context.state.book)
                guard ticket.fields.members.count <= Limits.fields else {
                    throw Rejection.validation(member: "fields", reason: "a ticket has at most \(Limits.fields) fields")
                }
                return facts
            }
        },
        CommandMethod("ticket.set_tags", "ticket tags expected_version?", "Sets all tags.") {
            try setTags(&$0) { _, given in given }
        },
        CommandMethod("ticket.add_tags", "ticket tags expected_version?", "Adds tags.") {
            try setTags(&$0) { tags, given in Tags.unique(tags + given) }
        },
        CommandMethod("ticket.remove_tags", "ticket tags expected_version?", "Takes tags away.") {
            try setTags(&$0) { tags, given in tags.filter { !given.contains($0) } }
        },
        CommandMethod("ticket.follow", "ticket user? expected_version?", "Makes a person hear of the ticket.") { context in
            let user = try context.follower()
            try context.change { (ticket, context) in try ticket.follow(user, at: context.now) }
        },
        CommandMethod("ticket.unfollow", "ticket user? expected_version?", "Lets a person hear of the ticket no longer.") {
            context in
            let user = try context.follower()
            try context.change { (ticket, context) in ticket.unfollow(user, at: context.now) }
        },
        CommandMethod(
            "ticket.claim", "ticket minutes? take? expected_version?", "Says that the acting person is on it, for a while."
        ) { context in
            let user = try context.agent()
            let minutes = try context.params.optionalInt("minutes", in: 1...Limits.claimMinutes)
            let takes = try context.params.optionalBool("take") ?? false
            try context.change { (ticket, context) in
                let until = context.now + (minutes ?? context.state.desk.settings.claimMinutes) * 60_000
                return try ticket.claim(by: user, until: until, takes: takes, at: context.now)
            }
        },
        CommandMethod("ticket.release", "ticket force? expected_version?", "Takes a claim back.") { context in
            let user = try context.actor()?.id
            let isForced = try context.params.optionalBool("force") ?? false
            try context.change { (ticket, context) in try ticket.release(by: user, isForced: isForced, at: context.now) }
        },
    ]

    private static func setTags(_ context: inout CommandContext, _ next: ([String], [String]) -> [String]) throws {
        let given = try context.params.tags("tags") ?? []
        try context.change { (ticket, context) in
            try ticket.setTags(next(ticket.tags, given), at: context.now, context.state.book)
        }
    }
}

extension CommandContext {
    /// Custom fields as they are kept: of the desk's declared kinds, and people that exist.
    func fields(_ name: String) throws -> JSONObject? {
        guard let given = try params.fields(name) else { return nil }
        let values = try state.desk.normalized(given)
        if state.desk.fields.isEmpty { return values }
        for member in values.members where state.desk.fields[member.name]?.kind == .user {
            if let id = member.value.string.flatMap({ UserID($0) }) { try requireUser(id) }
        }
        return values
    }

    /// The person that the parameter `user` names, else the one who acts.
    mutating func follower() throws -> UserID {
        if let named: UserID = try params.optionalID("user") {
            try requireUser(named)
            return named
        }
        guard let actor = try actor() else {
            throw RPCError.invalid("/user", "required", "name a user: \(identity.name) acts as none")
        }
        return actor.id
    }

    /// The agent who acts.
    mutating func agent() throws -> UserID {
        guard let actor = try actor(), actor.answersTickets else {
            throw RPCError(.forbidden, "an agent says that they are on it: \(identity.name) acts as none")
        }
        return actor.id
    }
}

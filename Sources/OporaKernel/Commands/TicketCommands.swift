import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// What can be done to tickets.
enum TicketCommands {
    static let all: [CommandMethod] = [
        CommandMethod(
            "ticket.create",
            "subject text? requester? organization? group? tier? assignee? priority? type? channel? tags? fields? external_id? if_away? attachments?",
            "Creates a ticket, with its opening message where there is text."
        ) { try create(&$0) },
        CommandMethod(
            "ticket.reply", "ticket text channel? status? automatic? expected_version? attachments?", "Adds a public message."
        ) {
            try reply(&$0)
        },
        CommandMethod("ticket.note", "ticket text expected_version? attachments?", "Adds an internal note.") { try note(&$0) },
        CommandMethod(
            "ticket.assign", "ticket group? tier? assignee? if_away? expected_version?",
            "Gives the ticket to a group and a person."
        ) { try assign(&$0) },
        CommandMethod(
            "ticket.hand_over", "ticket tried needed group? tier? assignee? expected_version?",
            "Hands the ticket over to another group or tier, with a note of what was tried and what is needed."
        ) { try handOver(&$0) },
        CommandMethod("ticket.publish_note", "message", "Lets everybody on the ticket read an internal note.") {
            try publish(&$0)
        },
    ]

    private static func create(_ context: inout CommandContext) throws {
        let params = context.params
        let text = try params.optionalText("text", max: Limits.textCharacters)
        let requester = try requester(&context)
        context.state.ids.ticket += 1
        var ticket = Ticket(
            id: TicketID(rawValue: context.state.ids.ticket), subject: try params.line("subject"),
            priority: try params.optionalWord("priority") ?? .normal, type: try params.optionalWord("type"),
            channel: try params.optionalWord("channel") ?? .api, requester: requester.id,
            organization: try params.optionalID("organization") ?? requester.organization,
            group: try params.optionalID("group"), tier: try params.tier("tier"), assignee: try params.optionalID("assignee"),
            tags: try params.tags("tags") ?? [],
            fields: try context.fields("fields")?.withoutNulls ?? JSONObject(),
            externalID: try params.optionalLine("external_id"),
            createdAt: context.now, updatedAt: context.now)
        if let group = ticket.group { try context.require(group) }
        if let assignee = ticket.assignee { ticket.assignee = try context.standIn(for: assignee) }
        if let organization = ticket.organization { try context.require(organization) }
        var opening: Message?
        if let text, !text.isEmpty {
            let kind: AuthorKind = requester.kinds.contains(.bot) ? .bot : .requester
            opening = context.newMessage(
                ticket.id, author: requester.id, kind: kind, visibility: .public, channel: ticket.channel, text: text)
        }
        if var message = opening {
            try context.attach(to: &message)
            opening = message
        } else if params.hasValue("attachments") {
            throw RPCError.invalid("/attachments", "required", "files belong to a message: give a text with them")
        }
        let typist = try context.actor()
        let isTyped = typist?.id != requester.id && typist?.authorKind(on: ticket) == .agent
        let facts = ticket.create(opening: opening, isTypedByAgent: isTyped, context.state.book)
        try context.save(ticket, facts)
        context.answer(ticket)
        if let opening {
            context.commit.messages.append(opening)
            context.result.name("message")
            context.result.message(opening)
        }
    }

    private static func requester(_ context: inout CommandContext) throws -> User {
        if let id: UserID = try context.params.optionalID("requester") {
            guard let user = try context.store.user(id) else { throw Rejection.notFound(kind: "user", id: "\(id)") }
            return user
        }
        if let actor = try context.actor() { return actor }
        throw RPCError.invalid("/requester", "required", "name the requester: \(context.identity.name) acts as no user")
    }

    private static func reply(_ context: inout CommandContext) throws {
        var ticket = try context.ticket()
        guard let author = try context.actor() else {
            throw RPCError(
                .forbidden,
                "a public reply needs a person: \(context.identity.name) acts as no user; link one with user.create or user.update and identity"
            )
        }
        let channel: Channel = try context.params.optionalWord("channel") ?? .api
        let next = try context.params.optionalStatus("status", context.state.desk)
        if let next { try context.checkChildren(ticket, becoming: next) }
        var message = context.newMessage(
            ticket.id, author: author.id, kind: author.authorKind(on: ticket), visibility: .public, channel: channel,
            text: try body(context))
        try context.attach(to: &message)
        let isAutomatic = try context.params.optionalBool("automatic") ?? false
        let facts = try ticket.reply(
            message, then: next, isAutomatic: isAutomatic, context.state.book, desk: context.state.desk)
        try finish(&context, ticket, message, facts)
    }

    private static func note(_ context: inout CommandContext) throws {
        var ticket = try context.ticket()
        let author = try context.actor()
        var message = context.newMessage(
            ticket.id, author: author?.id, kind: author?.authorKind(on: ticket) ?? .bot, visibility: .internal, channel: .api,
            text: try body(context))
        try context.attach(to: &message)
        let facts = ticket.note(message)
        try finish(&context, ticket, message, facts)
    }

    private static func body(_ context: CommandContext, _ name: String = "text") throws -> String {
        let text = try context.params.text(name, max: Limits.textCharacters)
        guard !Params.isBlank(text) else { throw RPCError.invalid("/\(name)", "format", "must not be blank") }
        return text
    }

    private static func finish(
        _ context: inout CommandContext, _ ticket: Ticket, _ message: Message, _ facts: [EventDraft]
    ) throws {
        try context.save(ticket, facts)
        context.commit.messages.append(message)
        context.answer(ticket)
        context.result.name("message")
        context.result.message(message)
    }

    private static func assign(_ context: inout CommandContext) throws {
        var ticket = try context.ticket()
        let params = context.params
        guard params.has("group") || params.has("assignee") || params.has("tier") else {
            throw RPCError.invalid("", "required", "name a group, a tier, an assignee, or several; null takes one away")
        }
        let group: GroupID? = params.has("group") ? try params.optionalID("group") : ticket.group
        // Another group's tier is not known yet.
        let tier = params.has("tier") ? try params.tier("tier") : group == ticket.group ? ticket.tier : nil
        let wanted: UserID? = params.has("assignee") ? try params.optionalID("assignee") : ticket.assignee
        if let group, group != ticket.group { try context.require(group) }
        var assignee = wanted
        if let wanted, wanted != ticket.assignee { assignee = try context.standIn(for: wanted) }
        var facts = ticket.assign(group: group, tier: tier, assignee: assignee, at: context.now, context.state.book)
        if let wanted, wanted != assignee {
            for index in facts.indices where facts[index].type == .ticketAssigned {
                guard case .object(var data) = facts[index].data else { continue }
                data["instead_of"] = .string(wanted.description)
                facts[index].data = .object(data)
            }
        }
        if !facts.isEmpty { try context.save(ticket, facts) }
        context.answer(ticket)
    }

    private static func handOver(_ context: inout CommandContext) throws {
        var ticket = try context.ticket()
        let params = context.params
        let group: GroupID? = params.has("group") ? try params.optionalID("group") : ticket.group
        let place = Place(group: group, tier: params.has("tier") ? try params.tier("tier") : nil)
        let assignee: UserID? = try params.optionalID("assignee")
        if let group, group != ticket.group { try context.require(group) }
        if let assignee { try context.requireAgent(assignee) }
        let (tried, needed) = (try body(context, "tried"), try body(context, "needed"))
        let author = try context.actor()
        let text =
            author?.language == "ru" ? "Что сделано: \(tried)\n\nЧто нужно: \(needed)" : "Tried: \(tried)\n\nNeeded: \(needed)"
        let note = context.newMessage(
            ticket.id, author: author?.id, kind: author?.authorKind(on: ticket) ?? .bot, visibility: .internal, channel: .api,
            text: text)
        let facts = try ticket.handOver(to: place, assignee: assignee, note: note, at: context.now, context.state.book)
        try finish(&context, ticket, note, facts)
    }

    private static func publish(_ context: inout CommandContext) throws {
        let id: MessageID = try context.params.id("message")
        guard var message = try context.store.message(id), var ticket = try context.store.ticket(message.ticket),
            context.sight.includes(ticket)
        else {
            throw Rejection.notFound(kind: "message", id: "\(id)")
        }
        try ticket.checkPresent()
        guard let actor = try context.actor() else {
            throw RPCError(.forbidden, "a person makes a note public: \(context.identity.name) acts as none")
        }
        let facts = try ticket.publish(&message, by: actor.id, at: context.now, context.state.book)
        try context.save(ticket, facts)
        context.commit.publishedMessages.append(message)
        context.answer(ticket)
        context.result.name("message")
        context.result.message(message)
    }
}

extension CommandContext {
    mutating func newMessage(
        _ ticket: TicketID, author: UserID?, kind: AuthorKind, visibility: Visibility, channel: Channel, text: String
    ) -> Message {
        state.ids.message += 1
        return Message(
            id: MessageID(rawValue: state.ids.message), ticket: ticket, author: author, authorKind: kind,
            visibility: visibility, channel: channel, createdAt: now, text: text)
    }

    func require(_ id: GroupID) throws {
        guard try store.group(id) != nil else { throw Rejection.notFound(kind: "group", id: "\(id)") }
    }

    func require(_ id: OrganizationID) throws {
        guard try store.organization(id) != nil else { throw Rejection.notFound(kind: "organization", id: "\(id)") }
    }

    func requireUser(_ id: UserID) throws {
        guard try store.user(id) != nil else { throw Rejection.notFound(kind: "user", id: "\(id)") }
    }

    /// A person to whom tickets can be given.
    @discardableResult
    func requireAgent(_ id: UserID, member: String = "assignee") throws -> User {
        guard let user = try store.user(id) else { throw Rejection.notFound(kind: "user", id: "\(id)") }
        guard user.isActive, user.answersTickets else {
            throw Rejection.validation(member: member, reason: "\(id) is no active agent")
        }
        return user
    }

    /// Who gets a ticket that is meant for somebody: themselves, or whoever replaces them while they are away.
    func standIn(for id: UserID) throws -> UserID {
        let whenAway: StandIn.WhenAway = try params.optionalWord("if_away") ?? .replace
        return try StandIn.find(for: try requireAgent(id), whenAway, at: now) { try store.user($0) }.id
    }
}

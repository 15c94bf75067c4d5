import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// What ties tickets together and takes them apart: links, merging, splitting; and the bin.
enum TicketTieCommands {
    static let all: [CommandMethod] = [
        CommandMethod("ticket.link", "ticket relation to expected_version?", "Ties the ticket to another.") {
            try tie(&$0, isNew: true)
        },
        CommandMethod("ticket.unlink", "ticket relation to expected_version?", "Takes a tie away.") {
            try tie(&$0, isNew: false)
        },
        CommandMethod(
            "ticket.merge", "ticket into force? expected_version?", "Merges the ticket into another, which has its messages then."
        ) { try merge(&$0) },
        CommandMethod("ticket.unmerge", "ticket expected_version?", "Undoes a merge: both stand as they did before.") {
            try unmerge(&$0)
        },
        CommandMethod(
            "ticket.split", "ticket message following? subject? requester? group? assignee? expected_version?",
            "Begins a ticket of its own with a message of this one."
        ) { try split(&$0) },
        CommandMethod("ticket.delete", "ticket expected_version?", "Puts the ticket into the bin.") { context in
            var ticket = try context.ticket(isInBin: true)
            let facts = ticket.delete(at: context.now, context.state.book)
            if !facts.isEmpty { try context.save(ticket, facts) }
            context.answer(ticket)
        },
        CommandMethod("ticket.restore", "ticket expected_version?", "Takes the ticket out of the bin.") { context in
            var ticket = try context.ticket(isInBin: true)
            let facts = ticket.restore(at: context.now, context.state.book)
            if !facts.isEmpty { try context.save(ticket, facts) }
            context.answer(ticket)
        },
    ]

    /// The other ticket that a parameter names; it must not be in the bin.
    private static func other(_ name: String, _ context: CommandContext) throws -> Ticket {
        let id: TicketID = try context.params.id(name)
        guard let ticket = try context.store.ticket(id) else { throw Rejection.notFound(kind: "ticket", id: "\(id)") }
        try ticket.checkPresent()
        return ticket
    }

    private static func tie(_ context: inout CommandContext, isNew: Bool) throws {
        var ticket = try context.ticket()
        let relation: Relation = try context.params.word("relation")
        let id: TicketID = try context.params.id("to")
        let store = context.store
        // A tie to what is in the bin can be taken away.
        guard var other = try store.ticket(id) else { throw Rejection.notFound(kind: "ticket", id: "\(id)") }
        let link = TicketLink(ticket.id, relation, other.id, createdAt: context.now)
        let known = try store.links(of: ticket.id).contains {
            ($0.from, $0.relation, $0.to) == (link.from, link.relation, link.to)
        }
        defer { context.answer(ticket) }
        guard known != isNew else { return }
        if isNew {
            try other.checkPresent()
            try link.check(ticket, other) { try store.links(of: $0) }
            context.commit.links.append(link)
        } else {
            context.commit.unlinks.append(link)
        }
        let facts = ticket.tie(relation, other.id, isNew: isNew, at: context.now)
        try context.save(ticket, facts)
        let otherFacts = other.tie(relation.inverse, ticket.id, isNew: isNew, at: context.now)
        try context.save(other, otherFacts)
    }

    private static func merge(_ context: inout CommandContext) throws {
        var source = try context.ticket()
        var target = try other("into", context)
        let messages = try context.store.messageIDs(
            of: source.id, from: MessageID(rawValue: 0), limit: Limits.mergedMessages + 1)
        let isForced = try context.params.optionalBool("force") ?? false
        let merged = try source.merge(
            into: &target, messages: messages, isForced: isForced, at: context.now, context.state.book)
        context.commit.merges.append(merged.record)
        if !messages.isEmpty { context.commit.movedMessages.append(MessageMove(messages, to: target.id)) }
        try context.save(source, merged.facts)
        try context.save(target, merged.targetFacts)
        answer(&context, source, "into", target)
    }

    private static func unmerge(_ context: inout CommandContext) throws {
        var source = try context.ticket()
        guard var record = try context.store.merge(of: source.id) else {
            throw Rejection.validation(member: "ticket", reason: "\(source.id) was not merged into another")
        }
        guard var target = try context.store.ticket(record.target) else {
            throw Rejection.notFound(kind: "ticket", id: "\(record.target)")
        }
        // What was split off or went on to a third ticket meanwhile stays there.
        var messages: [MessageID] = []
        for id in record.messages {
            if let message = try context.store.message(id), message.ticket == target.id { messages.append(id) }
        }
        let undone = try source.unmerge(record, from: &target, messages: messages, at: context.now, context.state.book)
        record.undoneAt = context.now
        context.commit.merges.append(record)
        if !messages.isEmpty { context.commit.movedMessages.append(MessageMove(messages, to: source.id)) }
        try context.save(source, undone.facts)
        try context.save(target, undone.targetFacts)
        answer(&context, source, "from", target)
    }

    private static func split(_ context: inout CommandContext) throws {
        var ticket = try context.ticket()
        let params = context.params
        let id: MessageID = try params.id("message")
        guard let message = try context.store.message(id) else { throw Rejection.notFound(kind: "message", id: "\(id)") }
        guard message.ticket == ticket.id else {
            throw Rejection.validation(member: "message", reason: "\(id) is of \(message.ticket), not of \(ticket.id)")
        }
        var messages = [id]
        if try params.optionalBool("following") ?? false {
            messages = try context.store.messageIDs(of: ticket.id, from: id, limit: Limits.mergedMessages)
        }
        let author = message.authorKind == .requester ? message.author : nil
        let requester = try params.optionalID("requester") ?? author ?? ticket.requester
        guard let person = try context.store.user(requester) else {
            throw Rejection.notFound(kind: "user", id: "\(requester)")
        }
        context.state.ids.ticket += 1
        var part = Ticket(
            id: TicketID(rawValue: context.state.ids.ticket), subject: try params.optionalLine("subject") ?? ticket.subject,
            priority: ticket.priority, type: ticket.type, channel: message.channel, requester: requester,
            organization: person.organization, group: try params.optionalID("group") ?? ticket.group,
            assignee: try params.optionalID("assignee"), createdAt: context.now, updatedAt: context.now)
        if let group = part.group { try context.require(group) }
        if let assignee = part.assignee { try context.requireAgent(assignee) }
        let split = try ticket.split(into: &part, messages: messages, at: context.now, context.state.book)
        try context.save(part, split.partFacts)
        try context.save(ticket, split.facts)
        context.commit.movedMessages.append(MessageMove(messages, to: part.id))
        answer(&context, part, "from", ticket)
    }

    private static func answer(_ context: inout CommandContext, _ ticket: Ticket, _ name: StaticString, _ other: Ticket) {
        context.answer(ticket)
        context.result.name(name)
        context.result.ticket(other, context.state.book, context.sight)
    }
}

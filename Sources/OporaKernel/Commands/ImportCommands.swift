import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Writing history: tickets of another system, row by row, at the instants at which things happened.
enum ImportCommands {
    static let all: [CommandMethod] = [
        CommandMethod(
            "import.apply", "source items", "Writes history of another system; repeats are passed over.",
            admit: { (_, _, identity, _) throws(RPCError) in
                guard !identity.rights.contains(.importing) else { return }
                throw RPCError(.forbidden, "\(identity.name) may not write history; it lacks the right import")
            }
        ) { try apply(&$0) }
    ]

    /// External ids kept in memory during an import.
    private static let remembered = 10_000

    private struct Report {
        var applied: Int64 = 0
        var created: Int64 = 0
        var skipped: Int64 = 0
        var changes: Int64 = 0
        var failed: [JSON] = []
    }

    private static func apply(_ context: inout CommandContext) throws {
        let source = try context.params.name("source")
        var report = Report()
        for item in try context.params.array("items", max: Limits.importItems) {
            do {
                guard let object = item.object else { throw RPCError.invalid("/items", "type", "items are objects") }
                // All is read before anything is written: a bad item costs itself alone.
                let read = try ImportItem(reading: Params(object: object))
                try apply(read, source, &context, &report)
            } catch let error as StoreError {
                throw error
            } catch {
                let reason = RPCError.from(error)
                report.failed.append([
                    "position": item["position"] ?? .null, "external_id": item["external_id"] ?? .null,
                    "code": .string(reason.code.rawValue), "message": .string(reason.message),
                ])
            }
        }
        context.result.member("applied", report.applied)
        context.result.member("created", report.created)
        context.result.member("skipped", report.skipped)
        context.result.member("changes", report.changes)
        context.result.member("failed", .array(report.failed))
    }

    private static func apply(
        _ item: ImportItem, _ source: String, _ context: inout CommandContext, _ report: inout Report
    ) throws {
        let known = try context.store.importMark(source: source, externalID: item.externalID)
        if let known, item.position <= known.position {
            report.skipped += 1
            return
        }
        var ticket: Ticket
        var at: Timestamp
        var facts: [EventDraft] = []
        let actor = try item.actor.map { try user($0, source, .agent, &context) }
        var cause = try context.cause()
        if let actor { cause.actor = "user/\(actor)" }
        if let known {
            guard let found = try context.store.ticket(known.ticket) else {
                throw Rejection.notFound(kind: "ticket", id: "\(known.ticket)")
            }
            ticket = found
            at = max(item.at, known.at)
        } else {
            guard let new = item.create else {
                throw RPCError.invalid(
                    "/create", "required", "\(item.externalID) is not there yet and the item does not say how it began")
            }
            ticket = try create(new, item, source, &context)
            at = max(item.at, new.at)
            facts = ticket.create(opening: nil, context.state.book)
        }
        let state = try resolve(item, source, &context)
        facts += ticket.apply(state, at: at, context.state.book)
        ticket.importedAt = context.now
        try context.save(ticket, facts, by: cause, isImported: true)
        context.commit.importMarks.append(
            ImportMark(source: source, externalID: item.externalID, ticket: ticket.id, position: item.position, at: at))
        try context.flush()
        if known == nil { report.created += 1 }
        report.applied += 1
        report.changes += Int64(facts.count)
    }

    private static func create(
        _ new: ImportItem.Creation, _ item: ImportItem, _ source: String, _ context: inout CommandContext
    ) throws -> Ticket {
        let requester = try user(new.requester, source, .requester, &context)
        context.state.ids.ticket += 1
        return Ticket(
            id: TicketID(rawValue: context.state.ids.ticket), subject: new.subject, channel: new.channel ?? .api,
            requester: requester, externalID: item.externalID, createdAt: new.at, updatedAt: new.at)
    }

    private static func resolve(_ item: ImportItem, _ source: String, _ context: inout CommandContext) throws -> ImportedState {
        ImportedState(
            status: item.status, reason: item.reason, priority: item.priority,
            group: try item.group.map { try group($0, source, &context) },
            assignee: try item.assignee.map { try user($0, source, .agent, &context) }, fields: item.fields)
    }

    private static func user(
        _ reference: ImportItem.Reference, _ source: String, _ role: UserRole, _ context: inout CommandContext
    ) throws -> UserID {
        let external = "\(source):\(reference.externalID)"
        if let known = context.state.importedUsers[external] { return known }
        if context.state.importedUsers.count >= remembered { context.state.importedUsers = [:] }
        if let found = try context.store.user(by: .externalID, external) {
            context.state.importedUsers[external] = found.id
            return found.id
        }
        context.state.ids.user += 1
        let user = User(
            id: UserID(rawValue: context.state.ids.user), name: reference.name, roles: [role], externalID: external,
            createdAt: context.now, updatedAt: context.now)
        try context.record([user.event(.userCreated, changed: ["*"], at: context.now)], isImported: true)
        context.commit.users.append(user)
        try context.flush()
        context.state.importedUsers[external] = user.id
        return user.id
    }

    private static func group(
        _ reference: ImportItem.Reference, _ source: String, _ context: inout CommandContext
    ) throws -> GroupID {
        let external = "\(source):\(reference.externalID)"
        if let known = context.state.importedGroups[external] { return known }
        if context.state.importedGroups.count >= remembered { context.state.importedGroups = [:] }
        let found = try context.store.group(by: .externalID, external) ?? context.store.group(by: .name, reference.name)
        if let found {
            context.state.importedGroups[external] = found.id
            return found.id
        }
        context.state.ids.group += 1
        let group = Group(
            id: GroupID(rawValue: context.state.ids.group), name: reference.name, externalID: external,
            createdAt: context.now, updatedAt: context.now)
        try context.record([group.event(.groupCreated, changed: ["*"], at: context.now)], isImported: true)
        context.commit.groups.append(group)
        try context.flush()
        context.state.importedGroups[external] = group.id
        return group.id
    }
}

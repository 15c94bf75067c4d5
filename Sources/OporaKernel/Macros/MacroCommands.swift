import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Making macros, and applying them to tickets.
enum MacroCommands {
    static let all: [CommandMethod] = [
        CommandMethod("macro.create", "name actions groups?", "Saves a macro.") { context in
            guard try context.store.macros().count < Limits.macros else {
                throw RPCError(.quotaExceeded, "the desk has \(Limits.macros) macros already; delete some first")
            }
            context.state.ids.macro += 1
            var macro = Macro(
                id: MacroID(rawValue: context.state.ids.macro), name: try context.params.line("name"), actions: JSONObject(),
                createdAt: context.now, updatedAt: context.now)
            _ = try fill(&macro, context)
            try keep(macro, .macroCreated, ["*"], &context)
        },
        CommandMethod("macro.update", "macro name? actions? groups? expected_version?", "Changes a macro.") { context in
            var macro = try found(context)
            let changed = try fill(&macro, context)
            if changed.isEmpty { return context.answer(macro) }
            macro.version += 1
            macro.updatedAt = context.now
            try keep(macro, .macroUpdated, changed, &context)
        },
        CommandMethod("macro.delete", "macro expected_version?", "Takes a macro away.") { context in
            let macro = try found(context)
            try context.record([macro.event(.macroDeleted, changed: [], at: context.now)])
            context.commit.deletedMacros.append(macro.id)
        },
        CommandMethod(
            "ticket.apply_macro", "ticket macro reply? note? expected_version?",
            "Does to a ticket what a macro says, all of it or nothing; texts may be given as they were edited."
        ) { try apply(&$0) },
    ]

    private static func found(_ context: CommandContext) throws -> Macro {
        let id: MacroID = try context.params.id("macro")
        guard let macro = try context.store.macro(id) else { throw Rejection.notFound(kind: "macro", id: "\(id)") }
        try context.check(version: macro.version, id: "\(id)")
        return macro
    }

    private static func fill(_ macro: inout Macro, _ context: CommandContext) throws -> [String] {
        let params = context.params
        let before = macro
        if params.has("name") { macro.name = try params.line("name") }
        if let actions = try params.optionalObject("actions") {
            try MacroActions.check(actions)
            macro.actions = actions
        }
        if params.has("groups") {
            macro.groups = try params.ids("groups", max: Limits.filterChoices) ?? []
            for group in macro.groups where !before.groups.contains(group) { try context.require(group) }
        }
        return [
            before.name != macro.name ? "name" : nil, before.actions != macro.actions ? "actions" : nil,
            before.groups != macro.groups ? "groups" : nil,
        ].compactMap { $0 }
    }

    private static func keep(_ macro: Macro, _ type: EventType, _ changed: [String], _ context: inout CommandContext) throws {
        try context.record([macro.event(type, changed: changed, at: context.now)])
        context.commit.macros.append(macro)
        context.answer(macro)
    }

    private static func apply(_ context: inout CommandContext) throws {
        let id: MacroID = try context.params.id("macro")
        let ticket = try context.ticket()
        let actor = try context.actor()
        let groups = try actor.map { try context.groups(of: $0.id) } ?? []
        guard var macro = try context.store.macro(id), macro.isVisible(to: actor?.id, in: groups) else {
            throw Rejection.notFound(kind: "macro", id: "\(id)")
        }
        var actions = macro.actions
        for name in ["reply", "note"] {
            if let edited = try context.params.optionalText(name, max: Limits.textCharacters) {
                guard actions[name] != nil else {
                    throw Rejection.validation(member: name, reason: "\(id) has no such text")
                }
                actions[name] = .string(edited)
            } else if let text = actions[name]?.string {
                actions[name] = .string(try Template(text, member: name).filled(try context.values(for: ticket, actor)))
            }
        }
        _ = try context.perform(try TicketSteps(reading: Params(object: actions)), on: ticket.id)
        macro.uses += 1
        macro.usedAt = context.now
        context.commit.macros.append(macro)
        context.answer(try context.current(ticket.id) ?? ticket)
        context.result.name("messages")
        context.result.beginArray()
        for message in context.commit.messages { context.result.message(message) }
        context.result.endArray()
    }
}

extension CommandContext {
    fileprivate mutating func answer(_ macro: Macro) {
        result.name("macro")
        result.macro(macro)
    }

    fileprivate func groups(of user: UserID) throws -> [GroupID] {
        try store.groups(of: user)
    }

    /// What a template may say of a ticket.
    fileprivate func values(for ticket: Ticket, _ actor: User?) throws -> [Template.Variable: String] {
        MacroActions.values(
            for: ticket, requester: try store.user(ticket.requester), agent: actor,
            organization: try ticket.organization.flatMap { try store.organization($0) },
            group: try ticket.group.flatMap { try store.group($0) })
    }
}

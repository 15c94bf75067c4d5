import OporaDomain
import OporaProtocol
import OporaStore

/// Looking at macros, and at what they would say.
enum MacroQueries {
    static let all: [QueryMethod] = [
        QueryMethod("macro.get", "macro", "A macro.") { context in
            let macro = try find(context)
            context.result.name("macro")
            context.result.macro(macro)
        },
        QueryMethod("macro.list", "", "The macros that whoever asks may use, by name.") { context in
            let me = context.viewer
            let groups = try context.groupsOfViewer()
            context.result.name("items")
            context.result.beginArray()
            for macro in try context.store.macros() where macro.isVisible(to: me, in: groups) { context.result.macro(macro) }
            context.result.endArray()
        },
        QueryMethod("macro.preview", "macro ticket", "What a macro would do to a ticket, its texts filled in; nothing is done.") {
            context in
            let macro = try find(context)
            let id: TicketID = try context.params.id("ticket")
            guard let ticket = try context.store.ticket(id) else { throw Rejection.notFound(kind: "ticket", id: "\(id)") }
            let store = context.store
            let values = MacroActions.values(
                for: ticket, requester: try store.user(ticket.requester),
                agent: try context.viewer.flatMap { try store.user($0) },
                organization: try ticket.organization.flatMap { try store.organization($0) },
                group: try ticket.group.flatMap { try store.group($0) })
            var actions = macro.actions
            for name in ["reply", "note"] {
                if let text = actions[name]?.string { actions[name] = .string(try Template(text, member: name).filled(values)) }
            }
            context.result.member("actions", .object(actions))
        },
    ]

    private static func find(_ context: QueryContext) throws -> Macro {
        let id: MacroID = try context.params.id("macro")
        guard let macro = try context.store.macro(id), macro.isVisible(to: context.viewer, in: try context.groupsOfViewer())
        else {
            throw Rejection.notFound(kind: "macro", id: "\(id)")
        }
        return macro
    }
}

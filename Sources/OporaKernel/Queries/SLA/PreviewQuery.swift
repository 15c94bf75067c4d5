import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// `sla.preview`: the open tickets whose targets a change of a policy or calendar would move, page by page. Stores nothing.
enum PreviewQuery {
    private struct Row {
        var ticket: Ticket
        var changes: [TargetChange]
    }

    static func run(_ context: inout QueryContext) throws {
        let (edit, book) = try proposal(context)
        let limit = try context.params.limit()
        var after = TicketID(rawValue: try context.idCursor())
        var rows: [Row] = []
        var looked = 0
        var isLast = false
        // Closed tickets cost a look, too: an answer may hold few rows, or none, and still say where to go on.
        while looked < Limits.previewTickets, rows.count < limit, !isLast {
            let open = try context.store.openTickets(
                after: after, span: Limits.recomputedIDs, limit: min(Limits.recomputedTickets, limit - rows.count))
            for ticket in open.tickets {
                let changes = ticket.preview(edit, book)
                if !changes.isEmpty { rows.append(Row(ticket: ticket, changes: changes)) }
            }
            looked += max(open.tickets.count, 50)
            (after, isLast) = (open.reached, open.isLast)
        }
        write(rows, next: isLast ? nil : after, &context)
    }

    /// The edit, and the book as it would be with it.
    private static func proposal(_ context: QueryContext) throws -> (SLAEdit, SLABook) {
        let params = context.params
        guard params.hasValue("policy") != params.hasValue("calendar") else {
            throw RPCError.invalid("/policy", "required", "name a policy or a calendar, one of them")
        }
        let set = try params.optionalObject("set") ?? JSONObject()
        let retires = try params.optionalBool("retire") ?? false
        var book = context.book
        if params.hasValue("policy") {
            let id: PolicyID = try params.id("policy")
            guard let stored = try context.store.policy(id, version: nil) else {
                throw Rejection.notFound(kind: "policy", id: "\(id)")
            }
            try Params(object: set).refuseOthers(than: PolicyChange.members, in: "/set")
            var policy = stored.policy
            try PolicyChange(Params(object: set)).apply(to: &policy)
            guard book.calendars[policy.calendar] != nil else {
                throw Rejection.notFound(kind: "calendar", id: "\(policy.calendar)")
            }
            policy.isRetired = retires || policy.isRetired
            policy.version += 1
            book.add(policy)
            return (SLAEdit(.policy(id), at: context.now), book)
        }
        let id: CalendarID = try params.id("calendar")
        guard let stored = try context.store.calendar(id, version: nil) else {
            throw Rejection.notFound(kind: "calendar", id: "\(id)")
        }
        guard !retires else { throw RPCError.invalid("/retire", "unknown", "only a policy can be retired") }
        try Params(object: set).refuseOthers(than: ["name"] + CalendarSpec.members, in: "/set")
        let spec = try CalendarChange(set).apply(to: stored.spec)
        book.add(try spec.tied(context.zone), id: id, version: stored.version + 1)
        return (SLAEdit(.calendar(id), at: context.now), book)
    }

    private static func write(_ rows: [Row], next: TicketID?, _ context: inout QueryContext) {
        context.result.name("items")
        context.result.beginArray()
        for row in rows {
            context.result.beginObject()
            context.result.member("ticket", row.ticket.id.description)
            context.result.name("changes")
            context.result.beginArray()
            for change in row.changes { write(change, &context.result) }
            context.result.endArray()
            context.result.endObject()
        }
        context.result.endArray()
        let cursor = next.map { Cursor(id: $0.rawValue).encode(context.job.request, context.kernel.settings.cursorKey) }
        context.result.member("next_cursor", orNull: cursor)
        context.result.member("as_of_seq", context.head.seq)
        context.result.member("epoch", context.head.epoch)
    }

    private static func write(_ change: TargetChange, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("target", change.kind.rawValue)
        writer.member("cycle", change.cycle)
        writer.member("state_before", orNull: change.before?.state.rawValue)
        writer.member("state", orNull: change.after?.state.rawValue)
        writer.member("due_before", orNull: change.before?.dueAt?.text)
        writer.member("due_at", orNull: change.after?.dueAt?.text)
        writer.member("breaches", change.after?.state == .breached && change.before?.state != .breached)
        writer.endObject()
    }
}

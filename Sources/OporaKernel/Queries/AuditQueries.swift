import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Who did what, when, through which identity, in whose name.
enum AuditQueries {
    static let all: [QueryMethod] = [
        QueryMethod(
            "audit.list", "user? identity? ticket? types? from? to? limit? cursor?",
            "What was done, newest first: by whom, through which identity."
        ) { try list(&$0) },
        QueryMethod("audit.refusals", "limit?", "What was refused since the kernel's start, newest first.") { context in
            let limit = try context.params.limit()
            context.result.member("items", .array(context.kernel.refusals.latest(limit)))
        },
    ]

    private static func list(_ context: inout QueryContext) throws {
        let params = context.params
        let head = context.head
        var query = AuditQuery()
        if let user: UserID = try params.optionalID("user") { query.actor = "user/\(user)" }
        query.via = try params.optionalName("identity")
        query.ticket = try params.optionalID("ticket")
        query.types = try params.eventNames("types")
        query.from = head.firstSeq
        query.before = head.seq + 1
        if head.seq >= head.firstSeq {
            let log = head.firstSeq...head.seq
            if let from = try params.optionalTime("from") {
                query.from = try context.store.lastSeq(before: from, in: log) + 1
            }
            if let to = try params.optionalTime("to") { query.before = try context.store.lastSeq(before: to, in: log) + 1 }
        }
        if let cursor = try context.cursor() { query.before = min(query.before, cursor.id) }
        query.limit = try params.limit()
        let page = try context.store.audit(query)
        let sight = context.sight
        context.result.name("items")
        context.result.beginArray()
        for event in page.events { TicketQueries.writeHistory(event, sight, &context.result) }
        context.result.endArray()
        let next = page.isComplete ? nil : Cursor(id: page.reached)
        context.result.member("next_cursor", orNull: next?.encode(context.job.request, context.kernel.settings.cursorKey))
        context.result.member("as_of_seq", head.seq)
        context.result.member("epoch", head.epoch)
    }
}

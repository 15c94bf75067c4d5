import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Looking at what the desk has decided for itself, at ties, and at what nobody has touched for long.
enum DeskQueries {
    static let all: [QueryMethod] = [
        QueryMethod("desk.get", "", "The desk's settings.") { context in
            context.result.desk(context.kernel.desk.settings)
        },
        QueryMethod("status.list", "", "All statuses: the categories' own, then the desk's.") { context in
            let desk = context.kernel.desk
            context.result.name("items")
            context.result.beginArray()
            for category in TicketStatus.allCases { context.result.status(category) }
            for status in desk.statuses.values.sorted(by: { $0.word < $1.word }) { context.result.status(status) }
            context.result.endArray()
        },
        QueryMethod("field.list", "", "All declared fields.") { context in
            let desk = context.kernel.desk
            context.result.name("items")
            context.result.beginArray()
            for field in desk.fields.values.sorted(by: { $0.name < $1.name }) { context.result.field(field) }
            context.result.endArray()
        },
        QueryMethod("ticket.links", "ticket", "The ties of a ticket, oldest first.") { try links(&$0) },
        QueryMethod("ticket.stuck", "limit? cursor? expand?", "Open tickets that nobody has touched for long, the oldest first.")
        {
            context in
            let limit = try context.params.limit()
            let book = context.book
            let sight = context.sight
            let place = try context.cursor().map { TicketQuery.Place(value: $0.value, id: $0.id) }
            let found = try context.store.stuckTickets(
                after: place, within: context.sight.limits, limit: limit + 1)
            let shown = context.page(
                found, limit: limit,
                cursor: { Cursor(value: $0.stuckAt?.rawValue ?? 0, id: $0.id.rawValue) }
            ) { $0.ticket($1, book, sight) }
            try context.include(with: shown)
        },
    ]

    private static func links(_ context: inout QueryContext) throws {
        let id: TicketID = try context.params.id("ticket")
        guard try context.store.ticket(id) != nil else { throw Rejection.notFound(kind: "ticket", id: "\(id)") }
        context.result.name("items")
        context.result.beginArray()
        for link in try context.store.links(of: id) {
            let (relation, other) = link.seen(from: id)
            // What is not in sight is as good as not there.
            guard let ticket = try context.store.ticket(other), context.sight.includes(ticket) else { continue }
            context.result.beginObject()
            context.result.member("relation", relation.rawValue)
            context.result.member("created_at", link.createdAt)
            context.result.member("ticket", other.description)
            context.result.member("subject", ticket.subject)
            context.result.member("status", ticket.statusWord)
            context.result.member("status_category", ticket.status.rawValue)
            context.result.optional("deleted_at", ticket.deletedAt)
            context.result.endObject()
        }
        context.result.endArray()
    }
}

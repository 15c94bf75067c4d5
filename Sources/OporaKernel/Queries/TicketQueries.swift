import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Looking at tickets and messages.
enum TicketQueries {
    static let all: [QueryMethod] = [
        QueryMethod("ticket.get", "ticket expand?", "A ticket.") { context in
            let ticket = try ticket(context)
            context.result.name("ticket")
            context.result.ticket(ticket, context.book, context.sight)
            try context.include(with: CollectionOfOne(ticket))
        },
        QueryMethod("ticket.history", "ticket limit? cursor?", "What happened to a ticket, oldest first.") { try history(&$0) },
        QueryMethod("message.list", "ticket visibility? limit? cursor? expand?", "The conversation of a ticket, oldest first.") {
            context in
            let ticket = try ticket(context)
            let limit = try context.params.limit()
            var visibility: Visibility? = try context.params.optionalWord("visibility")
            if !context.sight.seesInternal {
                // Nobody is told how many notes there are.
                guard visibility != .internal else {
                    context.page([Message](), limit: limit, cursor: { Cursor(id: $0.id.rawValue) }) { $0.message($1) }
                    return
                }
                visibility = .public
            }
            let messages = try context.store.messages(
                of: ticket.id, visibility: visibility, after: try context.idCursor(), limit: limit + 1)
            let shown = context.page(messages, limit: limit, cursor: { Cursor(id: $0.id.rawValue) }) { $0.message($1) }
            try context.include(with: shown)
        },
        QueryMethod("message.get", "message expand?", "A message.") { context in
            let id: MessageID = try context.params.id("message")
            guard let message = try context.store.message(id), try context.sees(message) else {
                throw Rejection.notFound(kind: "message", id: "\(id)")
            }
            context.result.name("message")
            context.result.message(message)
            try context.include(with: CollectionOfOne(message))
        },
        QueryMethod("feedback.get", "feedback", "What a requester said, with the comment.") { context in
            let id: FeedbackID = try context.params.id("feedback")
            guard let feedback = try context.store.feedback(id), try context.sees(feedback.ticket) else {
                throw Rejection.notFound(kind: "feedback", id: "\(id)")
            }
            context.result.name("feedback")
            context.result.feedback(feedback)
        },
    ]

    private static func ticket(_ context: QueryContext) throws -> Ticket {
        let id: TicketID = try context.params.id("ticket")
        guard let ticket = try context.store.ticket(id) else { throw Rejection.notFound(kind: "ticket", id: "\(id)") }
        return ticket
    }

    private static func history(_ context: inout QueryContext) throws {
        let id = try ticket(context).id
        let limit = try context.params.limit()
        var query = EventQuery()
        query.subject = "ticket/\(id)"
        query.after = max(try context.idCursor(), context.head.firstSeq - 1)
        query.limit = limit
        var page = try context.store.events(query)
        let sight = context.sight
        if !sight.seesInternal { page.events.removeAll { !PublicFacts.isPublic($0) } }
        context.page(
            page.events, limit: limit, cursor: { Cursor(id: $0.seq) }, isCut: !page.isComplete
        ) { writer, event in writeHistory(event, sight, &writer) }
    }

    static func writeHistory(_ record: EventRecord, _ sight: Sight, _ writer: inout JSONWriter) {
        let body = (try? JSONParser.parse(record.body)) ?? .null
        writer.beginObject()
        writer.member("seq", record.seq)
        writer.member("at", body["time"] ?? .null)
        writer.member("recorded_at", body["recordedtime"] ?? .null)
        writer.member("type", record.name.text)
        writer.member("subject", record.subject)
        writer.member("actor", body["actor"] ?? .null)
        if sight.seesInternal {
            if let via = body["via"] { writer.member("via", via) }
            if let causation = body["causationid"] { writer.member("causation", causation) }
        }
        writer.member("imported", body["imported"]?.bool ?? false)
        let data = body["data"] ?? .null
        writer.member("data", sight.seesInternal ? data : PublicFacts.data(record.name, data))
        writer.endObject()
    }
}

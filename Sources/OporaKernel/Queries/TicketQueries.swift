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
        QueryMethod(
            "ticket.list",
            "status? group? assignee? requester? organization? priority? external_id? unsolved? deleted? sort? limit? cursor? expand?",
            "Tickets by filters, in order."
        ) { try list(&$0) },
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

    private static func list(_ context: inout QueryContext) throws {
        let params = context.params
        let book = context.book
        var query = TicketQuery()
        query.limits = context.sight.limits
        let sight = context.sight
        query.statuses = try params.words("status") ?? []
        if try params.optionalBool("unsolved") == true {
            let unsolved = TicketStatus.allCases.filter(\.isUnsolved)
            query.statuses = query.statuses.isEmpty ? unsolved : query.statuses.filter(\.isUnsolved)
            // Both at once leave nothing: not the same as no condition.
            if query.statuses.isEmpty {
                let none = context.page([Ticket](), limit: 1, cursor: { Cursor(id: $0.id.rawValue) }) { $0.ticket($1, book) }
                return try context.include(with: none)
            }
        }
        query.isDeleted = try params.optionalBool("deleted") ?? false
        query.priorities = try params.words("priority") ?? []
        query.group = try params.optionalID("group")
        query.assignee = try params.optionalID("assignee")
        query.requester = try params.optionalID("requester")
        query.organization = try params.optionalID("organization")
        query.externalID = try params.optionalLine("external_id")
        query.sort = try params.optionalWord("sort") ?? .newest
        let limit = try params.limit()
        query.limit = limit + 1
        query.after = try context.cursor().map { .init(value: $0.value, id: $0.id) }
        let sort = query.sort
        let shown = context.page(try context.store.tickets(query), limit: limit, cursor: { place($0, sort) }) {
            $0.ticket($1, book, sight)
        }
        try context.include(with: shown)
    }

    private static func place(_ ticket: Ticket, _ sort: TicketQuery.Sort) -> Cursor {
        let value: Int64
        switch sort {
        case .id, .newest: value = ticket.id.rawValue
        case .updated, .lastUpdated: value = ticket.updatedAt.rawValue
        case .due: value = ticket.dueAt?.rawValue ?? 0
        }
        return Cursor(value: value, id: ticket.id.rawValue)
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

    private static func writeHistory(_ record: EventRecord, _ sight: Sight, _ writer: inout JSONWriter) {
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

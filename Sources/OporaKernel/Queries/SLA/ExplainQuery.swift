import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// `sla.explain`: the parts of a target's time, whose sum is its budget at the due instant.
enum ExplainQuery {
    static func run(_ context: inout QueryContext) throws {
        let id: TicketID = try context.params.id("ticket")
        guard let ticket = try context.store.ticket(id) else { throw Rejection.notFound(kind: "ticket", id: "\(id)") }
        let explained = try ticket.explain(
            try context.params.word("target"), cycle: try context.params.optionalInt("cycle", in: 1...Limits.safeInteger),
            until: try context.params.optionalTime("until"), now: context.now, context.book)
        context.result.member("ticket", id.description)
        context.result.name("target")
        context.result.target(explained.target, context.book)
        context.result.member("until", explained.until)
        context.result.name("parts")
        context.result.beginArray()
        for part in explained.parts {
            context.result.beginObject()
            context.result.member("kind", part.kind.rawValue)
            context.result.member("from", part.span.start)
            context.result.member("to", part.span.end)
            context.result.member("working_ms", part.milliseconds)
            context.result.member("spans", Int64(part.spans))
            context.result.endObject()
        }
        context.result.endArray()
        context.result.member("worked_ms", explained.worked)
        context.result.member("remaining_ms", explained.remaining)
        context.result.member("as_of_seq", context.head.seq)
    }
}

import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Reading the log, by position and by consumer.
enum LogQueries {
    static let all: [QueryMethod] = [
        QueryMethod(
            "events.read", "after_seq epoch? limit? streams? types? subject? wait_ms?", "Events after a position, in order."
        ) { try read(&$0) },
        QueryMethod("kernel.stats", "", "Counters since the start.") { context in
            for member in context.kernel.stats(unsolved: try context.store.unsolvedTickets()).members {
                context.result.name(member.name)
                context.result.value(member.value)
            }
        },
    ]

    private static func read(_ context: inout QueryContext) throws {
        let params = context.params
        var query = EventQuery()
        query.after = try params.int("after_seq", in: 0...Limits.safeInteger)
        query.limit = Int(try params.optionalInt("limit", in: 1...Int64(Limits.readEvents)) ?? 100)
        query.types = try params.eventNames("types")
        query.subject = try params.optionalLine("subject")
        if let epoch = try params.optionalInt("epoch", in: 0...Limits.safeInteger), epoch != context.head.epoch {
            throw RPCError(
                .epochMismatch, "the log is in epoch \(context.head.epoch), not \(epoch): its history changed; begin anew",
                data: JSONObject([("epoch", .int(context.head.epoch)), ("log_id", .string(context.head.logID))]))
        }
        guard query.after >= context.head.firstSeq - 1 else { throw RPCError.truncated(context.head) }
        // What the identity may not see is passed over.
        var page = EventPage(events: [], reached: max(query.after, context.head.seq), isComplete: true)
        if let streams = context.job.identity.visible(try params.words("streams") ?? []) {
            query.streams = streams
            page = try context.store.events(query)
        }
        context.mayWait = page.events.isEmpty && (page.isComplete || page.reached >= context.head.seq)
        write(page, &context)
    }

    private static func write(_ page: EventPage, _ context: inout QueryContext) {
        context.result.name("events")
        context.result.beginArray()
        for event in page.events {
            context.result.beginObject()
            context.result.member("seq", event.seq)
            context.result.member("prev", event.prev)
            context.result.name("event")
            context.result.raw(event.body)
            context.result.endObject()
        }
        context.result.endArray()
        // Where nothing is left in this view, the next look begins after all of it.
        context.result.member("next_after_seq", page.isComplete ? max(page.reached, context.head.seq) : page.reached)
        context.result.member("head_seq", context.head.seq)
        context.result.member("epoch", context.head.epoch)
    }
}

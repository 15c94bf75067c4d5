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
        QueryMethod("consumer.fetch", "name max? wait_ms? lease_token? ack_seq?", "Events after a consumer's cursor.") {
            try fetch(&$0)
        },
        QueryMethod("consumer.info", "name", "A durable consumer.") { context in
            let name = try context.params.name("name")
            context.result.member("consumer", try context.consumers.json(name, head: context.head.seq, now: context.now))
        },
        QueryMethod("consumer.list", "", "All durable consumers.") { context in
            context.result.member("items", .array(context.consumers.all(head: context.head.seq, now: context.now)))
        },
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
        query.streams = try params.words("streams") ?? []
        query.types = try params.words("types") ?? []
        query.subject = try params.optionalLine("subject")
        if let epoch = try params.optionalInt("epoch", in: 0...Limits.safeInteger), epoch != context.head.epoch {
            throw RPCError(
                .epochMismatch, "the log is in epoch \(context.head.epoch), not \(epoch): its history changed; begin anew",
                data: JSONObject([("epoch", .int(context.head.epoch)), ("log_id", .string(context.head.logID))]))
        }
        let page = try context.store.events(query)
        context.mayWait = page.events.isEmpty && (page.isComplete || page.reached >= context.head.seq)
        write(page, &context)
    }

    private static func fetch(_ context: inout QueryContext) throws {
        guard let claim = context.job.claim else { throw RPCError(.internalError, "a fetch without a lease") }
        var query = EventQuery()
        // What was handed out but not acknowledged comes again; what it does not want is passed over.
        query.after = try context.consumers.place(claim.record.name, token: claim.token)
        query.limit = Int(try context.params.optionalInt("max", in: 1...Int64(Limits.fetchEvents)) ?? 100)
        query.streams = claim.record.streams
        let page = try context.store.events(query)
        let until = try context.consumers.delivered(
            claim.record.name, token: claim.token, upTo: page.reached, foundNothing: page.events.isEmpty, now: context.now)
        context.mayWait = page.events.isEmpty && page.reached >= context.head.seq
        context.result.member("lease_token", claim.token)
        context.result.member("lease_until", until.text)
        context.result.member("pending", max(0, context.head.seq - page.reached))
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

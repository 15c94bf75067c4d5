import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime
import Synchronization

/// Looking at durable consumers, and reading for them.
enum ConsumerQueries {
    static let all: [QueryMethod] = [
        QueryMethod("consumer.fetch", "name max? wait_ms? lease_token? ack_seq?", "Events after a consumer's cursor.") {
            try Fetch.run(&$0)
        },
        QueryMethod("consumer.info", "name", "A durable consumer.") { context in
            let name = try context.params.name("name")
            context.result.member("consumer", try context.consumers.json(name, head: context.head.seq, now: context.now))
        },
        QueryMethod("consumer.list", "", "All durable consumers.") { context in
            context.result.member("items", .array(context.consumers.all(head: context.head.seq, now: context.now)))
        },
        QueryMethod("consumer.parked_list", "name limit? cursor?", "The events that a consumer has set aside.") {
            try parked(&$0)
        },
    ]

    private static func parked(_ context: inout QueryContext) throws {
        let name = try context.params.name("name")
        let limit = try context.params.limit()
        try context.consumers.check(name, context.job.identity)
        let found = try context.store.parked(ParkedQuery(consumer: name, after: try context.idCursor(), limit: limit + 1))
        var items: [(parked: ParkedEvent, event: EventRecord)] = []
        var bytes = 0
        for parked in found.prefix(limit) {
            guard let event = try context.store.event(parked.seq), context.job.identity.maySee(event.name.stream) else {
                continue
            }
            bytes += event.body.count
            if bytes > Limits.answerEventBytes, !items.isEmpty { break }
            items.append((parked, event))
        }
        let isCut = (items.last?.parked.seq ?? 0) < (found.last?.seq ?? 0)
        context.page(items, limit: limit, cursor: { Cursor(id: $0.parked.seq) }, isCut: isCut) { writer, item in
            writer.beginObject()
            writer.member("seq", item.parked.seq)
            writer.member("reason", item.parked.reason)
            writer.member("deliveries", Int64(item.parked.deliveries))
            writer.member("parked_at", item.parked.parkedAt)
            writer.name("event")
            writer.raw(item.event.body)
            writer.endObject()
        }
    }
}

extension ConsumerBook {
    /// Refuses a consumer that is not there or belongs to somebody else.
    func check(_ name: String, _ identity: Identity) throws(RPCError) {
        guard let record = state.withLock({ $0.entries[name]?.record }) else { throw Self.missing(name) }
        if let refusal = Self.refusal(record, identity) { throw refusal }
    }
}

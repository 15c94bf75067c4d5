import OporaProtocol
import OporaStore
import OporaThreads
import OporaTime

/// One fetch for a consumer, under way on a reader.
enum Fetch {
    static func run(_ context: inout QueryContext) throws {
        guard let claim = context.job.claim else { throw RPCError(.internalError, "a fetch without a lease") }
        if try handOutAgain(claim, &context) { return }
        let turn = try context.consumers.turn(
            claim.record.name, token: claim.token, now: context.now, firstSeq: context.head.firstSeq)
        switch turn {
        case .read(let after, let isAlone): try read(after, isAlone, claim, &context)
        case .rest(_, let until):
            context.mayWait = true
            context.wakeAt = until
            let handOut = try context.consumers.renew(claim.record.name, token: claim.token, now: context.now)
            write([], handOut, claim, next: handOut.place, &context)
        case .park: try passOn("$consumer.park", claim, &context)
        case .retry: try passOn("$consumer.retry", claim, &context)
        }
    }

    /// Events that a fetch wants at most.
    static func limit(_ params: Params) throws(RPCError) -> Int {
        Int(try params.optionalInt("max", in: 1...Int64(Limits.fetchEvents)) ?? 100)
    }

    private static func read(
        _ after: Int64, _ isAlone: Bool, _ claim: ConsumerBook.Claim, _ context: inout QueryContext
    ) throws {
        var query = EventQuery()
        // What was handed out but not acknowledged comes again; what it does not want or may not see is passed over.
        query.after = after
        query.limit = isAlone ? 1 : try limit(context.params)
        query.types = claim.record.types
        var page = EventPage(events: [], reached: max(after, context.head.seq), isComplete: true)
        if let streams = context.job.identity.visible(claim.record.streams) {
            query.streams = streams
            page = try context.store.events(query)
        }
        let handOut = try context.consumers.found(page, for: claim.record.name, token: claim.token, now: context.now)
        context.mayWait = page.events.isEmpty && page.reached >= context.head.seq
        let next = page.isComplete ? max(page.reached, context.head.seq) : page.reached
        write(page.events, handOut, claim, next: next, &context)
    }

    /// Hands out what was set aside and is to be tried again, in a page of its own; false where nothing is.
    private static func handOutAgain(_ claim: ConsumerBook.Claim, _ context: inout QueryContext) throws -> Bool {
        let retried = Set(context.job.retried)
        guard let first = retried.min(), let last = retried.max() else { return false }
        let name = claim.record.name
        let parked = try context.store.parked(
            ParkedQuery(consumer: name, after: first - 1, before: last + 1, limit: ConsumerBook.parkedEvents))
        var events: [EventRecord] = []
        var deliveries: [Int64: Int] = [:]
        for item in parked where retried.contains(item.seq) {
            guard let event = try context.store.event(item.seq), context.job.identity.maySee(event.name.stream) else { continue }
            events.append(event)
            deliveries[item.seq] = item.deliveries
        }
        guard !events.isEmpty else { return false }
        let handOut = try context.consumers.renew(name, token: claim.token, now: context.now)
        write(events, handOut, claim, next: handOut.place, parked: deliveries, &context)
        return true
    }

    /// Lets the writer do something first; the fetch is run again after it.
    private static func passOn(_ method: String, _ claim: ConsumerBook.Claim, _ context: inout QueryContext) throws {
        let kernel = context.kernel
        var request = context.job.request
        request.method = method
        request.params = JSONObject([("name", .string(claim.record.name)), ("lease_token", .string(claim.token))])
        if method == "$consumer.retry" { request.params["max"] = .int(Int64(try limit(context.params))) }
        request.meta.idempotencyKey = nil
        let command = CommandJob(
            request: request, identity: context.job.identity, replyTo: context.job.replyTo,
            arrivedMicroseconds: kernel.clock.microseconds(), then: context.job)
        guard kernel.commands.put(.command(command)) else { throw kernel.notTaken }
        context.isPassedOn = true
    }

    /// - Parameter parked: the deliveries of events that were set aside before; nil for a page at the cursor.
    private static func write(
        _ events: [EventRecord], _ handOut: ConsumerBook.HandOut, _ claim: ConsumerBook.Claim, next: Int64,
        parked: [Int64: Int]? = nil, _ context: inout QueryContext
    ) {
        context.result.member("lease_token", claim.token)
        context.result.member("lease_until", handOut.leaseUntil)
        context.result.member("pending", max(0, context.head.seq - next))
        context.result.name("events")
        context.result.beginArray()
        for event in events {
            context.result.beginObject()
            context.result.member("seq", event.seq)
            context.result.member("prev", event.prev)
            context.result.member("deliveries", Int64(parked?[event.seq] ?? handOut.deliveries.count(event.seq)))
            if parked != nil { context.result.member("parked", true) }
            context.result.name("event")
            context.result.raw(event.body)
            context.result.endObject()
        }
        context.result.endArray()
        context.result.member("next_after_seq", next)
        context.result.member("head_seq", context.head.seq)
        context.result.member("epoch", context.head.epoch)
    }
}

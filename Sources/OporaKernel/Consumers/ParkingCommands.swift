import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Setting events aside that a consumer can't deal with, and trying them again.
enum ParkingCommands {
    static let all: [CommandMethod] = [
        CommandMethod(
            "consumer.park", "name seq reason lease_token", "Sets an event aside; everything before it is dealt with."
        ) { try park(&$0) },
        CommandMethod("consumer.parked_retry", "name seq?", "Hands events that were set aside out once more.") { context in
            var record = try context.consumer(try context.params.name("name"))
            let events = try chosen(record, context)
            let fresh = events.filter { !$0.isRetried }
            for var event in fresh {
                event.isRetried = true
                context.commit.parked.append(event)
            }
            if !fresh.isEmpty {
                record.retrying += fresh.count
                context.keepAndStir(record)
            }
            context.result.member("retried", Int64(events.count))
        },
        CommandMethod("consumer.parked_drop", "name seq?", "Forgets events that were set aside.") { context in
            var record = try context.consumer(try context.params.name("name"))
            let events = try chosen(record, context)
            if !events.isEmpty {
                context.drop(events, of: &record)
                context.keep(record)
            }
            context.result.member("dropped", Int64(events.count))
        },
    ]

    /// What the kernel does by itself in front of a fetch. No caller can name these.
    static let own: [String: CommandMethod] = Dictionary(
        uniqueKeysWithValues: [
            CommandMethod("$consumer.park", "name lease_token", "Sets the first event aside, which was handed out too often.") {
                try parkWornOut(&$0)
            },
            CommandMethod("$consumer.retry", "name lease_token max", "Takes what is to be handed out once more.") {
                try takeRetried(&$0)
            },
        ].map { ($0.spec.name, $0) })

    private static func park(_ context: inout CommandContext) throws {
        let params = context.params
        let name = try params.name("name")
        let seq = try params.int("seq", in: 1...Limits.safeInteger)
        let reason = try params.text("reason", max: Limits.reasonCharacters)
        let token = try params.text("lease_token", max: 128)
        var record = try context.consumer(name)
        try context.requireOldLease(name)
        let deliveries = try context.consumers.checkPark(name, seq: seq, token: token, now: context.now)
        if seq > record.ackedSeq {
            guard record.parked < ConsumerBook.parkedEvents else {
                throw RPCError(
                    .quotaExceeded, "\(name) has set \(ConsumerBook.parkedEvents) events aside already; drop or retry some first")
            }
            // What it was not given it can't set aside: it might not even be allowed to see it.
            guard let event = try context.store.event(seq), record.wants(event), context.identity.maySee(event.name.stream) else {
                throw RPCError(
                    .ackOutOfRange, "\(seq) was not delivered to \(name)",
                    data: JSONObject([("delivered_seq", .int(record.ackedSeq))]))
            }
            try context.park(seq, of: &record, reason, deliveries: deliveries, by: nil)
        }
        context.result.member("acked_seq", record.ackedSeq)
    }

    private static func parkWornOut(_ context: inout CommandContext) throws {
        let name = try context.params.name("name")
        let token = try context.params.text("lease_token", max: 128)
        var record = try context.consumer(name)
        try context.requireOldLease(name)
        // Another fetch may have been quicker.
        guard let (seq, deliveries) = try context.consumers.wornOut(name, token: token), seq > record.ackedSeq else { return }
        try context.park(
            seq, of: &record, "handed out \(deliveries) times without an acknowledgement", deliveries: deliveries, by: .kernel)
    }

    private static func takeRetried(_ context: inout CommandContext) throws {
        var record = try context.consumer(try context.params.name("name"))
        try context.requireOldLease(record.name)
        try context.consumers.checkLease(record.name, token: try context.params.text("lease_token", max: 128))
        let limit = Int(try context.params.int("max", in: 1...Int64(Limits.fetchEvents)))
        let waiting = try context.store.parked(ParkedQuery(consumer: record.name, isRetried: true, limit: limit))
        var bytes = 0
        for var event in waiting {
            bytes += try context.store.event(event.seq)?.body.count ?? 0
            if bytes > Limits.answerEventBytes, !context.effects.retried.isEmpty { break }
            event.isRetried = false
            event.deliveries += 1
            context.commit.parked.append(event)
            context.effects.retried.append(event.seq)
        }
        record.retrying -= context.effects.retried.count
        if waiting.count < limit, context.effects.retried.count == waiting.count { record.retrying = 0 }
        context.keep(record)
    }

    /// The one that `seq` names, or all.
    private static func chosen(_ record: ConsumerRecord, _ context: CommandContext) throws -> [ParkedEvent] {
        guard let seq = try context.params.optionalInt("seq", in: 1...Limits.safeInteger) else {
            return try context.store.parked(ParkedQuery(consumer: record.name, limit: ConsumerBook.parkedEvents))
        }
        let found = try context.store.parked(ParkedQuery(consumer: record.name, after: seq - 1, before: seq + 1, limit: 1))
        if found.isEmpty { throw Rejection.notFound(kind: "parked event", id: "\(seq)") }
        return found
    }
}

extension CommandContext {
    /// Sets an event aside and goes on after it.
    /// - Parameter cause: who does it; the caller, unless another is named.
    mutating func park(
        _ seq: Int64, of record: inout ConsumerRecord, _ reason: String, deliveries: Int, by cause: Cause?
    ) throws {
        // It may have been set aside before, if the consumer was put back since.
        let known = try store.parked(ParkedQuery(consumer: record.name, after: seq - 1, before: seq + 1, limit: 1))
        commit.parked.append(
            ParkedEvent(consumer: record.name, seq: seq, reason: reason, deliveries: deliveries, parkedAt: now))
        record.ackedSeq = seq
        record.parked += 1 - known.count
        record.retrying -= known.filter(\.isRetried).count
        noteProgress(&record)
        let fact = EventDraft(
            .consumerParked, subject: "consumer/\(record.name)", at: now, entityVersion: 0,
            data: [
                "consumer": .string(record.name), "seq": .int(seq), "deliveries": .int(Int64(deliveries)),
                "by": .string(cause == nil ? "holder" : "kernel"),
            ])
        try self.record([fact], by: cause)
        keep(record)
    }

    /// Forgets events that were set aside.
    mutating func drop(_ events: [ParkedEvent], of record: inout ConsumerRecord) {
        commit.unparked += events
        record.parked -= events.count
        record.retrying -= events.filter(\.isRetried).count
    }
}

extension ConsumerRecord {
    /// Whether an event is one of those that the consumer reads.
    func wants(_ event: EventRecord) -> Bool {
        (streams.isEmpty || streams.contains(event.name.stream)) && (types.isEmpty || types.contains(event.name))
    }
}

import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// What can be done to durable consumers.
enum ConsumerCommands {
    /// Types of events that one consumer may name.
    static let types = 100

    static let all: [CommandMethod] = [
        CommandMethod(
            "consumer.ensure", "name start streams? types? max_deliver?", "Makes a durable consumer where there is none."
        ) { try ensure(&$0) },
        CommandMethod("consumer.ack", "name seq lease_token", "Everything up to this position is dealt with.") { try ack(&$0) },
        CommandMethod("consumer.pause", "name", "Lets a consumer's fetches give nothing.") { context in
            try change(&context, from: .active, to: .paused)
        },
        CommandMethod("consumer.resume", "name", "Lets a paused consumer's fetches give events again.") { context in
            try change(&context, from: .paused, to: .active)
        },
        CommandMethod("consumer.seek", "name to", "Puts a consumer elsewhere in the log and ends its lease.") { try seek(&$0) },
        CommandMethod("consumer.delete", "name", "Takes a durable consumer away, with what it set aside.") { context in
            let record = try context.consumer(try context.params.name("name"))
            context.state.consumers[record.name] = nil
            context.state.voided.insert(record.name)
            context.commit.deletedConsumers.append(record.name)
            context.effects.changed.append(record.name)
            context.effects.stirred.append(record.name)
        },
    ]

    private static func ensure(_ context: inout CommandContext) throws {
        let params = context.params
        let name = try params.name("name")
        let place = try LogPlace.read("start", params)
        let streams = unique(try params.words("streams") ?? [] as [EventStream])
        let types = unique(try params.eventNames("types"))
        let maxDeliver = try params.optionalInt("max_deliver", in: 1...Limits.deliveries).map { Int($0) }
        guard types.count <= Self.types else {
            throw RPCError.invalid("/types", "range", "has more than \(Self.types) types; leave it out to read all")
        }
        if context.state.consumers[name] != nil {
            return try confirm(try context.consumer(name), streams, types, maxDeliver, &context)
        }
        guard context.state.consumers.count < Limits.consumers else {
            throw RPCError(.quotaExceeded, "there are \(Limits.consumers) consumers already; delete one that nobody needs")
        }
        var record = ConsumerRecord(
            name: name, owner: context.identity.name, streams: streams, types: types, ackedSeq: try place.seq("start", context),
            maxDeliver: maxDeliver ?? Int(Limits.deliveriesDefault))
        record.warnedPercent = context.lagRule.excused(lag: context.lag(record.ackedSeq))
        context.beginAnew(name)
        context.keepAndStir(record)
        context.answer(record)
        context.result.member("created", true)
    }

    /// The consumer is there already: it must be the one that is meant, and it stays where it is.
    private static func confirm(
        _ known: ConsumerRecord, _ streams: [EventStream], _ types: [EventName], _ maxDeliver: Int?,
        _ context: inout CommandContext
    ) throws {
        guard Set(known.streams) == Set(streams), Set(known.types) == Set(types) else {
            let words = known.streams.map(\.rawValue) + known.types.map(\.text)
            throw RPCError(
                .consumerDiffers,
                "\(known.name) reads \(words.isEmpty ? "all events" : words.joined(separator: ", ")); delete it first to change that"
            )
        }
        var record = known
        if let maxDeliver, maxDeliver != known.maxDeliver {
            record.maxDeliver = maxDeliver
            context.keep(record)
        }
        context.answer(record)
        context.result.member("created", false)
    }

    private static func unique<T: Hashable>(_ words: [T]) -> [T] {
        var seen: Set<T> = []
        return words.filter { seen.insert($0).inserted }
    }

    private static func ack(_ context: inout CommandContext) throws {
        let name = try context.params.name("name")
        let seq = try context.params.int("seq", in: 0...Limits.safeInteger)
        let token = try context.params.text("lease_token", max: 128)
        var record = try context.consumer(name)
        try context.requireOldLease(name)
        try context.consumers.checkAck(name, seq: seq, token: token, now: context.now)
        if seq > record.ackedSeq {
            record.ackedSeq = seq
            context.noteProgress(&record)
            context.keep(record)
        }
        context.result.member("acked_seq", record.ackedSeq)
    }

    /// A consumer that is in another state stays in it: a lost one comes back by `consumer.seek` alone.
    private static func change(
        _ context: inout CommandContext, from before: ConsumerRecord.State, to after: ConsumerRecord.State
    ) throws {
        var record = try context.consumer(try context.params.name("name"))
        if record.state == before {
            record.state = after
            context.keepAndStir(record)
        }
        context.answer(record)
    }

    private static func seek(_ context: inout CommandContext) throws {
        let params = context.params
        var record = try context.consumer(try params.name("name"))
        let before = record.ackedSeq
        record.ackedSeq = try LogPlace.read("to", params).seq("to", context)
        if record.state == .lost { record.state = .active }
        record.warnedPercent = context.lagRule.excused(lag: context.lag(record.ackedSeq))
        let fact = EventDraft(
            .consumerMoved, subject: "consumer/\(record.name)", at: context.now, entityVersion: 0,
            data: ["consumer": .string(record.name), "before": .int(before), "after": .int(record.ackedSeq)])
        try context.record([fact])
        context.beginAnew(record.name)
        context.keepAndStir(record)
        context.answer(record)
    }
}

extension CommandContext {
    /// A consumer that has caught up is told of anew when it falls behind again.
    mutating func noteProgress(_ record: inout ConsumerRecord) {
        guard record.warnedPercent > 0, lag(record.ackedSeq) < lagRule.threshold(50) else { return }
        record.warnedPercent = 0
        state.lagAlarm = 0
    }
}

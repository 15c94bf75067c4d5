import OporaProtocol
import OporaStore
import OporaTime

/// What can be done to durable consumers.
enum ConsumerCommands {
    static let all: [CommandMethod] = [
        CommandMethod("consumer.ensure", "name start streams?", "Makes a durable consumer where there is none.") {
            try ensure(&$0)
        },
        CommandMethod("consumer.ack", "name seq lease_token", "Everything up to this position is dealt with.") { context in
            let name = try context.params.name("name")
            let seq = try context.params.int("seq", in: 0...Limits.safeInteger)
            let token = try context.params.text("lease_token", max: 128)
            try context.consumers.checkAck(name, seq: seq, token: token, now: context.now)
            var record = try record(name, context)
            try checkOwner(record, context)
            if seq > record.ackedSeq {
                record.ackedSeq = seq
                keep(record, &context)
            }
            context.result.member("acked_seq", record.ackedSeq)
        },
        CommandMethod("consumer.delete", "name", "Takes a durable consumer away.") { context in
            let name = try context.params.name("name")
            try checkOwner(try record(name, context), context)
            context.state.consumers[name] = nil
            context.commit.deletedConsumers.append(name)
        },
    ]

    private static func ensure(_ context: inout CommandContext) throws {
        let name = try context.params.name("name")
        let streams: [EventStream] = try context.params.words("streams") ?? []
        let start = try start(context)
        let known = context.state.consumers[name]
        let record = known ?? ConsumerRecord(name: name, owner: context.identity.name, streams: streams, ackedSeq: start)
        try checkOwner(record, context)
        guard Set(record.streams) == Set(streams) else {
            let known = record.streams.map(\.rawValue).joined(separator: ", ")
            throw RPCError(
                .consumerDiffers, "\(name) reads \(known.isEmpty ? "all streams" : known); delete it first to change that")
        }
        if known == nil {
            guard context.state.consumers.count < Limits.consumers else {
                throw RPCError(.quotaExceeded, "there are \(Limits.consumers) consumers already; delete one that nobody needs")
            }
            keep(record, &context)
        }
        let head = context.state.head.seq
        context.result.member(
            "consumer",
            [
                "name": .string(record.name), "owner": .string(record.owner),
                "streams": .array(record.streams.map { .string($0.rawValue) }), "acked_seq": .int(record.ackedSeq),
                "lag": .int(max(0, head - record.ackedSeq)),
            ])
        context.result.member("created", known == nil)
    }

    private static func record(_ name: String, _ context: CommandContext) throws -> ConsumerRecord {
        guard let record = context.state.consumers[name] else { throw ConsumerBook.missing(name) }
        return record
    }

    private static func keep(_ record: ConsumerRecord, _ context: inout CommandContext) {
        context.state.consumers[record.name] = record
        context.commit.consumers.append(record)
    }

    private static func start(_ context: CommandContext) throws -> Int64 {
        let head = context.state.head.seq
        let start = try context.params.optionalObject("start")
        if let seq = start?["after_seq"]?.int {
            guard (0...head).contains(seq) else {
                throw RPCError.invalid("/start/after_seq", "range", "must lie from 0 to \(head)")
            }
            return seq
        }
        switch start?["from"]?.string {
        case "beginning": return 0
        case "now": return head
        default:
            throw RPCError.invalid("/start", "enum", "{\"from\": \"beginning\"}, {\"from\": \"now\"} or {\"after_seq\": n}")
        }
    }

    private static func checkOwner(_ record: ConsumerRecord, _ context: CommandContext) throws {
        if let refusal = ConsumerBook.refusal(record, context.identity) { throw refusal }
    }
}

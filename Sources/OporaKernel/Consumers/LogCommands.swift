import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// How far the copy of the desk is that a command wants to have before it changes something.
enum SnapshotStep: Hashable, Sendable {
    case none
    /// The command runs again once the copy is written.
    case wanted
    case made(String)

    var path: String? { if case .made(let path) = self { path } else { nil } }
}

/// What the operator can do to the log.
enum LogCommands {
    static let all: [CommandMethod] = [
        CommandMethod(
            "log.truncate", "before_seq snapshot?", "Takes the events below a position out of the log, after writing a copy."
        ) { try truncate(&$0) }
    ]

    private static func truncate(_ context: inout CommandContext) throws {
        let head = context.state.head
        let before = try context.params.int("before_seq", in: 0...Limits.safeInteger)
        let wantsSnapshot = try context.params.optionalBool("snapshot") ?? true
        guard before <= head.seq + 1 else {
            throw RPCError.invalid("/before_seq", "range", "lies beyond the log, which ends at \(head.seq)")
        }
        guard before > head.firstSeq else { return context.result.member("first_seq", head.firstSeq) }
        let places = context.state.places(context.consumers)
        for record in context.state.consumers.values.sorted(by: { $0.name < $1.name }) where record.state != .lost {
            try checkHold(record, max(record.ackedSeq, places[record.name] ?? 0), before, context)
        }
        if wantsSnapshot, context.snapshot == .none {
            context.snapshot = .wanted
            return
        }
        try settle(before, places, &context)
        context.commit.firstSeq = before
        context.state.head.firstSeq = before
        let fact = EventDraft(
            .logTruncated, subject: "kernel/log", at: context.now, entityVersion: 0,
            data: ["first_seq": .int(before), "snapshot": context.snapshot.path.map { .string($0) } ?? .null])
        try context.record([fact])
        context.result.member("first_seq", before)
        if let path = context.snapshot.path { context.result.member("snapshot", path) }
    }

    /// Refuses to take away what a consumer still needs.
    private static func checkHold(
        _ record: ConsumerRecord, _ place: Int64, _ before: Int64, _ context: CommandContext
    ) throws {
        if place < before - 1 {
            throw held(record, place, "\(record.name) has dealt with the log only up to \(place)")
        }
        let query = ParkedQuery(consumer: record.name, before: before, limit: 1)
        if record.parked > 0, let event = try context.store.parked(query).first {
            throw held(record, place, "\(record.name) has set the event \(event.seq) aside; retry or drop it first")
        }
    }

    private static func held(_ record: ConsumerRecord, _ place: Int64, _ reason: String) -> RPCError {
        let detail: JSON = ["path": "/before_seq", "rule": "rule", "message": .string(reason)]
        return RPCError(
            .validationFailed, "before_seq: \(reason)",
            data: JSONObject([("details", [detail]), ("consumer", .string(record.name)), ("acked_seq", .int(place))]))
    }

    /// Puts consumers that have nothing before the cut to read on its other side, and forgets what lost ones had set aside there.
    private static func settle(_ before: Int64, _ places: [String: Int64], _ context: inout CommandContext) throws {
        for var record in context.state.consumers.values {
            if record.state != .lost {
                guard record.ackedSeq < before - 1 else { continue }
                record.ackedSeq = max(record.ackedSeq, places[record.name] ?? 0)
            } else {
                let query = ParkedQuery(consumer: record.name, before: before, limit: ConsumerBook.parkedEvents)
                let gone = record.parked > 0 ? try context.store.parked(query) : []
                if gone.isEmpty { continue }
                context.drop(gone, of: &record)
            }
            context.keep(record)
        }
    }
}

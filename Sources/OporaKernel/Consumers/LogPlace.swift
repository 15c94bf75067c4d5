import OporaProtocol
import OporaStore
import OporaTime

/// A place in the log as callers name it: `{"from": "beginning"}`, `{"from": "now"}`, `{"after_seq": 919}`, `{"at": "<time>"}`.
enum LogPlace: Hashable, Sendable {
    case beginning
    case now
    case after(Int64)
    case at(Timestamp)

    static func read(_ name: String, _ params: Params) throws(RPCError) -> LogPlace {
        let object = try params.optionalObject(name) ?? JSONObject()
        guard object.members.count == 1, let member = object.members.first else { throw wrong(name) }
        switch (member.name, member.value) {
        case ("from", "beginning"): return .beginning
        case ("from", "now"): return .now
        case ("after_seq", .int(let seq)): return .after(seq)
        case ("at", let value): return .at(try Params.time(value, "/\(name)/at"))
        default: throw wrong(name)
        }
    }

    private static func wrong(_ name: String) -> RPCError {
        .invalid(
            "/\(name)", "enum", #"must be one of {"from": "beginning"}, {"from": "now"}, {"after_seq": n}, {"at": "<time>"}"#)
    }

    /// The position of the last event before the place.
    func seq(_ name: String, _ context: CommandContext) throws -> Int64 {
        let head = context.state.head
        switch self {
        case .beginning: return head.firstSeq - 1
        case .now: return head.seq
        case .after(let seq):
            guard (0...head.seq).contains(seq) else {
                throw RPCError.invalid("/\(name)/after_seq", "range", "must lie from 0 to \(head.seq)")
            }
            guard seq >= head.firstSeq - 1 else { throw RPCError.truncated(head) }
            return seq
        case .at(let instant):
            guard head.seq >= head.firstSeq else { return head.seq }
            return try context.store.lastSeq(before: instant, in: head.firstSeq...head.seq)
        }
    }
}

extension RPCError {
    /// What was asked for was taken out of the log.
    static func truncated(_ head: LogHead) -> RPCError {
        RPCError(
            .logTruncated, "the log begins at \(head.firstSeq); what came before is in the snapshots that were made then",
            data: JSONObject([("first_seq", .int(head.firstSeq))]))
    }
}

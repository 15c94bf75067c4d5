import OporaProtocol
import OporaStore
import OporaTime
import Synchronization

extension ConsumerBook {
    /// A consumer as callers see it.
    func json(_ name: String, head: Int64, now: Timestamp) throws(RPCError) -> JSON {
        guard let entry = state.withLock({ $0.entries[name] }) else { throw Self.missing(name) }
        return Self.json(entry.record, entry, head, now)
    }

    /// A consumer as it will stand after a commit.
    /// - Parameter isAnew: it begins anew, with no lease.
    func json(_ record: ConsumerRecord, isAnew: Bool, head: Int64, now: Timestamp) -> JSON {
        Self.json(record, isAnew ? nil : state.withLock { $0.entries[record.name] }, head, now)
    }

    /// All consumers in order of name.
    func all(head: Int64, now: Timestamp) -> [JSON] {
        state.withLock { $0.entries.values.sorted { $0.record.name < $1.record.name } }.map {
            Self.json($0.record, $0, head, now)
        }
    }

    private static func json(_ record: ConsumerRecord, _ entry: Entry?, _ head: Int64, _ now: Timestamp) -> JSON {
        let lease = entry?.lease.flatMap { $0.until > now ? $0 : nil }
        return [
            "name": .string(record.name), "owner": .string(record.owner),
            "streams": .array(record.streams.map { .string($0.rawValue) }),
            "types": .array(record.types.map { .string($0.text) }), "acked_seq": .int(record.ackedSeq),
            "lag": .int(max(0, head - max(record.ackedSeq, entry?.clearUntil ?? 0))), "state": .string(record.state.rawValue),
            "parked": .int(Int64(record.parked)), "max_deliver": .int(Int64(record.maxDeliver)),
            "holder": .optional(lease?.holder.name), "lease_until": .optional(lease?.until.text),
        ]
    }
}

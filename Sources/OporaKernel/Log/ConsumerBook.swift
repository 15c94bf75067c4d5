import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime
import Synchronization

/// All durable consumers as they stand on disk, and who holds which. Leases are in memory alone.
final class ConsumerBook: Sendable {
    private struct Lease {
        var token: String
        var holder: String
        var until: Timestamp
        /// The furthest position that was handed out under it.
        var delivered: Int64
    }

    private struct Entry {
        var record: ConsumerRecord
        /// Nothing that the consumer wants lies between its cursor and here.
        var clearUntil: Int64
        var lease: Lease?
    }

    private struct State {
        var entries: [String: Entry] = [:]
        var nextToken: Int64 = 1
    }

    private let state = Mutex(State())
    private let instanceID: String

    init(instanceID: String) { self.instanceID = instanceID }

    func load(_ records: [ConsumerRecord]) {
        state.withLock { state in
            for record in records { state.entries[record.name] = Entry(record: record, clearUntil: record.ackedSeq) }
        }
    }

    /// Takes over how the consumers stand after a commit. What has begun anew has no lease and nothing behind it.
    func adopt(_ records: [String: ConsumerRecord]) {
        state.withLock { state in
            for name in state.entries.keys where records[name] == nil { state.entries[name] = nil }
            for record in records.values {
                guard let known = state.entries[record.name], known.record.owner == record.owner,
                    known.record.streams == record.streams, known.record.ackedSeq <= record.ackedSeq
                else {
                    state.entries[record.name] = Entry(record: record, clearUntil: record.ackedSeq)
                    continue
                }
                state.entries[record.name]?.record = record
                state.entries[record.name]?.clearUntil = max(known.clearUntil, record.ackedSeq)
            }
        }
    }

    /// Where looking for a consumer begins: its cursor, or past what it does not want after it.
    func place(_ name: String, token: String) throws(RPCError) -> Int64 {
        guard let entry = state.withLock({ $0.entries[name] }) else { throw Self.missing(name) }
        guard entry.lease?.token == token else { throw Self.lost(name) }
        return max(entry.clearUntil, entry.record.ackedSeq)
    }

    /// A consumer belongs to the identity that made it; the kernel's own account may do everything.
    static func refusal(_ record: ConsumerRecord, _ identity: Identity) -> RPCError? {
        guard record.owner != identity.name, !identity.roles.contains("owner") else { return nil }
        return RPCError(.forbidden, "\(record.name) belongs to \(record.owner)")
    }

    static func missing(_ name: String) -> RPCError {
        RPCError(.consumerNotFound, "there is no consumer \(name); make it with consumer.ensure")
    }

    /// What a fetch may begin with.
    struct Claim: Sendable {
        var record: ConsumerRecord
        var token: String
    }

    /// Takes or renews the lease for a fetch.
    /// - Parameter token: the lease that the caller holds; without one, a free consumer is given.
    func claim(
        _ name: String, identity: Identity, holder: String, token: String?, now: Timestamp
    ) throws(RPCError) -> Claim {
        let result: Result<Claim, RPCError> = state.withLock { state in
            guard var entry = state.entries[name] else { return .failure(Self.missing(name)) }
            if let refusal = Self.refusal(entry.record, identity) { return .failure(refusal) }
            if let lease = entry.lease, lease.until > now, lease.token != token {
                return .failure(token == nil ? Self.busy(name, lease.holder, lease.until) : Self.lost(name))
            }
            if let token, entry.lease?.token != token { return .failure(Self.lost(name)) }
            if entry.lease == nil || token == nil {
                entry.lease = Lease(
                    token: "\(instanceID)-\(state.nextToken)", holder: holder, until: now, delivered: entry.record.ackedSeq)
                state.nextToken += 1
            }
            entry.lease?.until = now + Limits.leaseMilliseconds
            state.entries[name] = entry
            return .success(
                Claim(record: entry.record, token: entry.lease?.token ?? ""))
        }
        return try result.get()
    }

    /// Remembers how far a look for a consumer went.
    /// - Parameter foundNothing: nothing that it wants lies before `reached`.
    /// - Returns: until when the lease is renewed. A look under a lease that is over counts for nothing.
    func delivered(_ name: String, token: String, upTo reached: Int64, foundNothing: Bool, now: Timestamp) throws(RPCError)
        -> Timestamp
    {
        let until: Timestamp? = state.withLock { state in
            guard var entry = state.entries[name], entry.lease?.token == token else { return nil }
            if foundNothing { entry.clearUntil = max(entry.clearUntil, reached) }
            if let delivered = entry.lease?.delivered { entry.lease?.delivered = max(delivered, reached) }
            entry.lease?.until = now + Limits.leaseMilliseconds
            state.entries[name] = entry
            return now + Limits.leaseMilliseconds
        }
        guard let until else { throw Self.lost(name) }
        return until
    }

    /// Refuses an ack that the lease does not cover; renews the lease for one that it does.
    func checkAck(_ name: String, seq: Int64, token: String, now: Timestamp) throws(RPCError) {
        let refusal: RPCError? = state.withLock { state in
            guard var entry = state.entries[name] else { return Self.missing(name) }
            guard var lease = entry.lease, lease.token == token else { return Self.lost(name) }
            guard seq <= lease.delivered else {
                return RPCError(
                    .ackOutOfRange, "\(seq) was not delivered under this lease, only up to \(lease.delivered)",
                    data: JSONObject([("delivered_seq", .int(lease.delivered))]))
            }
            lease.until = now + Limits.leaseMilliseconds
            entry.lease = lease
            state.entries[name] = entry
            return nil
        }
        if let refusal { throw refusal }
    }

    /// Ends the leases that an instance of a plugin held.
    func release(holder: String) {
        state.withLock { state in
            for (name, entry) in state.entries where entry.lease?.holder == holder { state.entries[name]?.lease = nil }
        }
    }

    private static func busy(_ name: String, _ holder: String, _ until: Timestamp) -> RPCError {
        RPCError(
            .consumerBusy, "\(name) is held by \(holder) until \(until.text)",
            data: JSONObject([("holder", .string(holder)), ("lease_until", .string(until.text))]))
    }

    private static func lost(_ name: String) -> RPCError {
        RPCError(.leaseLost, "this lease on \(name) is over; fetch again without a token")
    }

    /// A consumer as callers see it.
    func json(_ name: String, head: Int64, now: Timestamp) throws(RPCError) -> JSON {
        guard let entry = state.withLock({ $0.entries[name] }) else { throw Self.missing(name) }
        return Self.json(entry, head, now)
    }

    /// All consumers in order of name.
    func all(head: Int64, now: Timestamp) -> [JSON] {
        state.withLock { $0.entries.values.sorted { $0.record.name < $1.record.name } }.map { Self.json($0, head, now) }
    }

    private static func json(_ entry: Entry, _ head: Int64, _ now: Timestamp) -> JSON {
        let record = entry.record
        let isHeld = entry.lease.map { $0.until > now } ?? false
        return [
            "name": .string(record.name), "owner": .string(record.owner),
            "streams": .array(record.streams.map { .string($0.rawValue) }), "acked_seq": .int(record.ackedSeq),
            "lag": .int(max(0, head - max(record.ackedSeq, entry.clearUntil))),
            "holder": isHeld ? .optional(entry.lease?.holder) : nil,
        ]
    }
}

import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime
import Synchronization

/// All durable consumers as they stand on disk, who holds which, and what was handed out. The latter two are in memory alone.
final class ConsumerBook: Sendable {
    struct Entry {
        var record: ConsumerRecord
        /// Nothing that the consumer wants lies between its cursor and here.
        var clearUntil: Int64
        var lease: ConsumerLease?
        var deliveries = Deliveries()

        init(_ record: ConsumerRecord) {
            self.record = record
            clearUntil = record.ackedSeq
        }

        /// Where looking for it begins.
        var place: Int64 { max(clearUntil, record.ackedSeq) }
    }

    struct State {
        var entries: [String: Entry] = [:]
        var nextToken: Int64 = 1
    }

    let state = Mutex(State())
    let instanceID: String
    let lagRule: LagRule

    init(instanceID: String, lagLimit: Int64) {
        self.instanceID = instanceID
        lagRule = LagRule(limit: lagLimit)
    }

    func load(_ records: [ConsumerRecord]) {
        state.withLock { state in
            for record in records { state.entries[record.name] = Entry(record) }
        }
    }

    /// Takes over how some consumers stand after a commit.
    /// - Parameters:
    ///   - names: those that were changed.
    ///   - anew: those that begin anew: no lease, and nothing behind them.
    ///   - records: all that there are.
    func adopt(_ names: [String], anew: [String], from records: [String: ConsumerRecord]) {
        state.withLock { state in
            for name in anew { state.entries[name] = nil }
            for name in names {
                guard let record = records[name] else {
                    state.entries[name] = nil
                    continue
                }
                guard state.entries[name] != nil else {
                    state.entries[name] = Entry(record)
                    continue
                }
                state.entries[name]?.record = record
                state.entries[name]?.deliveries.forget(upTo: record.ackedSeq)
            }
        }
    }

    /// How far each consumer was looked through.
    var places: [String: Int64] { state.withLock { $0.entries.mapValues(\.place) } }

    /// Ends the leases that a session held.
    func release(session: String) {
        state.withLock { state in
            for (name, entry) in state.entries where entry.lease?.holder.session == session { state.entries[name]?.lease = nil }
        }
    }

    /// A consumer belongs to the identity that made it; the kernel's own account may do everything.
    static func refusal(_ record: ConsumerRecord, _ identity: Identity) -> RPCError? {
        guard record.owner != identity.name, !identity.roles.contains("owner") else { return nil }
        return RPCError(.forbidden, "\(record.name) belongs to \(record.owner)")
    }

    static func missing(_ name: String) -> RPCError {
        RPCError(.consumerNotFound, "there is no consumer \(name); make it with consumer.ensure")
    }
}

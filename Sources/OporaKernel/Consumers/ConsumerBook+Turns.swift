import OporaProtocol
import OporaStore
import OporaTime
import Synchronization

extension ConsumerBook {
    /// Events that a consumer may set aside; with as many, its first event waits instead.
    static let parkedEvents = 10_000

    /// What a fetch is to do now.
    enum Turn: Sendable {
        /// Look for events after here.
        /// - Parameter isAlone: the first one goes out by itself.
        case read(after: Int64, isAlone: Bool)
        /// Nothing goes out: the consumer is paused, or its first event rests until an instant.
        case rest(at: Int64, until: Timestamp?)
        /// Set the first event aside, then look again: it was handed out too often.
        case park
        /// Hand out what was set aside and is to be tried again.
        case retry
    }

    /// Decides what a fetch does; renews its lease.
    func turn(_ name: String, token: String, now: Timestamp, firstSeq: Int64) throws(RPCError) -> Turn {
        let result: Result<Turn, RPCError> = state.withLock { state in
            guard let entry = state.entries[name] else { return .failure(Self.missing(name)) }
            guard entry.lease?.token == token else { return .failure(Self.leaseLost(name)) }
            if entry.record.state == .lost { return .failure(Self.givenUp(name, firstSeq)) }
            state.entries[name]?.lease?.until = now + Limits.leaseMilliseconds
            if entry.record.state == .paused { return .success(.rest(at: entry.place, until: nil)) }
            if entry.record.retrying > 0 { return .success(.retry) }
            if Self.isWornOut(entry) { return .success(.park) }
            if let until = entry.deliveries.restsUntil, until > now { return .success(.rest(at: entry.place, until: until)) }
            return .success(.read(after: entry.place, isAlone: entry.deliveries.isAlone))
        }
        return try result.get()
    }

    /// What was handed out in a page, for its answer.
    struct HandOut: Sendable {
        var deliveries: Deliveries
        var leaseUntil: Timestamp
        /// Where the next look begins, as long as nothing is acknowledged.
        var place: Int64
    }

    /// Remembers what a look for a consumer found. A look under a lease that is over counts for nothing.
    func found(_ page: EventPage, for name: String, token: String, now: Timestamp) throws(RPCError) -> HandOut {
        try update(name, token, now) { entry in
            // What lies before the first event that it wants is passed over for good.
            entry.clearUntil = max(entry.clearUntil, page.events.first.map { $0.seq - 1 } ?? page.reached)
            let delivered = entry.lease?.delivered ?? 0
            entry.lease?.delivered = max(delivered, page.reached)
            if let first = page.events.first, let last = page.events.last {
                entry.deliveries.handOut(first: first.seq, last: last.seq, now: now)
            }
        }
    }

    /// Renews the lease of a fetch that hands nothing new out.
    func renew(_ name: String, token: String, now: Timestamp) throws(RPCError) -> HandOut {
        try update(name, token, now) { _ in }
    }

    private func update(
        _ name: String, _ token: String, _ now: Timestamp, _ change: (inout Entry) -> Void
    ) throws(RPCError) -> HandOut {
        let handOut: HandOut? = state.withLock { state in
            guard var entry = state.entries[name], entry.lease?.token == token else { return nil }
            let until = now + Limits.leaseMilliseconds
            entry.lease?.until = until
            change(&entry)
            state.entries[name] = entry
            return HandOut(deliveries: entry.deliveries, leaseUntil: until, place: entry.place)
        }
        guard let handOut else { throw Self.leaseLost(name) }
        return handOut
    }

    /// The event that the kernel sets aside, and how often it was handed out; nil where none is to be.
    func wornOut(_ name: String, token: String) throws(RPCError) -> (seq: Int64, deliveries: Int)? {
        guard let entry = state.withLock({ $0.entries[name] }) else { throw Self.missing(name) }
        guard entry.lease?.token == token else { throw Self.leaseLost(name) }
        return Self.isWornOut(entry) ? (entry.deliveries.first, entry.deliveries.count(entry.deliveries.first)) : nil
    }

    private static func isWornOut(_ entry: Entry) -> Bool {
        entry.deliveries.attempts >= entry.record.maxDeliver && entry.record.parked < parkedEvents
    }

    static func givenUp(_ name: String, _ firstSeq: Int64) -> RPCError {
        RPCError(
            .logTruncated,
            "\(name) fell too far behind and was given up; the log begins at \(firstSeq); consumer.seek puts it somewhere",
            data: JSONObject([("first_seq", .int(firstSeq))]))
    }
}

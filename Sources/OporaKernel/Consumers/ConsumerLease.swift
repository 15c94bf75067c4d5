import OporaProtocol
import OporaStore
import OporaTime
import Synchronization

/// The right of one instance to read for a consumer, for a while.
struct ConsumerLease: Sendable {
    var token: String
    var holder: Holder
    var until: Timestamp
    /// The furthest position that was handed out or passed over under it.
    var delivered: Int64

    /// Who holds it: an instance of a plugin, or an identity that has not greeted.
    struct Holder: Sendable {
        /// For people.
        var name: String
        /// The session with whose end it ends.
        var session: String?

        init(_ session: Session?, _ identity: Identity) {
            name = session?.holder ?? identity.name
            self.session = session?.id
        }
    }
}

extension ConsumerBook {
    /// What a fetch may begin with.
    struct Claim: Sendable {
        var record: ConsumerRecord
        var token: String
    }

    /// Takes or renews the lease for a fetch.
    /// - Parameter token: the lease that the caller holds; without one, a free consumer is given.
    func claim(
        _ name: String, identity: Identity, holder: ConsumerLease.Holder, token: String?, now: Timestamp
    ) throws(RPCError) -> Claim {
        let result: Result<Claim, RPCError> = state.withLock { state in
            guard var entry = state.entries[name] else { return .failure(Self.missing(name)) }
            if let refusal = Self.refusal(entry.record, identity) { return .failure(refusal) }
            if let lease = entry.lease, lease.until > now, lease.token != token {
                return .failure(token == nil ? Self.busy(name, lease.holder.name, lease.until) : Self.leaseLost(name))
            }
            if let token, entry.lease?.token != token { return .failure(Self.leaseLost(name)) }
            if entry.lease == nil || token == nil {
                entry.lease = ConsumerLease(
                    token: "\(instanceID)-\(state.nextToken)", holder: holder, until: now, delivered: entry.place)
                state.nextToken += 1
            }
            // The same lease goes on in a new session, where an instance has connected anew.
            entry.lease?.holder = holder
            entry.lease?.until = now + Limits.leaseMilliseconds
            state.entries[name] = entry
            return .success(Claim(record: entry.record, token: entry.lease?.token ?? ""))
        }
        return try result.get()
    }

    /// Refuses an ack that the lease does not cover; renews the lease for one that it does.
    func checkAck(_ name: String, seq: Int64, token: String, now: Timestamp) throws(RPCError) {
        try renew(name, seq, token, now) { $0.lease?.delivered ?? 0 }
    }

    /// Refuses to set an event aside that was not handed out; renews the lease otherwise.
    /// - Returns: how often it was handed out.
    func checkPark(_ name: String, seq: Int64, token: String, now: Timestamp) throws(RPCError) -> Int {
        // What rests was handed out under an earlier lease.
        try renew(name, seq, token, now) { max($0.lease?.delivered ?? 0, $0.deliveries.furthest) }
        return state.withLock { $0.entries[name]?.deliveries.count(seq) ?? 0 }
    }

    func checkLease(_ name: String, token: String) throws(RPCError) {
        guard state.withLock({ $0.entries[name]?.lease?.token == token }) else { throw Self.leaseLost(name) }
    }

    private func renew(
        _ name: String, _ seq: Int64, _ token: String, _ now: Timestamp, delivered: (Entry) -> Int64
    ) throws(RPCError) {
        let refusal: RPCError? = state.withLock { state in
            guard let entry = state.entries[name] else { return Self.missing(name) }
            guard entry.lease?.token == token else { return Self.leaseLost(name) }
            let furthest = delivered(entry)
            guard seq <= furthest else {
                return RPCError(
                    .ackOutOfRange, "\(seq) was not delivered under this lease, only up to \(furthest)",
                    data: JSONObject([("delivered_seq", .int(furthest))]))
            }
            state.entries[name]?.lease?.until = now + Limits.leaseMilliseconds
            return nil
        }
        if let refusal { throw refusal }
    }

    static func busy(_ name: String, _ holder: String, _ until: Timestamp) -> RPCError {
        RPCError(
            .consumerBusy, "\(name) is held by \(holder) until \(until.text)",
            data: JSONObject([("holder", .string(holder)), ("lease_until", .string(until.text))]))
    }

    static func leaseLost(_ name: String) -> RPCError {
        RPCError(.leaseLost, "this lease on \(name) is over; fetch again without a token")
    }
}

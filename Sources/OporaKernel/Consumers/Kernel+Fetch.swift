import OporaProtocol
import OporaStore
import OporaThreads
import OporaTime

extension Kernel {
    /// A fetch takes the lease first; with an ack it waits until that is on disk.
    func prepareFetch(_ job: inout QueryJob, _ params: Params) throws(RPCError) {
        let name = try params.name("name")
        let token = try params.optionalText("lease_token", max: 128)
        // All is checked before the lease is taken: a fetch that is refused holds nobody up.
        _ = try Fetch.limit(params)
        let acked = try params.optionalInt("ack_seq", in: 0...Limits.safeInteger)
        guard acked == nil || token != nil else {
            throw .invalid("/lease_token", "required", "an ack_seq needs the lease under which the events came")
        }
        let holder = ConsumerLease.Holder(sessions.session(of: job.replyTo.peer), job.identity)
        let claim = try consumers.claim(name, identity: job.identity, holder: holder, token: token, now: clock.now)
        job.claim = claim
        job.streams = job.identity.visible(claim.record.streams) ?? claim.record.streams
        job.replyTo = try counted(job.replyTo)
        guard let acked else { return enqueue(job) }
        var ack = job.request
        ack.method = "consumer.ack"
        ack.params = JSONObject([("name", .string(name)), ("seq", .int(acked)), ("lease_token", .string(claim.token))])
        ack.meta.idempotencyKey = nil
        enqueue(
            CommandJob(
                request: ack, identity: job.identity, replyTo: job.replyTo, arrivedMicroseconds: clock.microseconds(), then: job))
    }
}

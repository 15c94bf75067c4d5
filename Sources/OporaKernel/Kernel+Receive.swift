import OporaDomain
import OporaProtocol
import OporaStore
import OporaThreads
import OporaTime

extension Kernel {
    /// Takes one message of a peer, as its frames came in after the routing id.
    /// - Parameters:
    ///   - frames: an empty one and one JSON text, if all is well.
    ///   - user: the identity that the connection proved; nil where it proved none.
    public func receive(_ peer: Peer, frames: [[UInt8]], user: String?) {
        guard let identity = access.identity(user) else {
            counters.refused()
            reply(peer, nil, RPCError(.unauthenticated, "this connection has proved no identity that the kernel knows"))
            return
        }
        _ = sessions.touch(peer, health: nil, now: clock.now)
        guard frames.count == 2, frames[0].isEmpty else {
            counters.malformed()
            let message = "a message has two frames, an empty one and one JSON text; this one has \(frames.count)"
            reply(peer, nil, RPCError(.badEnvelope, message))
            return
        }
        guard frames[1].count <= Limits.bodyBytes else {
            counters.malformed()
            let message = "a request has at most \(Limits.bodyBytes) bytes; this one has \(frames[1].count)"
            let data = JSONObject([("limit_bytes", .int(Int64(Limits.bodyBytes)))])
            reply(peer, nil, RPCError(.requestTooLarge, message, data: data))
            return
        }
        do throws(JSONError) {
            receive(peer, try JSONParser.parse(frames[1]), identity, bytes: frames[1].count)
        } catch {
            counters.malformed()
            let data = JSONObject([("fault", .string(error.fault.rawValue)), ("offset", .int(Int64(error.offset)))])
            reply(peer, nil, RPCError(.parseError, "the request is \(error)", data: data))
        }
    }

    private func reply(_ peer: Peer, _ id: RequestID?, _ error: RPCError) {
        output.send([.toPeer(peer, Answer.failure(id ?? .null, error))])
    }

    private func receive(_ peer: Peer, _ value: JSON, _ identity: Identity, bytes: Int) {
        guard case .array(let entries) = value else {
            take(Request.read(value), identity, ReplyTo(peer: peer, id: nil, batch: nil, bytes: bytes))
            return
        }
        guard !entries.isEmpty else {
            counters.malformed()
            return reply(peer, nil, RPCError(.invalidRequest, "a batch has at least one request"))
        }
        guard entries.count <= Limits.batchEntries else {
            counters.malformed()
            return reply(
                peer, nil, RPCError(.batchTooLarge, "a batch has at most \(Limits.batchEntries) requests, not \(entries.count)"))
        }
        let batch = Batch(count: entries.count)
        for (index, entry) in entries.enumerated() {
            take(
                Request.read(entry), identity,
                ReplyTo(peer: peer, id: nil, batch: BatchSlot(batch: batch, index: index), bytes: bytes / entries.count))
        }
    }

    private func take(_ incoming: Request.Incoming, _ identity: Identity, _ to: ReplyTo) {
        var to = to
        switch incoming {
        case .invalid(let id, let error):
            counters.malformed()
            to.id = id
            answer(to, .failure(error))
        case .response(let id, let object):
            sessionAnswered(to.peer, id, object)
            if to.batch != nil { answer(to, .failure(error: "a batch holds requests")) }
        case .request(let request):
            to.id = request.id
            dispatch(request, identity, to)
        }
    }

    private func dispatch(_ request: Request, _ identity: Identity, _ to: ReplyTo) {
        do throws(RPCError) {
            try route(request, identity, to)
        } catch {
            if error.code == .forbidden { counters.refused() }
            answer(to, .failure(error))
        }
    }

    private func route(_ request: Request, _ identity: Identity, _ to: ReplyTo) throws(RPCError) {
        let method = request.method
        if let call = MethodTable.sessionMethods[method] {
            guard request.id != nil || method == "session.ping" else { return ignore(to) }
            try check(request, call.spec, identity)
            if to.batch != nil, method == "session.hello" {
                throw RPCError(.invalidRequest, "session.hello stands alone, not in a batch")
            }
            return answer(to, .success(members: try call.run(self, request, identity, to.peer).memberBytes, meta: JSONObject()))
        }
        if let command = MethodTable.commands[method] {
            // Nobody could see its error: a change is not made without an answer.
            guard request.id != nil else { return ignore(to) }
            try check(request, command.spec, identity)
            return try submit(request, identity, to)
        }
        if let query = MethodTable.queries[method] {
            guard request.id != nil else { return ignore(to) }
            try check(request, query.spec, identity)
            return try submitQuery(request, identity, to)
        }
        if method.hasPrefix("x.") {
            guard request.id != nil else { return ignore(to) }
            guard identity.mayCall(method) else { throw forbidden(identity, method) }
            return try routeToPlugin(request, identity, to)
        }
        throw RPCError(.methodNotFound, "there is no method \(method.prefix(80)); rpc.discover lists those you may call")
    }

    private func ignore(_ to: ReplyTo) {
        counters.ignoredNotification()
        if to.batch != nil { answer(to, .success(members: [], meta: JSONObject())) }
    }

    private func check(_ request: Request, _ spec: MethodSpec, _ identity: Identity) throws(RPCError) {
        guard identity.mayCall(spec.name) else { throw forbidden(identity, spec.name) }
        if request.meta.onBehalfOf != nil, !identity.rights.contains(.onBehalfOf) {
            throw RPCError(.forbidden, "\(identity.name) may not act on behalf of others; it lacks the right on_behalf_of")
        }
        guard !request.isPositional else {
            throw .invalid("", "type", "parameters are given by name, as an object")
        }
        try spec.check(request.params)
    }

    private func forbidden(_ identity: Identity, _ method: String) -> RPCError {
        RPCError(.forbidden, "\(identity.name) may not call \(method); the operator grants it in the kernel's configuration")
    }

    private func submit(_ request: Request, _ identity: Identity, _ to: ReplyTo) throws(RPCError) {
        if request.method == "import.apply", !identity.rights.contains(.importing) {
            throw RPCError(.forbidden, "\(identity.name) may not write history; it lacks the right import")
        }
        let to = try counted(to)
        let job = CommandJob(
            request: request, identity: identity, replyTo: to, arrivedMicroseconds: clock.microseconds(), then: nil)
        guard commands.put(.command(job)) else {
            return answer(to, .failure(isStopping ? Kernel.stopping : Kernel.busy))
        }
    }

    /// Counts a request as waiting until its answer, or refuses it where too much waits already.
    private func counted(_ to: ReplyTo) throws(RPCError) -> ReplyTo {
        guard waiting.add(to.bytes) else { throw Kernel.busy }
        var to = to
        to.isCounted = true
        return to
    }

    private func submitQuery(_ request: Request, _ identity: Identity, _ to: ReplyTo) throws(RPCError) {
        var job = QueryJob(request: request, identity: identity, replyTo: to)
        let params = Params(object: request.params)
        if let wait = try params.optionalInt("wait_ms", in: 0...Limits.waitMilliseconds), wait > 0 {
            job.waitUntil = clock.now + wait
        }
        guard request.method == "consumer.fetch" else {
            if request.method == "events.read" { job.streams = try params.words("streams") ?? [] }
            job.replyTo = try counted(to)
            return enqueue(job)
        }
        try prepareFetch(&job, params)
    }

    /// A fetch takes the lease first; with an ack it waits until that is on disk.
    private func prepareFetch(_ job: inout QueryJob, _ params: Params) throws(RPCError) {
        let name = try params.name("name")
        let token = try params.optionalText("lease_token", max: 128)
        let holder = sessions.holder(of: job.replyTo.peer) ?? job.identity.name
        let claim = try consumers.claim(name, identity: job.identity, holder: holder, token: token, now: clock.now)
        job.claim = claim
        job.streams = claim.record.streams
        let acked = try params.optionalInt("ack_seq", in: 0...Limits.safeInteger)
        job.replyTo = try counted(job.replyTo)
        guard let acked else { return enqueue(job) }
        var ack = job.request
        ack.method = "consumer.ack"
        ack.params = JSONObject([("name", .string(name)), ("seq", .int(acked)), ("lease_token", .string(claim.token))])
        ack.meta.idempotencyKey = nil
        let command = CommandJob(
            request: ack, identity: job.identity, replyTo: job.replyTo, arrivedMicroseconds: clock.microseconds(), then: job)
        guard commands.put(.command(command)) else {
            return answer(job.replyTo, .failure(isStopping ? Kernel.stopping : Kernel.busy))
        }
    }
}

extension Kernel.Outcome {
    static func failure(error message: String) -> Kernel.Outcome { .failure(RPCError(.invalidRequest, message)) }
}

import OporaDomain
import OporaProtocol
import OporaStore
import OporaThreads
import OporaTime

extension Kernel {
    /// Takes one request, notification or answer to where it belongs.
    func take(_ incoming: Request.Incoming, _ identity: Identity, _ to: ReplyTo) {
        var to = to
        switch incoming {
        case .invalid(let id, let error):
            malformed(to.peer, identity)
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
            if error.code == .forbidden {
                counters.refused()
                refusals.note(request, identity.name, error.code, at: clock.now)
            }
            answer(to, .failure(error))
        }
    }

    private func route(_ request: Request, _ identity: Identity, _ to: ReplyTo) throws(RPCError) {
        let method = request.method
        if request.id == nil, try takeNotification(request, to) { return }
        try checkRate(identity)
        if let call = MethodTable.sessionMethods[method] {
            guard request.id != nil || method == "session.ping" else { return ignore(to) }
            try check(request, call.spec, identity)
            if to.batch != nil, method == "session.hello" {
                throw RPCError(.invalidRequest, "session.hello stands alone, not in a batch")
            }
            answer(to, .success(members: try call.run(self, request, identity, to.peer).memberBytes, meta: JSONObject()))
            if method == "session.hello" { open(to.peer) }
            return
        }
        if let command = MethodTable.commands[method] {
            // Nobody could see its error: a change is not made without an answer.
            guard request.id != nil else { return ignore(to) }
            try check(request, command.spec, identity)
            return try submit(request, command, identity, to)
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
        if try takeConformance(request, identity, to) { return }
        throw RPCError(.methodNotFound, "there is no method \(method.prefix(80)); rpc.discover lists those you may call")
    }

    private func checkRate(_ identity: Identity) throws(RPCError) {
        guard let rate = identity.rate, let wait = rates.take(identity.name, rate, microseconds: clock.microseconds()) else {
            return
        }
        throw RPCError(
            .rateLimited, "\(identity.name) may send \(rate.perSecond) requests a second; try again in \(wait) ms",
            data: JSONObject([("retry_after_ms", .int(wait))]))
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

    private func submit(
        _ request: Request, _ command: CommandMethod, _ identity: Identity, _ to: ReplyTo
    ) throws(RPCError) {
        if request.meta.hookID != nil {
            throw RPCError(.reentrant, "a plugin that is being asked may look, not change anything; nothing was done")
        }
        try command.admit?(self, request, identity, to.peer)
        let to = try counted(to)
        let job = CommandJob(
            request: request, identity: identity, replyTo: to, arrivedMicroseconds: clock.microseconds(), then: nil)
        if access.wantsHooks { try requireHooks(job) }
        if hooks.isActive, holdForHooks(job) { return }
        enqueue(job)
    }

    /// Counts a request as waiting until its answer, or refuses it where too much waits already.
    func counted(_ to: ReplyTo) throws(RPCError) -> ReplyTo {
        guard peers.begin(to.peer, bytes: to.bytes) else { throw Kernel.busy }
        var to = to
        to.isCounted = true
        return to
    }

    private func submitQuery(_ request: Request, _ identity: Identity, _ to: ReplyTo) throws(RPCError) {
        var job = QueryJob(request: request, identity: identity, replyTo: to, arrived: clock.now)
        let params = Params(object: request.params)
        if let wait = try params.optionalInt("wait_ms", in: 0...Limits.waitMilliseconds), wait > 0 {
            job.waitUntil = clock.now + wait
        }
        guard request.method == "consumer.fetch" else {
            if request.method == "events.read" {
                let streams: [EventStream] = try params.words("streams") ?? []
                job.streams = identity.visible(streams) ?? streams
            }
            job.replyTo = try counted(to)
            return enqueue(job)
        }
        guard Authority.isPlain(request, identity) else {
            throw RPCError(
                .forbidden, "a consumer is read by the identity that made it, for itself, and with nothing held back from it")
        }
        try prepareFetch(&job, params)
    }
}

extension Kernel.Outcome {
    static func failure(error message: String) -> Kernel.Outcome { .failure(RPCError(.invalidRequest, message)) }
}

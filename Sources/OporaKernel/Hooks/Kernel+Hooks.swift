import Logging
import OporaDomain
import OporaProtocol
import OporaStore
import OporaThreads
import OporaTime

extension Kernel {
    /// Takes a command that may have to wait for plugins. False where it goes straight to the writer.
    func holdForHooks(_ job: CommandJob) -> Bool {
        switch hooks.enter(job) {
        case .straight: return false
        case .queued: return true
        case .first:
            handOut(job.replyTo.peer)
            return true
        case .full:
            answer(job.replyTo, .failure(Kernel.busy))
            return true
        }
    }

    /// Refuses a command where a plugin that the operator wants asked, by name and at all events, is not there.
    func requireHooks(_ job: CommandJob) throws(RPCError) {
        guard let point = HookPoint(method: job.request.method) else { return }
        let rule = hookRule(point)
        guard rule.onFailure == .closed, !rule.order.isEmpty else { return }
        let here = Set(hooks.seats(point) { (_, _) in true }.map(\.plugin))
        let own = sessions.session(of: job.replyTo.peer)?.plugin ?? job.identity.name
        if let absent = rule.order.first(where: { !here.contains($0) && $0 != own }) {
            throw RPCError(
                .providerOffline, "\(absent) has to be asked at \(point.rawValue) and is not connected; is it running?",
                data: JSONObject([("plugin", .string(absent))]))
        }
    }

    /// Lets the commands of a connection begin, one after another, until one has to wait.
    func handOut(_ peer: Peer) {
        while let job = hooks.next(peer) { begin(job) }
    }

    /// Sends a command on its way: past the plugins that want to be asked, or straight to the writer.
    private func begin(_ job: CommandJob) {
        guard let chain = chain(job) else {
            enqueue(job)
            if hooks.leave(job.replyTo.peer) { handOut(job.replyTo.peer) }
            return
        }
        let run = hooks.begin(job, chain)
        do throws(RPCError) {
            try HookFields.check(job.request.params)
            try look(run)
        } catch {
            answer(run.job.replyTo, .failure(error))
        }
    }

    /// The plugins that are asked about a command; nil where there is none.
    private func chain(_ job: CommandJob) -> HookChain? {
        let method = job.request.method
        guard let point = HookPoint(method: method) else { return nil }
        let own = sessions.session(of: job.replyTo.peer)?.plugin
        let seats = hooks.seats(point) { self.sessions.lastSeen($0) > self.sessions.lastSeen($1) }.filter { seat in
            // A plugin's own commands never ask its own hooks.
            (seat.identity != job.identity.name || (seat.identity == Identity.owner.name && seat.plugin != own))
                // What the operator took away since the greeting is gone.
                && access.identity(seat.user)?.mayHook(point.rawValue) ?? false
        }
        if seats.isEmpty { return nil }
        let rule = hookRule(point)
        let order = HookOrder(seats, wanted: rule.order)
        let arrived = Timestamp(job.arrivedMicroseconds / 1000)
        return HookChain(
            point: point, method: method, params: job.request.params, rule: rule, seats: order.places.map { seats[$0] },
            deadline: arrived + (job.request.meta.deadlineMilliseconds ?? Limits.deadlineMillisecondsDefault))
    }

    /// Has a reader look whether the command was done before, and at its ticket, before anybody is asked.
    func look(_ run: HookRun) throws(RPCError) {
        let (request, identity) = (run.job.request, run.job.identity)
        let isPlain = request.meta.idempotencyKey == nil && Authority.isPlain(request, identity)
        guard run.chain.point != .beforeCreate || !isPlain else {
            return perform(hooks.proceed(run.id, clock.now) { _ in nil })
        }
        let job = QueryJob(
            request: request, identity: identity, replyTo: run.job.replyTo, arrived: clock.now,
            errand: .hooks(run.id))
        guard queries.put(job) else { throw notTaken }
    }

    /// What a reader does before the plugins are asked. Runs on the reader's thread.
    func lookForHooks(_ job: QueryJob, _ id: Int64, _ store: any StoreReader) throws {
        let (request, identity) = (job.request, job.identity)
        _ = try store.beginView()
        defer { store.endView() }
        if let key = request.meta.idempotencyKey,
            try store.receipt(identity: identity.name, method: request.method, key: key) != nil
        {
            // A replay asks nobody; whether it is one, the writer finds out.
            return perform(hooks.proceed(id, clock.now) { _ in .submit })
        }
        // Nobody is asked about what is refused anyway.
        _ = try sight(of: request, identity, store)
        guard HookPoint(method: request.method) != .beforeCreate else {
            return perform(hooks.proceed(id, clock.now) { _ in nil })
        }
        let ticketID: TicketID = try Params(object: request.params).id("ticket")
        guard let ticket = try store.ticket(ticketID) else { throw Rejection.notFound(kind: "ticket", id: "\(ticketID)") }
        var writer = JSONWriter()
        writer.ticket(ticket, book)
        let before = HookChain.Before(ticket: writer.bytes, version: ticket.version)
        perform(
            hooks.proceed(id, clock.now) { chain in
                do throws(RPCError) {
                    try chain.saw(before)
                    return nil
                } catch {
                    return .refuse(error)
                }
            })
    }

    /// Does what comes next for a command.
    func perform(_ action: HookAction?) {
        guard let action else { return }
        for failure in action.failures { note(failure, at: action.run.chain) }
        let run = action.run
        switch action.step {
        case .refuse(let error): answer(run.job.replyTo, .failure(error))
        case .ask(let seat, let milliseconds):
            guard let request = run.request else { return }
            output.send([.toPeer(seat.peer, call(request, run, milliseconds))])
            timer.scheduleWake()
        case .submit:
            var job = run.job
            if job.request.meta.idempotencyKey != nil {
                job.fingerprint = Fingerprint(
                    method: job.request.method, params: run.chain.original, onBehalfOf: job.request.meta.onBehalfOf)
            }
            job.request.params = run.chain.finalParams
            job.stages = run.chain.stageParams
            enqueue(job)
        }
    }

    private func note(_ failure: HookChain.Note, at chain: HookChain) {
        guard let reason = failure.failure else { return }
        log.warning(
            "a hook failed",
            metadata: ["plugin": "\(failure.plugin)", "point": "\(chain.point.rawValue)", "reason": "\(reason.rawValue)"])
        note(
            .hookFailed, subject: "plugin/\(failure.plugin)",
            [
                "plugin": .string(failure.plugin), "point": .string(chain.point.rawValue), "reason": .string(reason.rawValue),
                "policy": .string(chain.rule.onFailure.rawValue),
            ])
    }

    /// The request that asks a plugin.
    private func call(_ request: HookRequest, _ run: HookRun, _ milliseconds: Int64) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("jsonrpc", "2.0")
        writer.member("id", request.id)
        writer.member("method", "hook.call")
        writer.name("params")
        writer.beginObject()
        writer.member("point", run.chain.point.rawValue)
        writer.member("call_id", run.callID(request.seat.plugin, settings.instanceID))
        writer.member("method", run.chain.method)
        if let user = run.job.request.meta.onBehalfOf ?? user(of: run.job.identity.name) {
            writer.member("actor", "user/\(user)")
        }
        writer.member("via", run.job.identity.name)
        if let before = run.chain.before {
            writer.name("before")
            writer.beginObject()
            writer.name("ticket")
            writer.raw(before.ticket)
            writer.endObject()
        }
        writer.member("proposed", .object(run.chain.proposed))
        writer.member("deadline_ms", milliseconds)
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }
}

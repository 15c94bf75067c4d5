import OporaProtocol
import OporaTime

extension Kernel {
    /// A plugin answered something: true where it was a hook's question.
    func hookAnswered(_ peer: Peer, _ id: String, _ object: JSONObject) -> Bool {
        guard let run = hooks.run(asked: id, from: peer) else { return false }
        advanceHook(run, id, HookReply(reading: object))
        return true
    }

    /// The time of some plugins is over.
    func expireHooks(_ now: Timestamp) {
        for run in hooks.late(now) { advanceHook(run.id, run.request?.id, .failure(.timeout)) }
    }

    /// A plugin is gone: it is asked no more, and what it was asked it does not answer.
    func dropHooks(of peer: Peer) {
        hooks.register(peer, [:])
        for run in hooks.runs(asking: peer) { advanceHook(run.id, run.request?.id, .failure(.offline)) }
    }

    private func advanceHook(_ run: Int64, _ request: String?, _ reply: HookReply) {
        let now = clock.now
        perform(hooks.proceed(run, request: request, now) { $0.take(reply, now) })
    }

    /// What the writer came to with a command whose plugins were asked: true where that is not the last word, because the
    /// ticket moved meanwhile, or a plugin's patch made it what can't be taken.
    /// - Parameter stage: of the parameters before the patches, those that the command would have taken.
    func hooksObject(to error: RPCError, of job: CommandJob, stage: Int?) -> Bool {
        guard let id = job.replyTo.hookRun else { return false }
        if error.code == .versionConflict {
            guard let run = hooks.restart(id, clock.now) else { return false }
            do throws(RPCError) { try look(run) } catch { answer(run.job.replyTo, .failure(error)) }
            return true
        }
        guard let stage else { return false }
        perform(hooks.proceed(id, clock.now) { $0.takeBack(to: stage) })
        return true
    }

    /// A command whose plugins were asked is answered: the next of its connection may begin.
    func endHooks(_ id: Int64, _ peer: Peer) {
        if let run = hooks.end(id, clock.now), let request = run.request, request.seat.hearsCancel {
            output.send([notice("$/cancel", to: request.seat.peer, ["id": .string(request.id)])])
        }
        if hooks.leave(peer) { handOut(peer) }
    }

    /// Ends a command that waits for plugins, its own or those of commands before it; false where there is no such command.
    func cancelHook(_ id: RequestID, of peer: Peer, _ outcome: Outcome) -> Bool {
        guard let replyTo = hooks.cancel(where: { $0.peer == peer && $0.id == id }) else { return false }
        answer(replyTo, outcome)
        return true
    }

    /// Answers what still waits for plugins: the kernel stops.
    func stopHooks() {
        for replyTo in hooks.close() { answer(replyTo, .failure(Kernel.stopping)) }
    }
}

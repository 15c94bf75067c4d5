import OporaProtocol
import OporaThreads

extension Kernel {
    /// Takes a notification that acts; false for any other.
    func takeNotification(_ request: Request, _ to: ReplyTo) throws(RPCError) -> Bool {
        switch request.method {
        case "$/cancel":
            if let id = request.params["id"].flatMap({ RequestID($0) }) { cancel(id, of: to.peer) }
        case "$/progress": forwardProgress(request.params, from: to.peer)
        default: return false
        }
        if to.batch != nil { answer(to, .success(members: [], meta: JSONObject())) }
        return true
    }

    static let cancelled = Outcome.failure(RPCError(.cancelled, "the caller cancelled the request; nothing was done"))

    /// Ends a request that waits: nothing of it is done, and it is answered so. What is being done or is done stays as it is.
    private func cancel(_ id: RequestID, of peer: Peer) {
        let cancelled = Kernel.cancelled
        func isMeant(_ replyTo: ReplyTo) -> Bool { replyTo.id == id && replyTo.peer == peer }
        if case .command(let job)? = commands.remove(where: {
            if case .command(let job) = $0 { isMeant(job.replyTo) } else { false }
        }) {
            return answer(job.replyTo, cancelled)
        }
        if let job = queries.remove(where: { isMeant($0.replyTo) }) {
            if job.waitUntil != nil { longPolls.endLook(job) }
            return answer(job.replyTo, cancelled)
        }
        if let job = longPolls.cancel(id, of: peer) { return answer(job.replyTo, cancelled) }
        if cancelHook(id, of: peer, cancelled) { return }
        if let call = sessions.cancelCall(where: isMeant) {
            if call.tellsPlugin { output.send([notice("$/cancel", to: call.plugin, ["id": .string(call.id)])]) }
            answer(call.replyTo, cancelled)
        }
    }

    /// A number that is not negative, whole or not.
    private func amount(_ value: JSON?) -> JSON? {
        switch value {
        case .int(let number)? where number >= 0: value
        case .double(let number)? where number >= 0: value
        default: nil
        }
    }

    /// Tells a caller how far the plugin is that works for it.
    private func forwardProgress(_ params: JSONObject, from plugin: Peer) {
        guard let call = params["token"]?.string, let (peer, token) = sessions.progressReceiver(of: call, from: plugin),
            let done = amount(params["done"])
        else { return }
        var progress = JSONObject([("token", token), ("done", done)])
        if let given = params["total"] {
            guard let total = amount(given) else { return }
            progress["total"] = total
        }
        if let given = params["note"] {
            guard let note = given.string else { return }
            progress["note"] = .string(note.cut(Limits.progressNoteCharacters))
        }
        output.send([notice("$/progress", to: peer, .object(progress))])
    }
}

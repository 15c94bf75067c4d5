import Logging
import OporaDomain
import OporaProtocol
import OporaStore
import OporaThreads
import OporaTime

extension Kernel {
    static let accessMethods: [SessionMethod] = [
        SessionMethod("auth.whoami", "", "Who the connection proved to be, and what it may do.") {
            (kernel, _, identity, _) throws(RPCError) in
            var answer = JSONObject([("identity", kernel.describe(identity)), ("via", "uid")])
            if case .key(let fingerprint) = identity.proof {
                answer["via"] = "key"
                answer["fingerprint"] = .string(fingerprint)
            }
            return answer
        }
    ]

    /// An identity as it is shown to itself.
    func describe(_ identity: Identity) -> JSON {
        func texts(_ texts: some Sequence<String>) -> JSON { .array(texts.map { .string($0) }) }
        return [
            "name": .string(identity.name), "roles": texts(identity.roles),
            "user": .optional(user(of: identity.name)?.description), "methods": texts(identity.methods),
            "streams": texts(identity.streams.map { $0.map(\.rawValue).sorted() } ?? ["*"]),
            "hooks": texts(identity.hooks), "rights": texts(identity.rights.map(\.rawValue).sorted()),
        ]
    }

    /// What the operator decided about a hook point.
    func hookRule(_ point: HookPoint) -> HookRule { access.hookRule(point) }

    /// Everybody whom the configuration and the desk's keys make known. Called once, at the start.
    func access(with keys: [DeskKey]) -> AccessBook {
        var book = access.book
        book.load(keys)
        for clash in book.clashes {
            log.warning("two say who somebody is; the configuration counts", metadata: ["clash": "\(clash)"])
        }
        access.replace(book)
        return book
    }

    /// Reads the configuration again, as `auth.reload` does, on the operator's signal. What is wrong with it goes to the log.
    public func reload() {
        var trial = access.book
        do throws(AccessProblems) {
            _ = try trial.replace(try trial.reread().get())
        } catch {
            for message in error.messages { log.error("the configuration is wrong", metadata: ["problem": "\(message)"]) }
            return log.error("nothing changed: put the configuration right and send the signal again")
        }
        let job = CommandJob(
            request: Request(id: nil, method: "auth.reload"), identity: .owner,
            replyTo: ReplyTo(peer: Peer([]), id: nil, batch: nil), arrivedMicroseconds: clock.microseconds(), then: nil)
        if !commands.put(.command(job)) { log.warning("the configuration is not read again; too much waits already") }
    }

    /// Puts what a command changed about access in force. Called once it is on disk, before anybody is answered.
    func adopt(_ book: AccessBook) {
        access.replace(book)
        for session in sessions.all where !isKnown(session.identity) {
            log.notice("a session's identity is known no longer", metadata: ["name": "\(session.name)"])
            lost(session.peer)
        }
        sessions.refresh { [access] in access.identity($0.user) }
        while let job = longPolls.remove(where: { !isKnown($0.identity) }) { answer(job.replyTo, .failure(Kernel.stranger)) }
        // Whoever may do less by now, or more, is given what that shows at once, and asks again.
        while var job = longPolls.remove(where: { $0.identity != access.identity($0.identity.user) }) {
            guard let identity = access.identity(job.identity.user) else { continue }
            job.identity = identity
            job.waitUntil = nil
            enqueue(job)
        }
        output.recheckListeners()
    }

    /// Whether a connection that proved this identity still does.
    func isKnown(_ identity: Identity) -> Bool { access.identity(identity.user) != nil }

    /// Turns away who proved nothing that is known, or known any longer. What it held is free.
    func refuseStranger(_ peer: Peer) {
        counters.refused()
        lost(peer)
        if strangers.mayTell(peer, now: clock.now) { refuse(peer, Kernel.stranger) }
    }

    static let stranger = RPCError(
        .unauthenticated, "this connection has proved no identity that the kernel knows; was its key revoked?")
}

import OporaDomain
import OporaProtocol
import OporaStore

/// Decides what a request may see and do, for the identity that sent it and for the person in whose name it acts.
///
/// Whether the identity has the method at all was seen at the door. An identity that is not limited, acting for itself, needs no
/// decision: that is the hot path.
struct Authority {
    let request: Request
    let identity: Identity
    let book: RightsBook
    /// The user as whom the identity acts.
    let identityUser: UserID?
    /// Looks a user up.
    let user: (UserID) throws(StoreError) -> User?
    /// Looks a ticket up.
    let ticket: (TicketID) throws(StoreError) -> Ticket?

    /// Whether there is nothing to decide. What the kernel does by itself (`$consumer.park`) was decided with the request behind it.
    static func isPlain(_ request: Request, _ identity: Identity) -> Bool {
        request.meta.onBehalfOf == nil && !identity.isLimited || request.method.utf8.first == 0x24
    }

    /// From whom the request comes: a limited identity, the person in whose name it acts, or both.
    func bearers() throws -> [Rights.Bearer] {
        var bearers: [Rights.Bearer] = []
        if identity.isLimited {
            let own = try identityUser.flatMap { (id) throws(StoreError) in try user(id) }.flatMap { $0.isActive ? $0 : nil }
            bearers.append(Rights.Bearer(grants: [identity.grant], person: own.map(book.person)))
        }
        if let id = request.meta.onBehalfOf { bearers.append(book.bearer(try Authority.person(try user(id), id))) }
        return bearers
    }

    /// What they may see, after all that the parameters name has been found to be in sight.
    func sight(of bearers: [Rights.Bearer]) throws -> Sight {
        let sight: Sight
        do throws(Rights.Denial) {
            sight = try Rights.decide(request.method, bearers)
            try Rights.check(request.method, request.params, sight, bearers)
        } catch {
            throw refusal(error)
        }
        try look(sight)
        return sight
    }

    /// A person in whose name somebody may act.
    static func person(_ user: User?, _ id: UserID) throws(Rejection) -> User {
        guard let user else { throw .notFound(kind: "user", id: "\(id)") }
        guard user.isActive else { throw .validation(member: "_meta/on_behalf_of", reason: "\(id) is not active") }
        return user
    }

    /// Tickets that are not in sight are as good as not there.
    private func look(_ sight: Sight) throws {
        guard !sight.limits.isEmpty, case .tickets(let names)? = MethodRights.of(request.method)?.reach else { return }
        for name in names {
            guard let value = request.params[name] else { continue }
            for item in (value.array ?? [value]).prefix(Limits.pageItems) {
                guard let id = item.string.flatMap({ TicketID($0) }) else { continue }
                guard let ticket = try ticket(id), sight.includes(ticket) else {
                    throw Rejection.notFound(kind: "ticket", id: "\(id)")
                }
            }
        }
    }

    private func refusal(_ denial: Rights.Denial) -> RPCError {
        let who = request.meta.onBehalfOf.map { "\($0)" } ?? identity.name
        let text =
            switch denial {
            case .method: "\(who) may not call \(request.method); no role of theirs has it"
            case .wholeDesk: "\(request.method) shows or changes more than \(who) may see"
            case .parameter(let name): "\(who) may not give \(name) to \(request.method): that is the desk's own affair"
            case .otherPerson: "\(who) may name only themselves"
            }
        return RPCError(.forbidden, text)
    }
}

import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// What the writer keeps in memory between commands. A value: a failed group of commands puts the old one back.
struct WriterState {
    var ids: IDCounters
    var head: LogHead
    var book: SLABook
    var desk: DeskRules
    /// Which user an identity acts as.
    var identityUsers: [String: UserID]
    /// Edits of policies and calendars that have not come to all open tickets yet, oldest first.
    var pendingEdits: [PendingEdit] = []
    /// All durable consumers by name.
    var consumers: [String: ConsumerRecord]
    /// Consumers that begin anew, or are gone, by the open transaction: what `ConsumerBook` knows of their leases and places is
    /// of before it.
    var voided: Set<String> = []
    /// Everybody who is known.
    var access: AccessBook
    /// Who is in which group.
    var rights: RightsBook
    /// People who are being forgotten.
    var erasures: [Erasure] = []
    /// The end of the log at which some consumer's lag is to be looked at again.
    var lagAlarm: Int64 = 0
    /// External ids met during imports, so that each row does not look them up again; bounded.
    var importedUsers: [String: UserID] = [:]
    var importedGroups: [String: GroupID] = [:]
}

/// One command under way: what it was asked, what it may look at, what it changes and answers.
struct CommandContext {
    /// Set anew for each step of a command that does others.
    var request: Request
    let identity: Identity
    let now: Timestamp
    let recordedMicroseconds: Int64
    let store: any StoreWriter
    let zone: @Sendable (String) -> ZoneRules?
    let consumers: ConsumerBook
    let attachments: AttachmentDesk
    var state: WriterState
    var commit = Commit()
    /// What becomes of consumers besides what the commit says.
    var effects = ConsumerEffects()
    /// How far the copy of the desk is that the command wants to have first.
    var snapshot = SnapshotStep.none
    /// What was written already within this command, by `flush`.
    var events: [EventRecord] = []
    /// The earliest instant at which a ticket that this command wrote wants attention.
    var nextInstant: Timestamp?
    /// The members of the result.
    var result = JSONWriter()
    /// Members of the result's `_meta`.
    var meta = JSONObject()
    /// What the caller may see.
    private(set) var sight = Sight.all
    /// From whom the command comes, where something is held back from them; empty for an identity that acts for itself.
    private(set) var bearers: [Rights.Bearer] = []
    private var encoder = JSONWriter()
    private var person: User?
    /// Who stands behind the events, once a person is known to.
    private var personal: Cause?

    init(
        request: Request, identity: Identity, recordedMicroseconds: Int64, store: any StoreWriter, state: WriterState,
        zone: @escaping @Sendable (String) -> ZoneRules?, consumers: ConsumerBook,
        attachments: AttachmentDesk
    ) {
        self.request = request
        self.identity = identity
        self.recordedMicroseconds = recordedMicroseconds
        now = Timestamp(recordedMicroseconds / 1000)
        self.store = store
        self.state = state
        self.zone = zone
        self.consumers = consumers
        self.attachments = attachments
    }

    var params: Params { Params(object: request.params) }

    /// The person who acts: the one named by `on_behalf_of`, else the user of the identity, else nobody.
    mutating func actor() throws -> User? {
        if let person { return person }
        guard let id = request.meta.onBehalfOf ?? state.identityUsers[identity.name] else { return nil }
        guard let user = try store.user(id) else { throw Rejection.notFound(kind: "user", id: "\(id)") }
        // An identity whose own person was made inactive acts as nobody: it can still be put right.
        if !user.isActive, request.meta.onBehalfOf == nil { return nil }
        person = try Authority.person(user, id)
        return user
    }

    /// Refuses what the identity, or the person in whose name it acts, may not do. Comes before anything else.
    mutating func authorize() throws {
        if Authority.isPlain(request, identity) { return }
        // Looked up once, here and for whoever asks later.
        let actor = try actor()
        let store = store
        let authority = Authority(
            request: request, identity: identity, book: state.rights, identityUser: state.identityUsers[identity.name],
            user: { (id) throws(StoreError) in if id == actor?.id { actor } else { try store.user(id) } },
            ticket: { (id) throws(StoreError) in try store.ticket(id) }
        )
        bearers = try authority.bearers()
        sight = try authority.sight(of: bearers)
    }

    /// Who stands behind this command's events.
    mutating func cause() throws -> Cause {
        if let personal { return personal }
        let user = try actor()
        let cause = Cause(
            actor: user.map { "user/\($0.id)" } ?? "plugin/\(identity.name)", via: identity.name,
            causation: request.meta.causation, traceparent: request.meta.traceparent)
        if user != nil { personal = cause }
        return cause
    }

    /// The ticket that the parameter `ticket` names, at the version that the caller expects.
    /// - Parameter isInBin: whether it may be in the bin.
    func ticket(isInBin: Bool = false) throws -> Ticket {
        let id: TicketID = try params.id("ticket")
        guard let ticket = try current(id) else { throw Rejection.notFound(kind: "ticket", id: "\(id)") }
        if !isInBin { try ticket.checkPresent() }
        try ticket.check(expectedVersion: try params.expectedVersion())
        return ticket
    }

    /// A ticket as this command has left it so far.
    func current(_ id: TicketID) throws -> Ticket? {
        if let changed = commit.tickets.last(where: { $0.id == id }) { return changed }
        return try store.ticket(id)
    }

    /// Takes facts into the log, in order.
    mutating func record(_ facts: [EventDraft], isImported: Bool = false, by cause: Cause? = nil) throws {
        if facts.isEmpty { return }
        let cause = try cause ?? self.cause()
        for fact in facts {
            commit.events.append(
                EventEncoder.encode(
                    fact, cause, isImported: isImported, head: &state.head, recordedMicroseconds: recordedMicroseconds,
                    &encoder))
        }
    }

    /// Keeps a changed ticket and its facts. What an SLA did before the ticket's import was over is history too.
    /// - Parameters:
    ///   - cause: who stands behind the facts; the caller, unless another is named.
    ///   - isImported: whether all of it is history, where the caller knows.
    mutating func save(_ ticket: Ticket, _ facts: [EventDraft], by cause: Cause? = nil, isImported: Bool? = nil) throws {
        for fact in facts {
            let isHistory = isImported ?? ticket.importedAt.map { fact.at < $0 } ?? false
            // Time's own doing has no person behind it.
            let isTimely = fact.type == .slaBreached || fact.type == .slaWarning
            try record([fact], isImported: isHistory, by: isTimely ? .kernel : cause)
        }
        var watched = ticket
        watched.keepWatch(state.desk.settings)
        commit.tickets.append(watched)
    }

    /// Writes what was gathered so far into the open transaction, so that the next look sees it.
    mutating func flush() throws(StoreError) {
        try store.apply(commit)
        events += commit.events
        for instant in commit.tickets.compactMap(\.nextInstant) { nextInstant = min(nextInstant ?? instant, instant) }
        commit = Commit()
    }

    mutating func answer(_ ticket: Ticket) {
        result.name("ticket")
        result.ticket(ticket, state.book, sight)
    }
}

extension CommandContext {
    /// Refuses what amounts to acting as others, for whoever may not do that.
    func requireDelegation(_ deed: String) throws(RPCError) {
        guard !identity.rights.contains(.onBehalfOf) else { return }
        throw RPCError(.forbidden, "\(identity.name) may not \(deed); it lacks the right on_behalf_of")
    }
}

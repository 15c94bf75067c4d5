import Logging
import OporaDomain
import OporaProtocol
import OporaStore
import OporaThreads
import OporaTime

/// A command that waits for the writer.
struct CommandJob: Sendable {
    var request: Request
    var identity: Identity
    var replyTo: ReplyTo
    var arrivedMicroseconds: Int64
    /// A query to run once this command is on disk: the fetch that carries an ack.
    var then: QueryJob?
    /// The digest of what the caller asked for, where plugins may have changed the parameters since.
    var fingerprint: Fingerprint?
    /// The parameters before each plugin's patch, oldest first.
    var stages: [JSONObject] = []
    /// How far the copy of the desk is that it may want first.
    var snapshot = SnapshotStep.none
}

/// What the writer takes from its inbox.
enum WriterJob: Sendable {
    case command(CommandJob)
    /// The instant of interest of some ticket has come.
    case tick
    /// Now and then: forget old receipts.
    case tidy
    /// Something happened to the kernel itself that belongs into the log.
    case note(EventDraft)
    /// Open tickets are to be counted anew after an edit of a policy or calendar.
    case recount
}

/// The single writer: takes all that waits, decides each command, writes all of it in one transaction, answers after it.
///
/// The commit under way is the wait that forms the next batch. Lives on its own thread.
final class Writer {
    /// Commands of one transaction.
    static let batchSize = 256
    /// Receipts forgotten in one transaction.
    static let receiptsPerRound = 1000
    /// Tickets looked at for one tick; the rest wait for the next transaction, so that commands run in between.
    static let ticketsPerTick = 500

    let kernel: Kernel
    let store: any StoreWriter
    var state: WriterState
    /// `recount` is in the inbox already.
    var isRecountWaiting = false
    private var published = Published(seq: 0, settled: 0, at: Timestamp(0))

    /// Up to where events have surely left for the bus: what was committed a while ago.
    private struct Published {
        /// The end of the log at `at`.
        var seq: Int64
        /// The end of the log at the reading before.
        var settled: Int64
        var at: Timestamp

        mutating func read(_ head: Int64, _ now: Timestamp) -> Int64 {
            if now - at >= Republisher.settledMilliseconds || now < at {
                settled = seq
                seq = head
                at = now
            }
            return settled
        }
    }

    init(_ kernel: Kernel, store: any StoreWriter) throws(StoreError) {
        self.kernel = kernel
        self.store = store
        var book = SLABook()
        for calendar in try store.calendarVersions() {
            guard let zone = kernel.zone(calendar.spec.zone) else {
                throw .failed(
                    "calendar \(calendar.id) needs the zone \(calendar.spec.zone), which this machine does not have; install tzdata"
                )
            }
            book.add(BusinessCalendar(calendar.spec, zone: zone), id: calendar.id, version: calendar.version)
        }
        for stored in try store.policyVersions() { book.add(stored.policy) }
        let consumers = try store.consumers()
        state = WriterState(
            ids: try store.highestIDs(), head: try store.logHead(), book: book, desk: try store.deskRules(),
            identityUsers: try store.identityUsers(),
            consumers: Dictionary(uniqueKeysWithValues: consumers.map { ($0.name, $0) }),
            access: kernel.access(with: try store.deskKeys()),
            rights: RightsBook(groups: try store.groups(), roles: try store.deskRoles()))
        state.erasures = try store.erasures()
        if !state.erasures.isEmpty { _ = kernel.commands.put(.tidy) }
        if let reason = kernel.settings.newEpoch { try beginEpoch(reason) }
        kernel.publishState(state, consumers: consumers)
        kernel.republisher.load(try store.unpublished(limit: Republisher.events))
        published = Published(seq: state.head.seq, settled: store.publishedSeq, at: kernel.clock.now)
        state.pendingEdits = try store.pendingEdits()
        kernel.timer.schedule(try store.nextInstant())
        scheduleRecount()
    }

    /// History is not what it was: whoever kept a position learns of it by the epoch.
    private func beginEpoch(_ reason: EpochReason) throws(StoreError) {
        let before = state.head.epoch
        try store.begin()
        state.head.epoch = try store.beginEpoch()
        _ = try note(
            EventDraft(
                .epochChanged, subject: "kernel/log", at: kernel.clock.now, entityVersion: 0,
                data: ["before": .int(before), "after": .int(state.head.epoch), "reason": .string(reason.rawValue)]))
        try store.commit()
        kernel.log.notice(
            "a new epoch of the log begins", metadata: ["epoch": "\(state.head.epoch)", "reason": "\(reason.rawValue)"])
    }

    /// Runs until the inbox is closed and empty.
    func run() {
        var batch: [WriterJob] = []
        while kernel.commands.take(into: &batch, limit: Self.batchSize) { process(batch) }
        do throws(StoreError) { try store.markPublished() } catch {
            kernel.log.warning("events will be sent again at the next start", metadata: ["error": "\(error)"])
        }
    }

    private func process(_ batch: [WriterJob]) {
        let before = state
        var outcomes: [Outcome] = []
        do throws(StoreError) {
            try store.begin()
            for job in batch { outcomes.append(try run(job)) }
            if let lag = try checkLag() { outcomes.append(lag) }
        } catch {
            store.rollback()
            state = before
            recover(batch, error)
            return
        }
        store.publishedSeq = published.read(before.head.seq, kernel.clock.now)
        do throws(StoreError) {
            try store.commit()
        } catch {
            guard error == .full || error == .busy else {
                // Whether the group is on disk is unknown, and nothing may be said about it: the process ends, and the
                // repeat of each command with its key finds out.
                kernel.abort("a commit failed: \(error)")
                return
            }
            store.rollback()
            state = before
            recover(batch, error)
            return
        }
        finish(batch, outcomes)
    }

    /// A statement failed: nothing of the group is on disk. A full disk is answered; otherwise each command gets a
    /// transaction of its own, so that one bad apple costs nobody else anything.
    private func recover(_ batch: [WriterJob], _ error: StoreError) {
        kernel.log.error("a transaction failed", metadata: ["error": "\(error)", "commands": "\(batch.count)"])
        kernel.problems.note(error)
        if batch.count > 1, error != .full, error != .busy {
            for job in batch { process([job]) }
        } else {
            for job in batch { fail(job, error) }
        }
    }

    private func fail(_ job: WriterJob, _ error: StoreError) {
        switch job {
        case .command(let job):
            let id = kernel.counters.faultID()
            kernel.log.error(
                "a command failed", metadata: ["request_id": "\(id)", "method": "\(job.request.method)", "error": "\(error)"])
            kernel.answer(job.replyTo, .failure(RPCError(error).logged(as: id)))
        case .tick: kernel.timer.schedule(kernel.clock.now + 1000)
        case .recount:
            isRecountWaiting = false
            kernel.timer.scheduleIfEarlier(kernel.clock.now + 1000)
        case .tidy, .note: break
        }
    }

    /// What a job came to, to be told once it is on disk.
    struct Outcome {
        var answer: Kernel.Outcome?
        var events: [EventRecord] = []
        var consumers = ConsumerEffects()
        /// It is run again once a copy of the desk is written.
        var wantsSnapshot = false
        var nextInstant: Timestamp?
        var isRejected = false
        /// Of a refused command's `stages`, the last that would not have been refused.
        var acceptedStage: Int?
        /// Who is known, or what they may do, is not as it was.
        var changesAccess = false
    }

    private func run(_ job: WriterJob) throws(StoreError) -> Outcome {
        switch job {
        case .command(let job): return try run(job)
        case .tick: return try tick()
        case .recount: return try recount()
        case .note(let fact): return try note(fact)
        case .tidy:
            let old = kernel.clock.now - kernel.settings.receiptMilliseconds
            // More than one round at a time would hold up commands.
            let hasMore = try store.forgetReceipts(before: old, limit: Self.receiptsPerRound) == Self.receiptsPerRound
            let hasLoose = try collectAttachments()
            let erased = try eraseOn()
            var outcome = try upkeep(hasMore: hasMore || hasLoose || !state.erasures.isEmpty)
            outcome.events = (erased?.events ?? []) + outcome.events
            return outcome
        }
    }

    private func run(_ job: CommandJob) throws(StoreError) -> Outcome {
        let now = kernel.clock.microseconds()
        let request = job.request
        let waited = (now - job.arrivedMicroseconds) / 1000
        if waited > request.meta.deadlineMilliseconds ?? Limits.deadlineMillisecondsDefault {
            return rejected(
                RPCError(.deadlineExceeded, "the command waited \(waited) ms, longer than its deadline; nothing was done"))
        }
        guard let method = MethodTable.commands[request.method] ?? MethodTable.own[request.method] else {
            return rejected(RPCError(.methodNotFound, "there is no method \(request.method)"))
        }
        var fingerprint: Fingerprint?
        if let key = request.meta.idempotencyKey {
            let print =
                job.fingerprint
                ?? Fingerprint(method: request.method, params: request.params, onBehalfOf: request.meta.onBehalfOf)
            if let receipt = try store.receipt(identity: job.identity.name, method: request.method, key: key) {
                return replayed(receipt, print)
            }
            fingerprint = print
        }
        var context = context(request, job.identity, now)
        context.snapshot = job.snapshot
        do {
            try context.authorize()
            try method.run(&context)
        } catch let error as StoreError {
            throw error
        } catch {
            // Found before anything was written: this command alone is refused.
            guard context.events.isEmpty else { throw .failed("a command was refused after it had written: \(error)") }
            let refusal = RPCError.from(error)
            kernel.refusals.note(request, job.identity.name, refusal.code, at: context.now)
            var outcome = rejected(refusal)
            outcome.acceptedStage = try acceptedStage(job, method, now)
            return outcome
        }
        if context.snapshot == .wanted { return Outcome(wantsSnapshot: true) }
        return try conclude(&context, fingerprint)
    }

    /// Tries a refused command without the last patches of plugins. Writes nothing.
    private func acceptedStage(_ job: CommandJob, _ method: CommandMethod, _ now: Int64) throws(StoreError) -> Int? {
        for (stage, params) in job.stages.enumerated().reversed() {
            var request = job.request
            request.params = params
            var context = context(request, job.identity, now)
            do {
                try context.authorize()
                try method.run(&context)
                return stage
            } catch let error as StoreError {
                throw error
            } catch { continue }
        }
        return nil
    }

    private func conclude(_ context: inout CommandContext, _ fingerprint: Fingerprint?) throws(StoreError) -> Outcome {
        let seq = context.state.head.seq
        if let key = context.request.meta.idempotencyKey, let fingerprint {
            context.commit.receipt = Receipt(
                identity: context.identity.name, method: context.request.method, key: key, fingerprint: fingerprint,
                result: context.result.bytes, seq: seq == state.head.seq ? 0 : seq, at: context.now)
        }
        var outcome = Outcome()
        outcome.consumers = context.effects
        outcome.changesAccess = context.state.access.version != state.access.version
        if context.state.erasures.count != state.erasures.count { _ = kernel.commands.put(.tidy) }
        // What was taken out of the log gives its room back at once, not at the next tidying.
        let isErased = context.commit.attachments.contains { $0.state == .dropped }
        if context.state.head.firstSeq != state.head.firstSeq || isErased { _ = kernel.commands.put(.tidy) }
        try context.flush()
        outcome.events = context.events
        outcome.nextInstant = context.nextInstant
        state = context.state
        if !outcome.events.isEmpty { context.meta["seq"] = .int(seq) }
        outcome.answer = .success(members: context.result.bytes, meta: context.meta)
        return outcome
    }

    /// Records a fact about the kernel itself.
    private func note(_ fact: EventDraft) throws(StoreError) -> Outcome {
        var context = ownContext("system.note")
        try recordOwn([fact], &context)
        return try finishOwn(&context)
    }

    /// A command that is the kernel's own doing.
    func ownContext(_ name: String) -> CommandContext {
        context(Request(id: nil, method: name), .owner, kernel.clock.microseconds())
    }

    func context(_ request: Request, _ identity: Identity, _ now: Int64) -> CommandContext {
        CommandContext(
            request: request, identity: identity, recordedMicroseconds: now, store: store, state: state, zone: kernel.zone,
            consumers: kernel.consumers, attachments: kernel.attachments)
    }

    private func rejected(_ error: RPCError) -> Outcome { Outcome(answer: .failure(error), isRejected: true) }

    private func replayed(_ receipt: Receipt, _ fingerprint: Fingerprint) -> Outcome {
        guard receipt.fingerprint == fingerprint else {
            return rejected(
                RPCError(
                    .idempotencyKeyReused, "the key \(receipt.key) was used for another request; take a new key for a new request"
                ))
        }
        var meta = JSONObject([("replayed", .bool(true))])
        if receipt.seq > 0 { meta["seq"] = .int(receipt.seq) }
        return Outcome(answer: .success(members: receipt.result, meta: meta))
    }

    /// The transaction is on disk: tell everybody.
    private func finish(_ batch: [WriterJob], _ outcomes: [Outcome]) {
        var messages: [KernelMessage] = []
        var streams: Set<Int> = []
        var next: Timestamp?
        var events = 0
        for outcome in outcomes where !outcome.consumers.isEmpty { kernel.adopt(outcome.consumers, state.consumers) }
        state.voided = []
        kernel.publishState(state)
        if outcomes.contains(where: \.changesAccess) { kernel.adopt(state.access) }
        for (job, outcome) in zip(batch, outcomes) {
            if case .command(let command) = job, let answer = outcome.answer {
                if case .failure(let error) = answer, kernel.hooksObject(to: error, of: command, stage: outcome.acceptedStage) {
                    continue
                }
                if var query = command.then, case .success = answer {
                    query.retried = outcome.consumers.retried
                    kernel.enqueue(query)
                } else if let message = kernel.message(command.replyTo, answer) {
                    messages.append(message)
                }
            } else if case .command(let command) = job, outcome.wantsSnapshot, !kernel.snapshots.put(command) {
                kernel.answer(command.replyTo, .failure(Kernel.busy))
            }
        }
        for outcome in outcomes {
            for event in outcome.events {
                messages.append(EventEncoder.message(event, epoch: state.head.epoch))
                streams.insert(event.name.stream.index)
            }
            events += outcome.events.count
            if let instant = outcome.nextInstant { next = min(next ?? instant, instant) }
        }
        kernel.output.send(messages)
        kernel.counters.transaction(
            commands: batch.count, rejected: outcomes.filter(\.isRejected).count, events: events)
        if let next { kernel.timer.scheduleIfEarlier(next) }
        scheduleRecount()
        if !streams.isEmpty {
            kernel.wakeLongPolls(head: state.head.seq, streams: streams)
            kernel.search?.ring()
        }
        kernel.problems.clear()
    }
}

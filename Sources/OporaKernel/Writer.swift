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
}

/// What the writer takes from its inbox.
enum WriterJob: Sendable {
    case command(CommandJob)
    /// The instant of interest of some ticket has come.
    case tick
    /// Now and then: forget old receipts.
    case tidy
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

    private let kernel: Kernel
    private let store: any StoreWriter
    private var state: WriterState

    init(_ kernel: Kernel, store: any StoreWriter) throws(StoreError) {
        self.kernel = kernel
        self.store = store
        var book = SLABook()
        for calendar in try store.calendars() {
            guard let zone = kernel.zone(calendar.spec.zone) else {
                throw .failed(
                    "calendar \(calendar.id) needs the zone \(calendar.spec.zone), which this machine does not have; install tzdata"
                )
            }
            book.add(BusinessCalendar(calendar.spec, zone: zone), id: calendar.id)
        }
        for stored in try store.policies() { book.add(stored.policy) }
        let consumers = try store.consumers()
        state = WriterState(
            ids: try store.highestIDs(), head: try store.logHead(), book: book, identityUsers: try store.identityUsers(),
            consumers: Dictionary(uniqueKeysWithValues: consumers.map { ($0.name, $0) }))
        kernel.publishState(state, consumers: consumers)
        kernel.timer.schedule(try store.nextInstant())
    }

    /// Runs until the inbox is closed and empty.
    func run() {
        var batch: [WriterJob] = []
        while kernel.commands.take(into: &batch, limit: Self.batchSize) { process(batch) }
    }

    private func process(_ batch: [WriterJob]) {
        let before = state
        var outcomes: [Outcome] = []
        do throws(StoreError) {
            try store.begin()
            for job in batch { outcomes.append(try run(job)) }
        } catch {
            store.rollback()
            state = before
            recover(batch, error)
            return
        }
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
        case .command(let job): kernel.answer(job.replyTo, .failure(RPCError(error)))
        case .tick: kernel.timer.schedule(kernel.clock.now + 1000)
        case .tidy: break
        }
    }

    /// What a job came to, to be told once it is on disk.
    private struct Outcome {
        var answer: Kernel.Outcome?
        var events: [EventRecord] = []
        var changesConsumers = false
        var nextInstant: Timestamp?
        var isRejected = false
    }

    private func run(_ job: WriterJob) throws(StoreError) -> Outcome {
        switch job {
        case .command(let job): return try run(job)
        case .tick: return try tick()
        case .tidy:
            let old = kernel.clock.now - kernel.settings.receiptMilliseconds
            // More than one round at a time would hold up commands.
            if try store.forgetReceipts(before: old, limit: Self.receiptsPerRound) == Self.receiptsPerRound {
                _ = kernel.commands.put(.tidy)
            }
            return Outcome()
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
        guard let method = MethodTable.commands[request.method] else {
            return rejected(RPCError(.methodNotFound, "there is no method \(request.method)"))
        }
        var fingerprint: Fingerprint?
        if let key = request.meta.idempotencyKey {
            let print = Fingerprint(method: request.method, params: request.params, onBehalfOf: request.meta.onBehalfOf)
            if let receipt = try store.receipt(identity: job.identity.name, method: request.method, key: key) {
                return replayed(receipt, print)
            }
            fingerprint = print
        }
        var context = CommandContext(
            request: request, identity: job.identity, recordedMicroseconds: now, store: store, state: state,
            zone: kernel.zone, consumers: kernel.consumers)
        do {
            try method.run(&context)
        } catch let error as StoreError {
            throw error
        } catch {
            // Found before anything was written: this command alone is refused.
            guard context.events.isEmpty else { throw .failed("a command was refused after it had written: \(error)") }
            return rejected(RPCError.from(error))
        }
        return try conclude(&context, fingerprint)
    }

    private func conclude(_ context: inout CommandContext, _ fingerprint: Fingerprint?) throws(StoreError) -> Outcome {
        let seq = context.state.head.seq
        if let key = context.request.meta.idempotencyKey, let fingerprint {
            context.commit.receipt = Receipt(
                identity: context.identity.name, method: context.request.method, key: key, fingerprint: fingerprint,
                result: context.result.bytes, seq: seq, at: context.now)
        }
        var outcome = Outcome()
        outcome.changesConsumers = !context.commit.consumers.isEmpty || !context.commit.deletedConsumers.isEmpty
        try context.flush()
        outcome.events = context.events
        outcome.nextInstant = context.nextInstant
        state = context.state
        if !outcome.events.isEmpty { context.meta["seq"] = .int(seq) }
        outcome.answer = .success(members: context.result.bytes, meta: context.meta)
        return outcome
    }

    private func rejected(_ error: RPCError) -> Outcome { Outcome(answer: .failure(error), isRejected: true) }

    private func replayed(_ receipt: Receipt, _ fingerprint: Fingerprint) -> Outcome {
        guard receipt.fingerprint == fingerprint else {
            return rejected(
                RPCError(
                    .idempotencyKeyReused, "the key \(receipt.key) was used for another request; take a new key for a new request"
                ))
        }
        let meta = JSONObject([("replayed", .bool(true)), ("seq", .int(receipt.seq))])
        return Outcome(answer: .success(members: receipt.result, meta: meta))
    }

    /// Lets time act on the tickets whose instant has come.
    private func tick() throws(StoreError) -> Outcome {
        let now = kernel.clock.microseconds()
        let due = try store.ticketsDue(by: Timestamp(now / 1000), limit: Self.ticketsPerTick)
        var outcome = Outcome()
        let request = Request(id: nil, method: "sla.tick")
        for id in due {
            guard var ticket = try store.ticket(id) else { continue }
            var context = CommandContext(
                request: request, identity: .owner, recordedMicroseconds: now, store: store, state: state,
                zone: kernel.zone, consumers: kernel.consumers)
            do {
                let facts = ticket.tick(now: context.now, state.book)
                kernel.counters.late(
                    facts.filter { $0.type == .slaBreached && ticket.importedAt == nil }.map { context.now - $0.at })
                try context.save(ticket, facts, by: .kernel)
                try context.flush()
            } catch let error as StoreError {
                throw error
            } catch {
                kernel.log.error("time could not act on a ticket", metadata: ["ticket": "\(id)", "error": "\(error)"])
                continue
            }
            state = context.state
            outcome.events += context.events
        }
        if due.count == Self.ticketsPerTick, kernel.commands.put(.tick) {
            kernel.timer.schedule(nil)
        } else {
            kernel.timer.schedule(try store.nextInstant())
        }
        return outcome
    }

    /// The transaction is on disk: tell everybody.
    private func finish(_ batch: [WriterJob], _ outcomes: [Outcome]) {
        var messages: [KernelMessage] = []
        var streams: Set<Int> = []
        var next: Timestamp?
        var events = 0
        if outcomes.contains(where: \.changesConsumers) { kernel.consumers.adopt(state.consumers) }
        kernel.publishState(state)
        for (job, outcome) in zip(batch, outcomes) {
            if case .command(let command) = job, let answer = outcome.answer {
                if let query = command.then, case .success = answer {
                    kernel.enqueue(query)
                } else if let message = kernel.message(command.replyTo, answer) {
                    messages.append(message)
                }
            }
        }
        for outcome in outcomes {
            for event in outcome.events {
                messages.append(EventEncoder.message(event, epoch: state.head.epoch))
                streams.insert(event.type.stream.index)
            }
            events += outcome.events.count
            if let instant = outcome.nextInstant { next = min(next ?? instant, instant) }
        }
        kernel.output.send(messages)
        kernel.counters.transaction(
            commands: batch.count, rejected: outcomes.filter(\.isRejected).count, events: events)
        if let next { kernel.timer.scheduleIfEarlier(next) }
        if !streams.isEmpty { kernel.wakeLongPolls(head: state.head.seq, streams: streams) }
        kernel.problems.clear()
    }
}

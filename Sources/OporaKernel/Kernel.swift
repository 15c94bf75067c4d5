public import Logging
import OporaDomain
import OporaProtocol
public import OporaStore
import OporaThreads
public import OporaTime
import Synchronization

/// The brain of the desk: takes messages in, decides, remembers, tells. Knows no sockets and no SQL.
///
/// `receive` is called by the transport's thread; the writer, the readers and the timer have threads of their own.
public final class Kernel: Sendable {
    /// What a request came to.
    enum Outcome: Sendable {
        case success(members: [UInt8], meta: JSONObject)
        case failure(RPCError)
        /// A result that is no object: the examples of the JSON-RPC specification have such.
        case value(JSON)
    }

    /// What all threads may look at.
    private struct Shared {
        var book = SLABook()
        var desk = DeskRules()
        var identityUsers: [String: UserID] = [:]
        var rights = RightsBook()
        var head = LogHead(logID: "", epoch: 1, seq: 0, streams: [])
        var isStopping = false
    }

    let settings: KernelSettings
    let access: Access
    let output: any KernelOutput
    let clock: WallClock
    let zone: @Sendable (String) -> ZoneRules?
    let log: Logger
    let attachments: AttachmentDesk
    let commands: Inbox<WriterJob>
    let queries: Inbox<QueryJob>
    let consumers: ConsumerBook
    let longPolls = LongPolls()
    let snapshots = Snapshots()
    let republisher = Republisher()
    let timer: DeadlineTimer
    let counters = Counters()
    let problems = Problems()
    let peers: PeerBook
    let rates = RateBook()
    let strangers = StrangerBook()
    let refusals = Refusals()
    let names = PeerNames()
    let sessions: Sessions
    let hooks: Hooks
    let startedAt: Timestamp
    /// Keeps the search index; nil where there is none.
    let search: SearchFollower?
    private let onAbort: @Sendable (String) -> Void
    private let shared = Mutex(Shared())
    private let threads = Mutex<[WorkerThread]>([])

    /// - Parameters:
    ///   - zone: the rules of an IANA zone, or nil where the machine has none.
    ///   - search: the full-text index; nil runs without one.
    ///   - onAbort: ends the process; called where going on could tell an untruth.
    public init(
        settings: KernelSettings, access: Access, output: any KernelOutput, clock: WallClock,
        zone: @escaping @Sendable (String) -> ZoneRules?, search: (any SearchIndex)? = nil, attachments: AttachmentDesk,
        log: Logger,
        onAbort: @escaping @Sendable (String) -> Void
    ) {
        self.settings = settings
        self.access = access
        self.output = output
        self.clock = clock
        self.zone = zone
        self.search = search.map { SearchFollower($0) }
        self.log = log
        self.attachments = attachments
        self.onAbort = onAbort
        commands = Inbox(capacity: settings.commandsWaiting)
        queries = Inbox(capacity: settings.queriesWaiting)
        consumers = ConsumerBook(instanceID: settings.instanceID, lagLimit: settings.consumerLag)
        timer = DeadlineTimer(clock: clock)
        sessions = Sessions(instanceID: settings.instanceID)
        hooks = Hooks(capacity: settings.commandsWaiting)
        peers = PeerBook(
            .init(
                inFlight: settings.inFlightPerConnection, unreadBytes: settings.unreadBytesPerConnection,
                malformedPerMinute: settings.malformedPerMinute))
        startedAt = clock.now
    }

    /// Loads the desk and starts the threads. Returns once the writer has read its state.
    public func start(
        makeWriter: @escaping @Sendable () throws(StoreError) -> any StoreWriter,
        makeReader: @escaping @Sendable () throws(StoreError) -> any StoreReader
    ) throws(StoreError) {
        let outcome = Inbox<StoreError?>(capacity: 1)
        let writer = WorkerThread { [self] in
            do throws(StoreError) {
                let writer = try Writer(self, store: try makeWriter())
                _ = outcome.put(nil)
                writer.run()
            } catch {
                _ = outcome.put(error)
            }
        }
        var result: [StoreError?] = []
        _ = outcome.take(into: &result, limit: 1)
        if let error = result.first ?? nil {
            writer.join()
            throw error
        }
        settings.remember(head)
        let readers = WorkerThread { [self] in ReaderPool(self, makeReader: makeReader).join() }
        let beat = WorkerThread { [self] in runTimer() }
        let copier = WorkerThread { [self] in snapshots.run(self, makeReader: makeReader) }
        let indexer = search.map { search in WorkerThread { [self] in search.run(self, makeReader: makeReader) } }
        threads.withLock { $0 = [writer, readers, beat, copier] + (indexer.map { [$0] } ?? []) }
    }

    /// Lets plugins finish, takes no more, answers what was taken, and says goodbye on the bus after the last event.
    public func stop() {
        sayClosing()
        shared.withLock { $0.isStopping = true }
        stopHooks()
        for job in longPolls.close() { answer(job.replyTo, .failure(Kernel.stopping)) }
        timer.stop()
        snapshots.close()
        search?.stop()
        queries.close()
        commands.close()
        let running = threads.withLock { threads in
            defer { threads = [] }
            return threads
        }
        for thread in running { thread.join() }
        settings.remember(head)
        sayBye()
    }

    static let stopping = RPCError(.unavailable, "the kernel is stopping; try again when it is back")

    func abort(_ reason: String) { onAbort(reason) }

    /// Lets other threads see what the writer has committed.
    func publishState(_ state: WriterState, consumers records: [ConsumerRecord]? = nil) {
        if let records { consumers.load(records) }
        shared.withLock {
            $0.book = state.book
            $0.desk = state.desk
            $0.identityUsers = state.identityUsers
            $0.rights = state.rights
            $0.head = state.head
        }
    }

    var book: SLABook { shared.withLock { $0.book } }
    var rights: RightsBook { shared.withLock { $0.rights } }
    var desk: DeskRules { shared.withLock { $0.desk } }
    var head: LogHead { shared.withLock { $0.head } }
    /// Which log this kernel keeps, for `kernel.json`.
    public var logPosition: (logID: String, epoch: Int64) {
        let head = self.head
        return (head.logID, head.epoch)
    }
    var isStopping: Bool { shared.withLock { $0.isStopping } }
    func user(of identity: String) -> UserID? { shared.withLock { $0.identityUsers[identity] } }

    /// Puts something that happened to the kernel itself into the log, soon. Where too much waits it is left out, and logged.
    func note(_ type: EventType, subject: String, _ data: JSON) {
        let fact = EventDraft(type, subject: subject, at: clock.now, entityVersion: 0, data: data)
        if !commands.put(.note(fact)) {
            log.warning("not recorded", metadata: ["type": "\(type.rawValue)", "data": "\(data.text)"])
        }
    }

    /// Puts a query in front of the readers.
    func enqueue(_ job: QueryJob) {
        let mayWait = job.waitUntil != nil
        // From here on it can be cancelled, wherever it is.
        if mayWait { longPolls.beginLook(job) }
        if queries.put(job) { return }
        if mayWait { longPolls.endLook(job) }
        answer(job.replyTo, .failure(notTaken))
    }

    /// Puts a command in front of the writer.
    func enqueue(_ job: CommandJob) {
        if !commands.put(.command(job)) { answer(job.replyTo, .failure(notTaken)) }
    }

    /// Why something could not be put in front of the writer or the readers.
    var notTaken: RPCError { isStopping ? Kernel.stopping : Kernel.busy }

    static let busy = RPCError(
        .unavailable, "too much waits already; nothing was done; try again shortly", data: JSONObject([("retry_after_ms", 100)]))

    func wakeLongPolls(head: Int64, streams: Set<Int>) {
        for job in longPolls.wake(head: head, streams: streams) { enqueue(job) }
    }

    /// The message that carries an answer; nil for a notification, and while a batch waits for its other answers.
    func message(_ replyTo: ReplyTo, _ outcome: Outcome) -> KernelMessage? {
        if replyTo.isCounted, peers.end(replyTo.peer, bytes: replyTo.bytes) { timer.scheduleWake() }
        if let run = replyTo.hookRun { endHooks(run, replyTo.peer) }
        let text = replyTo.id.map { id in
            switch outcome {
            case .success(let members, let meta): Answer.success(id, members: members, meta: meta)
            case .failure(let error): Answer.failure(id, error)
            case .value(let value): Answer.value(id, value)
            }
        }
        // Another has taken its name: no answer to the first reaches the second.
        guard names.current(replyTo.peer) == replyTo.peer else { return nil }
        if let slot = replyTo.batch { return set(text, in: slot, id: replyTo.id).map { .toPeer(replyTo.peer, $0) } }
        return text.map { .toPeer(replyTo.peer, $0) }
    }

    /// Answers at once.
    func answer(_ replyTo: ReplyTo, _ outcome: Outcome) {
        if let message = message(replyTo, outcome) { output.send([message]) }
    }

    /// A notification to a peer.
    func notice(_ method: String, to peer: Peer, _ params: JSON? = nil) -> KernelMessage {
        let notice: JSON = ["jsonrpc": "2.0", "method": .string(method), "params": params]
        return .toPeer(peer, notice.bytes)
    }

    private func runTimer() {
        timer.run(
            due: { [self] in if !commands.put(.tick) { timer.schedule(clock.now + 100) } },
            beat: { [self] now in beat(now) },
            soon: { [self] now in
                resumeUnread()
                for job in longPolls.expired(now) {
                    if job.isDeaf {
                        wake(job)
                        continue
                    }
                    var last = job
                    last.waitUntil = nil
                    enqueue(last)
                }
                for (replyTo, error) in sessions.expireCalls(now) { answer(replyTo, .failure(error)) }
                expireHooks(now)
                return [longPolls.nextExpiry, sessions.nextCallExpiry, hooks.nextExpiry].compactMap { $0 }.min()
            })
    }

    /// A peer is gone: what it held is free.
    public func lost(_ peer: Peer) { forget(names.current(peer)) }

    /// Ends what a peer had under way with the kernel.
    func forget(_ peer: Peer) {
        peers.forget(peer)
        guard let session = sessions.end(peer) else { return }
        log.notice("a session's connection ended", metadata: ["name": "\(session.name)"])
        release(session, .gone)
    }

    /// Ends what a session held.
    func release(_ session: Session, _ end: Session.End) {
        consumers.release(session: session.id)
        for (replyTo, error) in sessions.dropCalls(of: session.peer) { answer(replyTo, .failure(error)) }
        dropHooks(of: session.peer)
        note(
            .pluginOffline, subject: "plugin/\(session.name)",
            [
                "plugin": .string(session.name), "identity": .string(session.identity.name), "session": .string(session.id),
                "reason": .string(end.rawValue),
            ])
    }
}

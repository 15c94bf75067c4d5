import OporaProtocol
import OporaTime
import Synchronization

/// Which plugins want to be asked before commands, and the commands that are under way past them.
///
/// Nothing here waits: answers, time and the loss of a plugin come in from whichever thread learns of them, and what is to be
/// done then is handed back to it.
final class Hooks: Sendable {
    private struct Breaker: Hashable {
        var point: HookPoint
        var plugin: String
    }

    private struct State {
        var seats: [HookPoint: [Peer: HookSeat]] = [:]
        var lanes: [Peer: HookLane] = [:]
        var waiting = 0
        var runs: [Int64: HookRun] = [:]
        var asked: [String: Int64] = [:]
        var breakers: [Breaker: HookBreaker] = [:]
        var nextRun: Int64 = 1
        // Begins anywhere: a late answer to an earlier life of the kernel answers nothing.
        var nextRequest = Int64.random(in: 1...(1 << 52))
        var isClosed = false
    }

    /// Whether a command has to be looked at here at all.
    private let active = Atomic<Bool>(false)
    private let state = Mutex(State())
    /// Commands that may wait here.
    private let capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    /// False where no plugin wants to be asked about anything and no command waits: the only cost of hooks then.
    var isActive: Bool { active.load(ordering: .relaxed) }

    private func change<R>(_ body: (inout State) -> R) -> R {
        state.withLock { state in
            defer { active.store(!state.seats.isEmpty || !state.lanes.isEmpty, ordering: .relaxed) }
            return body(&state)
        }
    }

    // MARK: Who wants to be asked

    /// Sets what a connection wants to be asked about; nothing takes it away.
    func register(_ peer: Peer, _ seats: [HookPoint: HookSeat]) {
        change { state in
            for point in HookPoint.allCases {
                state.seats[point, default: [:]][peer] = seats[point]
                if state.seats[point]?.isEmpty ?? true { state.seats[point] = nil }
            }
        }
    }

    /// The plugins at a point, one seat for each; where several connections speak for a plugin, the one that is preferred.
    func seats(_ point: HookPoint, prefers: (Peer, Peer) -> Bool) -> [HookSeat] {
        let all = state.withLock { $0.seats[point].map { Array($0.values) } ?? [] }
        return Dictionary(grouping: all, by: \.plugin).values
            .compactMap { seats in seats.max { prefers($1.peer, $0.peer) } }.sorted { $0.plugin < $1.plugin }
    }

    // MARK: The commands of a connection, one after another

    /// What becomes of a command that comes in.
    enum Entry {
        /// No plugin is asked and nothing is before it.
        case straight
        /// It waits behind another of its connection.
        case queued
        /// It is the first: `next` hands it out.
        case first
        /// Too many wait.
        case full
    }

    func enter(_ job: CommandJob) -> Entry {
        let peer = job.replyTo.peer
        return change { state in
            guard var lane = state.lanes[peer] else {
                guard let point = HookPoint(method: job.request.method), state.seats[point] != nil, !state.isClosed else {
                    return .straight
                }
                guard state.waiting < capacity else { return .full }
                state.lanes[peer] = HookLane(waiting: [job], isDraining: true)
                state.waiting += 1
                return .first
            }
            guard state.waiting < capacity else { return .full }
            lane.waiting.append(job)
            state.lanes[peer] = lane
            state.waiting += 1
            return .queued
        }
    }

    /// The next command of a connection that may begin. Nil ends the handing out.
    func next(_ peer: Peer) -> CommandJob? {
        change { state in
            guard var lane = state.lanes[peer] else { return nil }
            let job = lane.takeNext()
            if job != nil { state.waiting -= 1 } else { lane.isDraining = false }
            let isOver = job == nil && !lane.isBusy
            state.lanes[peer] = isOver ? nil : lane
            return job
        }
    }

    /// The command that was under way is dealt with. True where the caller is to hand out what waits.
    func leave(_ peer: Peer) -> Bool {
        change { state in
            guard var lane = state.lanes[peer] else { return false }
            lane.isBusy = false
            let mayDrain = !lane.isDraining
            lane.isDraining = true
            state.lanes[peer] = lane
            return mayDrain
        }
    }

    // MARK: Commands under way

    /// Lets a command set out past its plugins; its answer carries the number of its run.
    func begin(_ job: CommandJob, _ chain: HookChain) -> HookRun {
        change { state in
            var job = job
            job.replyTo.hookRun = state.nextRun
            let run = HookRun(id: state.nextRun, job: job, chain: chain)
            state.nextRun += 1
            state.runs[run.id] = run
            return run
        }
    }

    /// Goes on with a command of which something was learnt; nil where it is over, or has gone on since.
    /// - Parameters:
    ///   - request: the request to a plugin that this is about; nil where none is waited for.
    ///   - body: tells the chain what was learnt; what it returns is done at once.
    func proceed(
        _ id: Int64, request: String? = nil, _ now: Timestamp, _ body: (inout HookChain) -> HookChain.Step?
    ) -> HookAction? {
        change { state in
            guard var run = state.runs[id], !run.isOver, run.request?.id == request else { return nil }
            if let request { state.asked[request] = nil }
            run.request = nil
            let point = run.chain.point
            var step: HookChain.Step?
            if state.isClosed { step = .refuse(Kernel.stopping) } else { step = body(&run.chain) }
            while step == nil {
                let found = run.chain.step(now) { plugin in
                    state.breakers[Breaker(point: point, plugin: plugin)]?.isOpen(now) ?? false
                }
                guard case .ask(let seat, let milliseconds) = found else {
                    step = found
                    break
                }
                guard state.seats[point]?[seat.peer] != nil else {
                    step = run.chain.take(.failure(.offline), now)
                    continue
                }
                let request = HookRequest(id: "k-h\(state.nextRequest)", seat: seat, until: now + milliseconds)
                state.nextRequest += 1
                state.asked[request.id] = id
                run.request = request
                step = found
            }
            let failures = Hooks.note(&run.chain, &state, now)
            state.runs[id] = run
            return step.map { HookAction(run: run, step: $0, failures: failures) }
        }
    }

    /// Begins a command's chain once more, because its ticket moved meanwhile; nil where that was so before.
    func restart(_ id: Int64, _ now: Timestamp) -> HookRun? {
        change { state in
            guard var run = state.runs[id], run.chain.restart() else { return nil }
            _ = Hooks.note(&run.chain, &state, now)
            state.runs[id] = run
            return run
        }
    }

    /// The command is answered: nothing more is asked for it.
    func end(_ id: Int64, _ now: Timestamp) -> HookRun? {
        change { state in
            guard var run = state.runs.removeValue(forKey: id) else { return nil }
            if let request = run.request { state.asked[request.id] = nil }
            run.chain.settle()
            _ = Hooks.note(&run.chain, &state, now)
            return run
        }
    }

    /// The command for which this plugin was asked with this id; an answer of anybody else counts for nothing.
    func run(asked id: String, from peer: Peer) -> Int64? {
        state.withLock { state in
            guard let run = state.asked[id], state.runs[run]?.request?.seat.peer == peer else { return nil }
            return run
        }
    }

    /// The requests for which a plugin took too long.
    func late(_ now: Timestamp) -> [HookRun] {
        state.withLock { $0.runs.values.filter { run in run.request.map { $0.until <= now } ?? false } }
    }

    /// When the next plugin will have taken too long.
    var nextExpiry: Timestamp? { isActive ? state.withLock { $0.runs.values.compactMap(\.request?.until).min() } : nil }

    /// The commands for which a connection is being asked.
    func runs(asking peer: Peer) -> [HookRun] {
        state.withLock { $0.runs.values.filter { $0.request?.seat.peer == peer } }
    }

    /// Takes away the first command that waits here, or whose plugin is being asked, and that is meant.
    func cancel(where isMeant: (ReplyTo) -> Bool) -> ReplyTo? {
        guard isActive else { return nil }
        return change { state in
            for (peer, lane) in state.lanes {
                guard let place = lane.waiting.firstIndex(where: { isMeant($0.replyTo) }) else { continue }
                state.waiting -= 1
                return state.lanes[peer]?.waiting.remove(at: place).replyTo
            }
            guard let run = state.runs.values.first(where: { $0.request != nil && !$0.isOver && isMeant($0.job.replyTo) })
            else { return nil }
            // Whatever its plugin says, or how long it takes, from here on comes too late.
            state.runs[run.id]?.isOver = true
            return run.job.replyTo
        }
    }

    /// Lets nobody in any more; returns the commands that wait or whose plugins are being asked.
    func close() -> [ReplyTo] {
        change { state in
            state.isClosed = true
            let waiting = state.lanes.values.flatMap { $0.waiting.map(\.replyTo) }
            for peer in state.lanes.keys { state.lanes[peer]?.waiting = [] }
            state.waiting = 0
            let asked = state.runs.values.filter { $0.request != nil && !$0.isOver }
            for run in asked { state.runs[run.id]?.isOver = true }
            return asked.map(\.job.replyTo) + waiting
        }
    }

    /// Tells the breakers; returns the failures for the log.
    private static func note(_ chain: inout HookChain, _ state: inout State, _ now: Timestamp) -> [HookChain.Note] {
        let notes = chain.takeNotes()
        for note in notes where note.counts {
            let key = Breaker(point: chain.point, plugin: note.plugin)
            var breaker = state.breakers[key] ?? HookBreaker()
            if note.failure == nil { breaker.succeeded() } else { breaker.failed(now) }
            state.breakers[key] = breaker.isIdle(now) ? nil : breaker
        }
        return notes.filter { $0.failure != nil }
    }
}

import OporaProtocol
import OporaTime

/// Where targets begin and end. The other halves: time (`Ticket+Deadlines`), pauses (`Ticket+Pauses`), counting anew
/// (`Ticket+Recompute`).
extension Ticket {
    /// The instant at which a target of a kind would begin, or nil while there is nothing to promise.
    func start(of kind: TargetKind) -> Timestamp? {
        switch kind {
        case .firstResponse: exchange.answeredAt == nil ? createdAt : nil
        case .nextResponse: exchange.waitingSince
        case .periodicUpdate:
            status.isUnsolved ? exchange.updatedAt.map { max($0, exchange.reopenedAt ?? $0) } : nil
        case .resolution: status.isUnsolved ? exchange.reopenedAt ?? createdAt : nil
        case .tierTime: status.isUnsolved && hasPlace ? exchange.enteredAt ?? createdAt : nil
        }
    }

    /// Whether the ticket is with a group or tier: only there is time to be measured.
    private var hasPlace: Bool { group != nil || tier != nil }

    /// Begins what the ticket's policy promises of these kinds, each at its own start.
    mutating func startTargets(_ kinds: [TargetKind], at: Timestamp, _ book: SLABook) -> [EventDraft] {
        guard let policy = book.policy(for: self), let dated = book.calendars[policy.calendar] else { return [] }
        let promised = policy.promises(self)
        var started: [SLATarget] = []
        for kind in kinds {
            guard let budget = promised[kind], let start = start(of: kind) else { continue }
            var target = SLATarget(
                kind: kind, cycle: lastCycle(of: kind) + 1, policy: policy.id, policyVersion: policy.version,
                calendar: policy.calendar, calendarVersion: dated.version, startedAt: start, budget: budget)
            target.schedule(dated.calendar, policy.warnings.thresholds(kind), now: at)
            started.append(target)
        }
        guard !started.isEmpty else { return [] }
        targets += started
        forgetOldTargets()
        return [record(.slaApplied, at: at, Ticket.scheduleJSON(started))]
    }

    private func lastCycle(of kind: TargetKind) -> Int64 {
        targets.reduce(0) { $1.kind == kind ? max($0, $1.cycle) : $0 }
    }

    /// The last one of each kind stays: cycles are numbered after it.
    private mutating func forgetOldTargets() {
        while targets.count > Limits.ticketTargets {
            let old = targets.indices.first { index in
                targets[index].endedAt != nil && targets[(index + 1)...].contains { $0.kind == targets[index].kind }
            }
            guard let old else { return }
            targets.remove(at: old)
        }
    }

    /// Ends the open target of a kind: met where it was still running or paused.
    mutating func endTarget(_ kind: TargetKind, at: Timestamp) -> [EventDraft] {
        var facts: [EventDraft] = []
        for index in targets.indices where targets[index].kind == kind && targets[index].endedAt == nil {
            targets[index].endedAt = at
            targets[index].warnings = []
            if targets[index].isInPause { targets[index].resume(at: at) }
            guard targets[index].state == .running || targets[index].state == .paused else { continue }
            targets[index].state = .met
            facts.append(
                record(
                    .slaMet, at: at,
                    [
                        "target": .string(kind.rawValue), "cycle": .int(targets[index].cycle),
                        "due_at": .time(targets[index].dueAt), "ended_at": .time(at),
                    ]))
        }
        return facts
    }

    /// What an agent's public message does: it ends what waited for one, and the time to the next one begins.
    /// - Parameter isLast: the ticket is solved with it: no further update is promised.
    mutating func answered(at: Timestamp, isLast: Bool, _ book: SLABook) -> [EventDraft] {
        if exchange.answeredAt == nil { exchange.answeredAt = at }
        exchange.waitingSince = nil
        exchange.updatedAt = at
        var facts = endTarget(.firstResponse, at: at) + endTarget(.nextResponse, at: at) + endTarget(.periodicUpdate, at: at)
        guard status.isUnsolved, !isLast else { return facts }
        facts += startTargets([.periodicUpdate], at: at, book)
        return facts + followPauses(at: at, book)
    }

    /// What a requester's public message does: the oldest one that nobody answered starts the wait for the next response.
    mutating func asked(at: Timestamp, _ book: SLABook) -> [EventDraft] {
        guard exchange.answeredAt != nil, exchange.waitingSince == nil else { return [] }
        exchange.waitingSince = at
        return startTargets([.nextResponse], at: at, book) + followPauses(at: at, book)
    }

    /// What a change of status does to the targets: pauses, resumes, ends, or begins a new cycle.
    mutating func followStatus(from before: TicketStatus, at: Timestamp, _ book: SLABook) -> [EventDraft] {
        var facts: [EventDraft] = []
        if !before.isUnsolved, status.isUnsolved { facts += reopened(at: at, book) }
        // What goes on and ends at once has its due instant in between: whoever reads the log sees by how much it was met.
        facts += resume(at: at, book)
        if !status.isUnsolved { facts += endTarget(.resolution, at: at) + endTarget(.tierTime, at: at) }
        if status == .closed {
            // Nobody can answer a closed ticket any more.
            facts += cancelTargets(at: at) { _ in true }
            for index in targets.indices where targets[index].endedAt == nil { targets[index].endedAt = at }
            exchange.waitingSince = nil
        }
        return facts + followPauses(at: at, book)
    }

    private mutating func reopened(at: Timestamp, _ book: SLABook) -> [EventDraft] {
        exchange.enteredAt = at
        let last = targets.lastIndex { $0.kind == .resolution }
        if let last, book.policy(for: self)?.reopening == .continue, let ended = targets[last].endedAt,
            targets[last].state != .cancelled, let calendar = book.calendar(of: targets[last])
        {
            targets[last].pause(at: ended)
            targets[last].resume(at: at)
            targets[last].endedAt = nil
            if targets[last].state == .met { targets[last].state = .running }
            let isRunning = targets[last].state == .running
            targets[last].schedule(calendar, isRunning ? thresholds(of: targets[last], book) : [], now: at)
            return [record(.slaResumed, at: at, Ticket.scheduleJSON([targets[last]]))]
                + startTargets([.tierTime], at: at, book) + restartUpdates(at: at, book)
        }
        exchange.reopenedAt = at
        return startTargets([.resolution, .tierTime], at: at, book) + restartUpdates(at: at, book)
    }

    /// Who was told something before hears of it again after a reopening.
    private mutating func restartUpdates(at: Timestamp, _ book: SLABook) -> [EventDraft] {
        let isOpen = targets.contains { $0.kind == .periodicUpdate && $0.isOpen }
        guard !isOpen, exchange.updatedAt != nil else { return [] }
        exchange.updatedAt = at
        return startTargets([.periodicUpdate], at: at, book)
    }

    /// Leaves the group or tier: to be called before the change.
    mutating func leavePlace(at: Timestamp) -> [EventDraft] { endTarget(.tierTime, at: at) }

    /// Comes to another group or tier: to be called after the change, instead of `recompute`.
    mutating func enterPlace(at: Timestamp, _ book: SLABook) -> [EventDraft] {
        exchange.enteredAt = at
        return recompute(at: at, book)
    }

    func thresholds(of target: SLATarget, _ book: SLABook) -> [Threshold] {
        book.policy(of: target)?.warnings.thresholds(target.kind) ?? []
    }

    /// The schedule of targets as events bear it.
    static func scheduleJSON(_ targets: [SLATarget]) -> JSON {
        let first = targets.first
        return [
            "policy": .id(first?.policy), "policy_version": first.map { .int($0.policyVersion) },
            "calendar_version": first.map { .int($0.calendarVersion) },
            "targets": .array(
                targets.map {
                    [
                        "target": .string($0.kind.rawValue), "cycle": .int($0.cycle), "budget_ms": .int($0.budget),
                        "due_at": .time($0.dueAt),
                    ]
                }),
        ]
    }
}

import OporaProtocol
public import OporaTime

extension Ticket {
    /// Brings warnings, breaches and the wake-up up to `now`: each fact bears the instant at which it was true.
    ///
    /// A target is breached when its due instant lies before `now`; a warning that a breach overtook is not given.
    public mutating func tick(now: Timestamp, _ book: SLABook) -> [EventDraft] {
        var facts = advance(to: now, book)
        if status.isWaiting, let wake = wakeAt, wake <= now {
            facts += move(to: .open, reason: nil, wakeAt: nil, at: wake, book)
        }
        return facts
    }

    mutating func advance(to now: Timestamp, _ book: SLABook) -> [EventDraft] {
        var facts: [EventDraft] = []
        for index in targets.indices where targets[index].state == .running {
            guard let due = targets[index].dueAt else { continue }
            if due < now {
                facts.append(breach(index, at: due, detectedAt: now, cause: .time))
            } else {
                facts += warn(index, now: now)
            }
        }
        return facts
    }

    private mutating func warn(_ index: Int, now: Timestamp) -> [EventDraft] {
        let passed = targets[index].warnings.filter { $0.at <= now }
        // Several at once: only the latest says something.
        guard let latest = passed.last else { return [] }
        targets[index].warnings.removeFirst(passed.count)
        targets[index].warnedPercent = latest.percent
        return [
            record(
                .slaWarning, at: latest.at,
                [
                    "target": .string(targets[index].kind.rawValue), "cycle": .int(targets[index].cycle),
                    "percent": .int(Int64(latest.percent)), "due_at": .time(targets[index].dueAt),
                    "priority": .string(priority.rawValue), "group": .id(group), "assignee": .id(assignee),
                ])
        ]
    }

    private mutating func breach(_ index: Int, at: Timestamp, detectedAt: Timestamp, cause: BreachCause) -> EventDraft {
        targets[index].state = .breached
        targets[index].breachedAt = at
        targets[index].warnings = []
        return record(
            .slaBreached, at: at,
            [
                "target": .string(targets[index].kind.rawValue), "cycle": .int(targets[index].cycle),
                "due_at": .time(targets[index].dueAt), "breached_at": .time(at), "detected_at": .time(detectedAt),
                "cause": .string(cause.rawValue), "priority": .string(priority.rawValue), "group": .id(group),
                "assignee": .id(assignee),
            ])
    }

    /// Starts what the ticket's policy promises.
    mutating func startTargets(
        cycle: Int64, kinds: [TargetKind], start: Timestamp, at: Timestamp, _ book: SLABook
    ) -> [EventDraft] {
        guard let policy = book.policy(for: self), let calendar = book.calendars[policy.calendar] else { return [] }
        var started: [SLATarget] = []
        for kind in kinds {
            guard let budget = policy.targets[priority]?[kind] else { continue }
            var target = SLATarget(
                kind: kind, cycle: cycle, policy: policy.id, policyVersion: policy.version, calendar: policy.calendar,
                startedAt: start, budget: budget)
            target.schedule(calendar, percentages: policy.warnings, now: start)
            started.append(target)
        }
        guard !started.isEmpty else { return [] }
        targets += started
        return [record(.slaApplied, at: at, Ticket.scheduleJSON(started, policy: policy.id))]
    }

    /// What a change of status does to the targets: pauses, resumes, ends, or begins a new cycle.
    mutating func followStatus(from before: TicketStatus, at: Timestamp, _ book: SLABook) -> [EventDraft] {
        var facts: [EventDraft] = []
        if !before.isUnsolved, status.isUnsolved {
            let cycle = (targets.filter { $0.kind == .resolution }.map(\.cycle).max() ?? 0) + 1
            facts += startTargets(cycle: cycle, kinds: [.resolution], start: at, at: at, book)
        }
        facts += resume(at: at, book)
        if !status.isUnsolved { facts += endTarget(.resolution, at: at) }
        // Nobody can answer a closed ticket any more.
        if status == .closed { facts += cancelTargets(at: at) { _ in true } }
        return facts + pause(at: at, book)
    }

    private mutating func pause(at: Timestamp, _ book: SLABook) -> [EventDraft] {
        var facts: [EventDraft] = []
        var paused: [JSON] = []
        for index in targets.indices where SLATarget.isPaused(targets[index].kind, in: status) && !targets[index].isInPause {
            // What was cancelled may be promised again: its pauses count then.
            if targets[index].state == .cancelled, targets[index].endedAt == nil {
                targets[index].pauses.append(.init(from: at, to: nil))
            }
            guard targets[index].state == .running else { continue }
            // A pause that begins at the due instant comes too late.
            if let due = targets[index].dueAt, due <= at {
                facts.append(breach(index, at: due, detectedAt: at, cause: .time))
                continue
            }
            targets[index].state = .paused
            targets[index].pauses.append(.init(from: at, to: nil))
            let calendar = book.calendars[targets[index].calendar]
            let remaining = calendar.map { targets[index].remaining(at: at, $0) } ?? targets[index].budget
            targets[index].dueAt = nil
            targets[index].warnings = []
            paused.append([
                "target": .string(targets[index].kind.rawValue), "cycle": .int(targets[index].cycle),
                "remaining_ms": .int(remaining),
            ])
        }
        if !paused.isEmpty { facts.append(record(.slaPaused, at: at, ["targets": .array(paused)])) }
        return facts
    }

    private mutating func resume(at: Timestamp, _ book: SLABook) -> [EventDraft] {
        var resumed: [SLATarget] = []
        for index in targets.indices where targets[index].isInPause && !SLATarget.isPaused(targets[index].kind, in: status) {
            targets[index].pauses[targets[index].pauses.count - 1].to = at
            guard targets[index].state == .paused else { continue }
            targets[index].state = .running
            if let calendar = book.calendars[targets[index].calendar] {
                let percentages = book.policies.first { $0.id == targets[index].policy }?.warnings ?? []
                targets[index].schedule(calendar, percentages: percentages, now: at)
            }
            resumed.append(targets[index])
        }
        guard let first = resumed.first else { return [] }
        return [record(.slaResumed, at: at, Ticket.scheduleJSON(resumed, policy: first.policy))]
    }

    /// Ends the open target of a kind: met where it was still running or paused.
    mutating func endTarget(_ kind: TargetKind, at: Timestamp) -> [EventDraft] {
        var facts: [EventDraft] = []
        for index in targets.indices where targets[index].kind == kind && targets[index].endedAt == nil {
            targets[index].endedAt = at
            targets[index].warnings = []
            if targets[index].state == .breached || targets[index].state == .cancelled { continue }
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

    static func scheduleJSON(_ targets: [SLATarget], policy: PolicyID) -> JSON {
        [
            "policy": .id(policy),
            "targets": .array(
                targets.map {
                    [
                        "target": .string($0.kind.rawValue), "cycle": .int($0.cycle), "budget_ms": .int($0.budget),
                        "due_at": .time($0.dueAt),
                    ]
                }),
        ]
    }

    /// Counts the open targets anew after a change of priority, group or policy: from their original start, with their
    /// original pauses. What ended stays; what was breached stays breached.
    mutating func recompute(at: Timestamp, _ book: SLABook) -> [EventDraft] {
        guard let policy = book.policy(for: self), let calendar = book.calendars[policy.calendar] else {
            return cancelTargets(at: at) { _ in true }
        }
        let promised = policy.targets[priority] ?? [:]
        var facts = cancelTargets(at: at) { promised[$0] == nil }
        var changed: [Int] = []
        for index in targets.indices where targets[index].isOpen {
            guard let budget = promised[targets[index].kind], isOther(targets[index], policy, budget) else { continue }
            targets[index].policy = policy.id
            targets[index].policyVersion = policy.version
            targets[index].calendar = policy.calendar
            targets[index].budget = budget
            switch targets[index].state {
            case .running: targets[index].schedule(calendar, percentages: policy.warnings, now: at)
            // A breach is never taken back; the new due instant is shown all the same.
            case .breached: targets[index].schedule(calendar, percentages: [], now: at)
            case .paused, .met, .cancelled: break
            }
            changed.append(index)
        }
        if !changed.isEmpty {
            facts.append(record(.slaRecomputed, at: at, Ticket.scheduleJSON(changed.map { targets[$0] }, policy: policy.id)))
            for index in changed { facts += breachIfPast(index, at: at, calendar) }
        }
        return facts + revive(promised, policy, calendar, at: at) + startMissing(promised, at: at, book)
    }

    /// A change moved the due instant into the past, or used up the budget before the pause that lasts: breached by it, once.
    private mutating func breachIfPast(_ index: Int, at: Timestamp, _ calendar: BusinessCalendar) -> [EventDraft] {
        switch targets[index].state {
        case .running:
            guard let due = targets[index].dueAt, due < at else { return [] }
        case .paused:
            guard targets[index].used(at: at, calendar) >= targets[index].budget else { return [] }
            targets[index].schedule(calendar, percentages: [], now: at)
        case .met, .breached, .cancelled: return []
        }
        return [breach(index, at: at, detectedAt: at, cause: .policyChanged)]
    }

    /// What was cancelled and is promised again goes on from its own start, with its own pauses.
    private mutating func revive(
        _ promised: [TargetKind: Int64], _ policy: SLAPolicy, _ calendar: BusinessCalendar, at: Timestamp
    ) -> [EventDraft] {
        guard status.isUnsolved else { return [] }
        var revived: [Int] = []
        for index in targets.indices where targets[index].state == .cancelled && targets[index].endedAt == nil {
            guard let budget = promised[targets[index].kind] else { continue }
            targets[index].policy = policy.id
            targets[index].policyVersion = policy.version
            targets[index].calendar = policy.calendar
            targets[index].budget = budget
            targets[index].state = targets[index].isInPause ? .paused : .running
            if targets[index].state == .running { targets[index].schedule(calendar, percentages: policy.warnings, now: at) }
            revived.append(index)
        }
        guard !revived.isEmpty else { return [] }
        var facts = [record(.slaApplied, at: at, Ticket.scheduleJSON(revived.map { targets[$0] }, policy: policy.id))]
        for index in revived { facts += breachIfPast(index, at: at, calendar) }
        return facts
    }

    /// A target that nobody promised so far begins at the ticket's creation, like the others of its kind did.
    private mutating func startMissing(_ promised: [TargetKind: Int64], at: Timestamp, _ book: SLABook) -> [EventDraft] {
        guard status.isUnsolved else { return [] }
        let missing = TargetKind.allCases.filter { kind in
            // Whoever left `new` may have been answered already, before anybody promised an answer.
            promised[kind] != nil && !targets.contains { $0.kind == kind } && (kind != .firstResponse || status == .new)
        }
        guard !missing.isEmpty else { return [] }
        var facts = startTargets(cycle: 1, kinds: missing, start: createdAt, at: at, book)
        for index in targets.indices where missing.contains(targets[index].kind) {
            if let due = targets[index].dueAt, due < at {
                facts.append(breach(index, at: at, detectedAt: at, cause: .policyChanged))
            }
        }
        return facts + pause(at: at, book)
    }

    private func isOther(_ target: SLATarget, _ policy: SLAPolicy, _ budget: Int64) -> Bool {
        target.policy != policy.id || target.policyVersion != policy.version || target.budget != budget
    }

    private mutating func cancelTargets(at: Timestamp, _ isGone: (TargetKind) -> Bool) -> [EventDraft] {
        var cancelled: [JSON] = []
        for index in targets.indices {
            let target = targets[index]
            guard target.state == .running || target.state == .paused, isGone(target.kind) else { continue }
            targets[index].state = .cancelled
            targets[index].dueAt = nil
            targets[index].warnings = []
            cancelled.append(["target": .string(target.kind.rawValue), "cycle": .int(target.cycle)])
        }
        return cancelled.isEmpty ? [] : [record(.slaCancelled, at: at, ["targets": .array(cancelled)])]
    }
}

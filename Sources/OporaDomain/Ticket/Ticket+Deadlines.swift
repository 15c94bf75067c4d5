import OporaProtocol
public import OporaTime

/// What time does to a ticket: warnings, breaches, the wake-up.
extension Ticket {
    /// Brings warnings, breaches and the wake-up up to `now`: each fact bears the instant at which it was true.
    ///
    /// A target is breached when its due instant lies before `now`; a warning that a breach overtook is not given.
    public mutating func tick(now: Timestamp, _ book: SLABook) -> [EventDraft] {
        var facts: [EventDraft] = []
        if status.isWaiting, let wake = wakeAt, wake <= now {
            facts += move(to: .open, reason: nil, wakeAt: nil, at: wake, book)
        }
        return facts + advance(to: now, book)
    }

    /// The next instant at which the SLA wants attention after `instant`, or at once where it has passed already.
    public func nextSLAInstant(after instant: Timestamp = .earliest) -> Timestamp? {
        targets.compactMap(\.nextInstant).min().map { max($0, instant) }
    }

    /// Warnings and breaches up to `now`. Every verb begins with it, so that a change never hides what was true before.
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
        // Several at once: only the latest says something.
        guard let latest = targets[index].warnings.last(where: { $0.at <= now }) else { return [] }
        let passed = targets[index].warnings.prefix { $0.at <= now }
        targets[index].given += passed.map(\.threshold)
        targets[index].warnings.removeFirst(passed.count)
        let target = targets[index]
        let used = latest.threshold.used(of: target.budget) ?? 0
        var percent = target.budget > 0 ? used * 100 / target.budget : 0
        var left: JSON?
        switch latest.threshold {
        case .percent(let exact): percent = Int64(exact)
        case .before(let milliseconds): left = .int(milliseconds)
        }
        var fact = record(
            .slaWarning, at: latest.at,
            [
                "target": .string(target.kind.rawValue), "cycle": .int(target.cycle),
                "percent": .int(min(max(percent, 1), 99)), "before_ms": left, "due_at": .time(target.dueAt),
                "priority": .string(priority.rawValue), "group": .id(group), "assignee": .id(assignee),
            ])
        fact.repeatKey = repeatKey(target, "w\(latest.threshold.code)")
        return [fact]
    }

    mutating func breach(_ index: Int, at: Timestamp, detectedAt: Timestamp, cause: BreachCause) -> EventDraft {
        targets[index].state = .breached
        targets[index].breachedAt = at
        targets[index].cause = cause
        targets[index].warnings = []
        let target = targets[index]
        var fact = record(
            .slaBreached, at: at,
            [
                "target": .string(target.kind.rawValue), "cycle": .int(target.cycle), "due_at": .time(target.dueAt),
                "breached_at": .time(at), "detected_at": .time(detectedAt), "cause": .string(cause.rawValue),
                "priority": .string(priority.rawValue), "group": .id(group), "assignee": .id(assignee),
            ])
        fact.repeatKey = repeatKey(target, "b")
        return fact
    }

    /// The same for every repeat of a fact of time, whatever becomes of the log in between.
    private func repeatKey(_ target: SLATarget, _ what: String) -> String {
        "\(id)/\(target.kind.rawValue)/\(target.cycle)/\(what)/\(target.dueRevision)"
    }
}

import OporaProtocol
import OporaTime

/// Counting anew: after a change of what the ticket's policy depends on, and after an edit of a policy or calendar.
extension Ticket {
    /// Counts the open targets anew after a change of priority, group, tags, fields or the like: from their original start,
    /// with their original pauses. What ended stays; what was breached stays breached.
    ///
    /// Verbs that change such a member call `advance(to:)` before the change and this after it.
    mutating func recompute(at: Timestamp, _ book: SLABook, cause: BreachCause = .policyChanged) -> [EventDraft] {
        guard let policy = book.policy(for: self), let dated = book.calendars[policy.calendar] else {
            return cancelTargets(at: at) { _ in true }
        }
        let promised = policy.promises(self)
        var facts = cancelTargets(at: at) { promised[$0] == nil }
        var changed: [Int] = []
        for index in targets.indices where targets[index].isOpen {
            let target = targets[index]
            guard let budget = promised[target.kind] else { continue }
            let isSame =
                target.policy == policy.id && target.policyVersion == policy.version && target.budget == budget
                && target.calendar == policy.calendar && target.calendarVersion == dated.version
            if isSame { continue }
            adopt(index, policy, dated, budget, at: at)
            changed.append(index)
        }
        facts += told(changed, as: .slaRecomputed, at: at, dated.calendar, cause)
        facts += revive(promised, policy, dated, at: at, cause)
        facts += startMissing(promised, at: at, book, cause)
        return facts + followPauses(at: at, book)
    }

    /// Counts the open targets of a calendar anew with its present version; the policies stay as they are.
    mutating func recount(_ calendar: CalendarID, at: Timestamp, _ book: SLABook) -> [EventDraft] {
        guard let dated = book.calendars[calendar] else { return [] }
        var changed: [Int] = []
        for index in targets.indices where targets[index].isOpen && targets[index].calendar == calendar {
            guard targets[index].calendarVersion != dated.version else { continue }
            targets[index].calendarVersion = dated.version
            count(index, dated.calendar, thresholds(of: targets[index], book), at: at)
            changed.append(index)
        }
        return told(changed, as: .slaRecomputed, at: at, dated.calendar, .calendarChanged)
    }

    private mutating func adopt(
        _ index: Int, _ policy: SLAPolicy, _ dated: SLABook.Dated, _ budget: Int64, at: Timestamp
    ) {
        targets[index].policy = policy.id
        targets[index].policyVersion = policy.version
        targets[index].calendar = policy.calendar
        targets[index].calendarVersion = dated.version
        targets[index].budget = budget
        count(index, dated.calendar, policy.warnings.thresholds(targets[index].kind), at: at)
    }

    private mutating func count(_ index: Int, _ calendar: BusinessCalendar, _ thresholds: [Threshold], at: Timestamp) {
        switch targets[index].state {
        case .running: targets[index].reschedule(calendar, thresholds, now: at)
        // A breach is never taken back; the new due instant is shown all the same.
        case .breached, .waived: targets[index].reschedule(calendar, [], now: at)
        case .paused: targets[index].dueRevision += 1
        case .met, .cancelled: break
        }
    }

    /// The fact that targets are counted anew, and the breaches that come of it.
    private mutating func told(
        _ changed: [Int], as type: EventType, at: Timestamp, _ calendar: BusinessCalendar, _ cause: BreachCause
    ) -> [EventDraft] {
        guard !changed.isEmpty else { return [] }
        var facts = [record(type, at: at, Ticket.scheduleJSON(changed.map { targets[$0] }))]
        for index in changed { facts += breachIfPast(index, at: at, calendar, cause) }
        return facts
    }

    /// A change moved the due instant into the past, or before the pause that lasts: breached by it, once.
    private mutating func breachIfPast(
        _ index: Int, at: Timestamp, _ calendar: BusinessCalendar, _ cause: BreachCause
    ) -> [EventDraft] {
        switch targets[index].state {
        case .running:
            guard let due = targets[index].dueAt, due < at else { return [] }
        case .paused:
            guard targets[index].used(at: at, calendar) >= targets[index].budget else { return [] }
            targets[index].schedule(calendar, [], now: at)
        case .met, .breached, .cancelled, .waived: return []
        }
        return [breach(index, at: at, detectedAt: at, cause: cause)]
    }

    /// What was cancelled and is promised again goes on from its own start, with its own pauses.
    private mutating func revive(
        _ promised: [TargetKind: Int64], _ policy: SLAPolicy, _ dated: SLABook.Dated, at: Timestamp, _ cause: BreachCause
    ) -> [EventDraft] {
        guard status.isUnsolved else { return [] }
        var revived: [Int] = []
        for index in targets.indices where targets[index].state == .cancelled && targets[index].endedAt == nil {
            guard let budget = promised[targets[index].kind] else { continue }
            targets[index].state = targets[index].isInPause ? .paused : .running
            adopt(index, policy, dated, budget, at: at)
            revived.append(index)
        }
        return told(revived, as: .slaApplied, at: at, dated.calendar, cause)
    }

    /// A target that nobody promised so far begins where it would have begun.
    private mutating func startMissing(
        _ promised: [TargetKind: Int64], at: Timestamp, _ book: SLABook, _ cause: BreachCause
    ) -> [EventDraft] {
        guard status.isUnsolved else { return [] }
        let missing = TargetKind.allCases.filter { kind in
            guard promised[kind] != nil, let start = start(of: kind) else { return false }
            return !targets.contains { $0.kind == kind && ($0.endedAt == nil || $0.startedAt >= start) }
        }
        guard !missing.isEmpty else { return [] }
        let before = targets.filter { missing.contains($0.kind) }.map { [$0.kind.rawValue, "\($0.cycle)"] }
        var facts = startTargets(missing, at: at, book)
        for index in targets.indices {
            let target = targets[index]
            guard target.state == .running, missing.contains(target.kind), let due = target.dueAt, due < at,
                !before.contains([target.kind.rawValue, "\(target.cycle)"])
            else { continue }
            facts.append(breach(index, at: at, detectedAt: at, cause: cause))
        }
        return facts
    }

    mutating func cancelTargets(at: Timestamp, _ isGone: (TargetKind) -> Bool) -> [EventDraft] {
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

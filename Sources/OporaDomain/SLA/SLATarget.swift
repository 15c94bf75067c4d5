public import OporaProtocol
public import OporaTime

/// One promise to one ticket: its budget, its pauses, when it falls due and how it ended.
///
/// `dueAt` is always computed from start, budget, pauses and calendar, never by adding to the last due.
public struct SLATarget: Hashable, Sendable {
    public var kind: TargetKind
    /// 1 for the first time, one more for each exchange, update, group or reopening.
    public var cycle: Int64
    public var policy: PolicyID
    public var policyVersion: Int64
    public var calendar: CalendarID
    public var calendarVersion: Int64
    public var startedAt: Timestamp
    /// Milliseconds of working time.
    public var budget: Int64
    public var state: TargetState
    /// Nil while paused.
    public var dueAt: Timestamp?
    /// How often a change of priority, policy or calendar counted it anew. Pauses are no such change.
    public var dueRevision: Int64
    /// Warnings still to come, earliest first.
    public var warnings: [Warning]
    /// Thresholds that were warned of, or overtaken by a later one, in this revision.
    public var given: [Threshold]
    /// Closed pauses in order; an open one has no end yet.
    public var pauses: [Pause]
    public var endedAt: Timestamp?
    public var breachedAt: Timestamp?
    /// Why it was breached; nil where it was not.
    public var cause: BreachCause?

    /// A warning to give at an instant.
    public struct Warning: Hashable, Sendable {
        public var threshold: Threshold
        public var at: Timestamp

        public init(_ threshold: Threshold, at: Timestamp) {
            self.threshold = threshold
            self.at = at
        }
    }

    /// Time that does not count.
    public struct Pause: Hashable, Sendable {
        public var from: Timestamp
        public var to: Timestamp?

        public init(from: Timestamp, to: Timestamp?) {
            self.from = from
            self.to = to
        }
    }

    public init(
        kind: TargetKind, cycle: Int64, policy: PolicyID, policyVersion: Int64, calendar: CalendarID,
        calendarVersion: Int64 = 1, startedAt: Timestamp, budget: Int64, state: TargetState = .running,
        dueAt: Timestamp? = nil, dueRevision: Int64 = 0, warnings: [Warning] = [], given: [Threshold] = [],
        pauses: [Pause] = [], endedAt: Timestamp? = nil, breachedAt: Timestamp? = nil, cause: BreachCause? = nil
    ) {
        self.kind = kind
        self.cycle = cycle
        self.policy = policy
        self.policyVersion = policyVersion
        self.calendar = calendar
        self.calendarVersion = calendarVersion
        self.startedAt = startedAt
        self.budget = budget
        self.state = state
        self.dueAt = dueAt
        self.dueRevision = dueRevision
        self.warnings = warnings
        self.given = given
        self.pauses = pauses
        self.endedAt = endedAt
        self.breachedAt = breachedAt
        self.cause = cause
    }

    /// True until the target is met, cancelled, or ended after a breach.
    public var isOpen: Bool { endedAt == nil && state != .cancelled && state != .met }

    /// True while a pause has begun and not ended.
    public var isInPause: Bool { pauses.last.map { $0.to == nil } ?? false }

    /// The next instant at which this target wants attention: a warning, or the moment after its due instant.
    /// An end in the very millisecond of the due instant still meets it, so a breach is certain one later.
    public var nextInstant: Timestamp? {
        guard state == .running, let dueAt else { return nil }
        return min(warnings.first?.at ?? .latest, dueAt + 1)
    }

    /// The pauses that have ended.
    public var closedPauses: [Span] { pauses.compactMap { pause in pause.to.map { Span(start: pause.from, end: $0) } } }

    /// Milliseconds of budget used up when the open pause began, or at `instant` where there is none.
    public func used(at instant: Timestamp, _ calendar: BusinessCalendar) -> Int64 {
        let end = pauses.last.flatMap { $0.to == nil ? $0.from : nil } ?? instant
        return calendar.worked(from: startedAt, to: end, pauses: closedPauses)
    }

    /// Milliseconds of budget left at `instant`, or when the open pause began; never negative.
    public func remaining(at instant: Timestamp, _ calendar: BusinessCalendar) -> Int64 {
        max(0, budget - used(at: instant, calendar))
    }
}

extension SLATarget {
    /// Computes the due instant and the warnings still to be given; one whose instant has passed is given at `now`.
    ///
    /// Where the calendar has too little working time ahead, nothing falls due: a ticket can always be worked on.
    mutating func schedule(_ calendar: BusinessCalendar, _ thresholds: [Threshold], now: Timestamp) {
        let pauses = closedPauses
        dueAt = try? calendar.due(start: startedAt, budget: budget, pauses: pauses)
        warnings = []
        guard dueAt != nil else { return }
        for threshold in thresholds where !given.contains(threshold) {
            guard let used = threshold.used(of: budget),
                let at = try? calendar.due(start: startedAt, budget: used, pauses: pauses)
            else { continue }
            warnings.append(Warning(threshold, at: max(at, now)))
        }
        if warnings.count > 1 { warnings.sort { $0.at < $1.at } }
    }

    /// A new revision of the due instant. A warning that was given may come again where its instant lies ahead now.
    mutating func reschedule(_ calendar: BusinessCalendar, _ thresholds: [Threshold], now: Timestamp) {
        dueRevision += 1
        let before = given
        given = []
        schedule(calendar, thresholds, now: now)
        given = before.filter { threshold in warnings.contains { $0.threshold == threshold && $0.at <= now } }
        warnings.removeAll { given.contains($0.threshold) }
    }

    /// Begins a pause.
    mutating func pause(at: Timestamp) {
        pauses.append(Pause(from: at, to: nil))
        guard pauses.count > Limits.targetPauses, let end = pauses[1].to else { return }
        pauses[0].to = end
        pauses.remove(at: 1)
    }

    /// Ends the open pause.
    mutating func resume(at: Timestamp) { pauses[pauses.count - 1].to = at }
}

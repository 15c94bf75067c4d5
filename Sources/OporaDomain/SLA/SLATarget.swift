public import OporaProtocol
public import OporaTime

/// One promise to one ticket: its budget, its pauses, when it falls due and how it ended.
///
/// `dueAt` is always computed from start, budget, pauses and calendar, never by adding to the last due.
public struct SLATarget: Hashable, Sendable {
    public var kind: TargetKind
    /// 1 for the first time, one more for each reopening.
    public var cycle: Int64
    public var policy: PolicyID
    public var policyVersion: Int64
    public var calendar: CalendarID
    public var startedAt: Timestamp
    /// Milliseconds of working time.
    public var budget: Int64
    public var state: TargetState
    /// Nil while paused.
    public var dueAt: Timestamp?
    /// Warnings still to come, earliest first.
    public var warnings: [Warning]
    /// The highest percentage that was warned of; 0 for none.
    public var warnedPercent: Int
    /// Closed pauses in order; an open one has no end yet.
    public var pauses: [Pause]
    public var endedAt: Timestamp?
    public var breachedAt: Timestamp?

    /// A warning to give at an instant.
    public struct Warning: Hashable, Sendable {
        public var percent: Int
        public var at: Timestamp

        public init(percent: Int, at: Timestamp) {
            self.percent = percent
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
        startedAt: Timestamp, budget: Int64, state: TargetState = .running, dueAt: Timestamp? = nil,
        warnings: [Warning] = [], warnedPercent: Int = 0, pauses: [Pause] = [], endedAt: Timestamp? = nil,
        breachedAt: Timestamp? = nil
    ) {
        self.kind = kind
        self.cycle = cycle
        self.policy = policy
        self.policyVersion = policyVersion
        self.calendar = calendar
        self.startedAt = startedAt
        self.budget = budget
        self.state = state
        self.dueAt = dueAt
        self.warnings = warnings
        self.warnedPercent = warnedPercent
        self.pauses = pauses
        self.endedAt = endedAt
        self.breachedAt = breachedAt
    }

    /// True until the target is met, cancelled, or ended after a breach.
    public var isOpen: Bool { endedAt == nil && state != .cancelled && state != .met }

    /// True while a pause has begun and not ended.
    var isInPause: Bool { pauses.last.map { $0.to == nil } ?? false }

    /// The statuses in which a target stands still. `first_response` never does.
    public static func isPaused(_ kind: TargetKind, in status: TicketStatus) -> Bool {
        kind == .resolution && status == .pending
    }

    /// The next instant at which this target wants attention: a warning, or the moment after its due instant.
    /// An end in the very millisecond of the due instant still meets it, so a breach is certain one later.
    public var nextInstant: Timestamp? {
        guard state == .running, let dueAt else { return nil }
        return min(warnings.first?.at ?? .latest, dueAt + 1)
    }

    var closedPauses: [Span] { pauses.compactMap { pause in pause.to.map { Span(start: pause.from, end: $0) } } }

    /// Computes the due instant and the warnings still to be given; one whose instant has passed is given at `now`.
    ///
    /// Where the calendar has too little working time ahead, nothing falls due: a ticket can always be worked on.
    mutating func schedule(_ calendar: BusinessCalendar, percentages: [Int], now: Timestamp) {
        dueAt = try? calendar.due(start: startedAt, budget: budget, pauses: closedPauses)
        warnings =
            dueAt == nil
            ? []
            : percentages.filter { $0 > warnedPercent }.compactMap { percent in
                let at = try? calendar.due(start: startedAt, budget: budget * Int64(percent) / 100, pauses: closedPauses)
                return at.map { Warning(percent: percent, at: max($0, now)) }
            }
    }

    /// Milliseconds of budget used up when the open pause began, or at `instant` where there is none.
    func used(at instant: Timestamp, _ calendar: BusinessCalendar) -> Int64 {
        let end = pauses.last.flatMap { $0.to == nil ? $0.from : nil } ?? instant
        return calendar.worked(from: startedAt, to: end, pauses: closedPauses)
    }

    /// Milliseconds of budget left at `instant`, or when the open pause began; never negative.
    public func remaining(at instant: Timestamp, _ calendar: BusinessCalendar) -> Int64 {
        max(0, budget - used(at: instant, calendar))
    }
}

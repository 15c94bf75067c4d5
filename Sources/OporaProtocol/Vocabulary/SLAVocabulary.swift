/// What an SLA policy promises a duration for.
public enum TargetKind: String, CaseIterable, Sendable {
    /// From creation to the first public message by a human agent. Never paused.
    case firstResponse = "first_response"
    /// From the oldest unanswered public message of the requester, after the first response, to the next public reply.
    case nextResponse = "next_response"
    /// From an agent's public message to the next one.
    case periodicUpdate = "periodic_update"
    /// From creation, or a reopening, to solved.
    case resolution
    /// From entering a group or tier to leaving it, or to solved.
    case tierTime = "tier_time"
}

/// How a target stands.
public enum TargetState: String, CaseIterable, Sendable {
    case running, paused, met, breached
    /// No policy promises it any more.
    case cancelled
    /// Its breach was withdrawn, with a reason.
    case waived
}

/// Why a target was breached.
public enum BreachCause: String, CaseIterable, Sendable {
    /// The clock reached the due instant.
    case time
    /// A change of the ticket or of its policy moved the due instant into the past.
    case policyChanged = "policy_changed"
    /// A change of the calendar moved the due instant into the past.
    case calendarChanged = "calendar_changed"
}

/// What a reopening does to the promise of a resolution.
public enum Reopening: String, CaseIterable, Sendable {
    /// A new cycle with the full budget begins; the old one keeps its result.
    case newCycle = "new_cycle"
    /// The same cycle goes on; the time while it was solved is a pause.
    case `continue`
}

/// What an edit of a policy or calendar does to the targets that run.
public enum RunningTargets: String, CaseIterable, Sendable {
    /// They are counted anew with the new version.
    case recompute
    /// They keep the version they have.
    case keep
}

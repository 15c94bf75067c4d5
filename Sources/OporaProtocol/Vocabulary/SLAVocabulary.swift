/// What an SLA policy promises a duration for.
public enum TargetKind: String, CaseIterable, Sendable {
    /// From creation to the first public message by a human agent. Never paused.
    case firstResponse = "first_response"
    /// From creation, or a reopening, to solved. Paused in `pending`.
    case resolution
}

/// How a target stands.
public enum TargetState: String, CaseIterable, Sendable {
    case running, paused, met, breached
    /// No policy promises it any more.
    case cancelled
}

/// Why a target was breached.
public enum BreachCause: String, CaseIterable, Sendable {
    /// The clock reached the due instant.
    case time
    /// A change of priority or policy moved the due instant into the past.
    case policyChanged = "policy_changed"
}

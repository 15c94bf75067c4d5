/// The states of an incident, in the export's words.
enum IncidentState: String, Sendable {
    case new = "New"
    case active = "Active"
    case awaitingUser = "Awaiting User Info"
    case awaitingVendor = "Awaiting Vendor"
    case awaitingProblem = "Awaiting Problem"
    case awaitingEvidence = "Awaiting Evidence"
    case resolved = "Resolved"
    case closed = "Closed"

    /// True where the work waits for somebody else.
    var isWaiting: Bool {
        switch self {
        case .awaitingUser, .awaitingVendor, .awaitingProblem, .awaitingEvidence: true
        case .new, .active, .resolved, .closed: false
        }
    }
}

/// How bad an incident is: impact and urgency, and the priority that follows from them.
enum IncidentSeverity: CaseIterable, Sendable {
    case critical, high, moderate, low

    /// Of 1000 incidents, how many are so.
    var frequency: Int {
        switch self {
        case .critical: 20
        case .high: 22
        case .moderate: 877
        case .low: 81
        }
    }

    var impact: String { self == .critical ? "1 - High" : self == .low ? "3 - Low" : "2 - Medium" }
    var urgency: String { self == .critical || self == .high ? "1 - High" : self == .low ? "3 - Low" : "2 - Medium" }
    var priority: String {
        switch self {
        case .critical: "1 - Critical"
        case .high: "2 - High"
        case .moderate: "3 - Moderate"
        case .low: "4 - Low"
        }
    }

    /// Hours within which a solution is promised.
    var promisedHours: Int {
        switch self {
        case .critical: 24
        case .high: 48
        case .moderate: 336
        case .low: 720
        }
    }

    /// How long a solution takes, relative to one of moderate severity.
    var pace: Double {
        switch self {
        case .critical: 0.15
        case .high: 0.3
        case .moderate: 1
        case .low: 1.2
        }
    }
}

import OporaPluginKit

/// Why a step was left out, though its trigger asked for it.
enum SkipReason: String, CaseIterable, Sendable {
    case ticketGone = "ticket_gone"
    /// Solved or closed meanwhile.
    case ticketOver = "ticket_over"
    /// Waits on somebody, so that it is not "untouched".
    case ticketWaits = "ticket_waits"
    /// The ticket was reopened since: the promise begins anew.
    case earlierCycle = "earlier_cycle"
    /// The promise that was at risk is kept or withdrawn meanwhile, or broken, which has a ladder of its own.
    case riskPassed = "risk_passed"
    case alreadyUrgent = "already_urgent"
    case noGroup = "no_group"
    case noLead = "no_lead"
    case alreadyTheirs = "already_theirs"
    /// Belongs to another desk's log.
    case otherLog = "other_log"
}

/// What came of a step.
enum StepOutcome: Hashable, Sendable {
    case raised(from: Priority, to: Priority)
    case assigned(String)
    case noted
    case skipped(SkipReason)
    /// The kernel refused for good; its word for why.
    case failed(String)

    /// The outcome as it is kept in the plugin's file.
    var text: String {
        switch self {
        case .raised(let from, let to): "raised \(from.rawValue) \(to.rawValue)"
        case .assigned(let user): "assigned \(user)"
        case .noted: "noted"
        case .skipped(let reason): "skipped \(reason.rawValue)"
        case .failed(let code): "failed \(code)"
        }
    }

    /// An outcome as it was kept; nil for anything else.
    init?(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        switch (words.first, words.count) {
        case ("raised", 3):
            guard let from = Priority(rawValue: words[1]), let to = Priority(rawValue: words[2]) else { return nil }
            self = .raised(from: from, to: to)
        case ("assigned", 2): self = .assigned(words[1])
        case ("noted", 1): self = .noted
        case ("skipped", 2):
            guard let reason = SkipReason(rawValue: words[1]) else { return nil }
            self = .skipped(reason)
        case ("failed", 2): self = .failed(words[1])
        default: return nil
        }
    }

    /// How the step stands with this outcome.
    var state: StepState {
        switch self {
        case .raised, .assigned, .noted: .done
        case .skipped: .skipped
        case .failed: .failed
        }
    }
}

/// How far a step is.
enum StepState: String, CaseIterable, Sendable {
    /// Not decided yet.
    case waiting
    /// Its command is fixed and may have been sent: only that very command may be sent again.
    case sending
    case done, skipped, failed

    /// True while there is something left to do.
    var isPending: Bool { self == .waiting || self == .sending }
}

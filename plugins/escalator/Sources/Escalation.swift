import OporaPluginKit

/// One thing that the escalator may do to a ticket. The order is the order in which it does them.
enum StepKind: String, CaseIterable, Sendable {
    case raisePriority = "raise_priority"
    case assignLead = "assign_lead"
    /// Last, because it tells what the others did.
    case note
}

/// A reason to escalate: what happened to which promise of a ticket.
struct Trigger: Hashable, Sendable {
    /// The kinds of reason, each with a ladder of its own in the settings.
    enum Kind: String, CaseIterable, Sendable {
        case warning, breach, untouched
    }

    var kind: Kind
    /// The promise, as the wire names it; empty for an untouched ticket.
    var target = ""
    /// The promise's cycle, or the `seq` of the last touch.
    var round: Int64
    /// How much of the time was used at a warning.
    var percent: Int64?
    var dueAt: Timestamp?
    /// A change of priority or policy moved the due instant into the past; the clock did not reach it.
    var isAfterChange = false
    /// For how long nobody touched the ticket.
    var minutes: Int64?
    /// The minutes are a calendar's, not the clock's on the wall.
    var isWorkingTime = true
}

/// What is to be done about one trigger of one ticket.
struct Escalation: Hashable, Sendable {
    /// A step and the key under which its command happens once.
    struct Step: Hashable, Sendable {
        var number: Int
        var kind: StepKind
        var key: String
    }

    var ticket: TicketID
    var trigger: Trigger
    /// The id of the event that made it necessary.
    var causation: String
    var steps: [Step]
}

extension Trigger {
    /// The trigger in an event about an SLA; nil for any other event.
    init?(_ event: Event) {
        guard let target = event.data["target"]?.string, let cycle = event.data["cycle"]?.int else { return nil }
        let dueAt = event.data["due_at"]?.string.flatMap { Timestamp($0) }
        switch event.type {
        case .slaWarning:
            self.init(kind: .warning, target: target, round: cycle, percent: event.data["percent"]?.int, dueAt: dueAt)
        case .slaBreached:
            self.init(kind: .breach, target: target, round: cycle, dueAt: dueAt)
            isAfterChange = event.data["cause"]?.string == BreachCause.policyChanged.rawValue
        default: return nil
        }
    }

    /// What the note needs to know of the trigger, as it is kept in the plugin's file.
    var facts: JSON {
        [
            "percent": percent.map { .int($0) }, "due_at": .optional(dueAt?.text), "after_change": .bool(isAfterChange),
            "minutes": minutes.map { .int($0) }, "working": .bool(isWorkingTime),
        ]
    }

    /// A trigger as it was kept.
    init(kind: Kind, target: String, round: Int64, facts: JSON) {
        self.init(
            kind: kind, target: target, round: round, percent: facts["percent"]?.int,
            dueAt: facts["due_at"]?.string.flatMap { Timestamp($0) }, isAfterChange: facts["after_change"]?.bool ?? false,
            minutes: facts["minutes"]?.int, isWorkingTime: facts["working"]?.bool ?? true)
    }
}

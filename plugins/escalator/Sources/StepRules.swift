import OporaPluginKit

/// Says, for a ticket as it was read, which command a step is, or why it is left out. Values in, values out.
enum StepRules {
    /// A command to send, and what will have come of the step once it succeeded.
    struct Command: Hashable, Sendable {
        var method: String
        var params: JSON
        var outcome: StepOutcome
    }

    /// What to do about a step.
    enum Decision: Hashable, Sendable {
        case send(Command)
        case skip(SkipReason)
    }

    /// What keeps a step of an escalation from being done.
    /// - Parameter isBegun: a step of it was done before, so that the change it sees may be the escalator's own.
    static func obstacle(
        _ kind: StepKind, _ trigger: Trigger, _ ticket: TicketSnapshot, isBegun: Bool
    ) -> SkipReason? {
        guard ticket.status.isUnsolved else { return .ticketOver }
        switch trigger.kind {
        case .untouched: return ticket.status.isWaiting ? .ticketWaits : nil
        case .warning, .breach:
            let same = ticket.targets.filter { $0.target == trigger.target }
            if same.contains(where: { $0.cycle > trigger.round }) { return .earlierCycle }
            if state(trigger, ticket) == .waived { return .riskPassed }
            guard trigger.kind == .warning, !isBegun else { return nil }
            switch state(trigger, ticket) {
            case .met, .cancelled, .waived: return .riskPassed
            // Told late, and left to the breach's own ladder.
            case .breached: return kind == .note ? nil : .riskPassed
            case .running, .paused, nil: return nil
            }
        }
    }

    /// True for a warning that is told after its promise was broken, because the escalator was not running.
    static func isLate(_ trigger: Trigger, _ ticket: TicketSnapshot) -> Bool {
        trigger.kind == .warning && state(trigger, ticket) == .breached
    }

    private static func state(_ trigger: Trigger, _ ticket: TicketSnapshot) -> TargetState? {
        ticket.targets.first { $0.target == trigger.target && $0.cycle == trigger.round }?.state
    }

    /// One priority up; urgent is the end.
    static func raise(_ ticket: TicketSnapshot) -> Decision {
        guard let next = Priority.allCases.first(where: { $0 > ticket.priority }) else { return .skip(.alreadyUrgent) }
        return .send(
            Command(
                method: "ticket.set_priority",
                params: [
                    "ticket": .string("\(ticket.id)"), "priority": .string(next.rawValue),
                    "expected_version": .int(ticket.version),
                ], outcome: .raised(from: ticket.priority, to: next)))
    }

    /// To the lead of the ticket's group, if there is one and it is not theirs already.
    static func assign(_ ticket: TicketSnapshot, lead: String?) -> Decision {
        guard ticket.group != nil else { return .skip(.noGroup) }
        guard let lead else { return .skip(.noLead) }
        guard ticket.assignee != lead else { return .skip(.alreadyTheirs) }
        return .send(
            Command(
                method: "ticket.assign",
                params: ["ticket": .string("\(ticket.id)"), "assignee": .string(lead), "expected_version": .int(ticket.version)],
                outcome: .assigned(lead)))
    }

    /// A note for the agents.
    static func note(_ ticket: TicketSnapshot, _ text: String) -> Decision {
        .send(
            Command(
                method: "ticket.note", params: ["ticket": .string("\(ticket.id)"), "text": .string(text)], outcome: .noted))
    }
}

import OporaPluginKit

/// Says which events and firings of the watchdog ask for which steps. Values in, values out.
struct EscalationRules: Sendable {
    var settings: EscalatorSettings

    /// What an event is to the watch over untouched tickets.
    enum Touch: Hashable, Sendable {
        case none
        /// Somebody dealt with the ticket, or it became one that somebody has to deal with.
        case touched
        /// Nobody has to deal with it now: it waits, or is over.
        case ended
    }

    /// What a warning or breach asks for; nil where nothing is to be done.
    func escalation(for event: Event, in batch: EventBatch) -> Escalation? {
        guard !event.isImported, let ticket = event.ticket, let trigger = Trigger(event) else { return nil }
        return escalation(ticket, trigger, causation: event.id) { batch.key(event, Escalator.manifest.name, $0) }
    }

    /// What a ticket asks for that nobody has touched for long enough.
    func escalation(for watch: Watch, minutes: Int64) -> Escalation? {
        let trigger = Trigger(
            kind: .untouched, round: watch.touchedSeq, minutes: minutes, isWorkingTime: watch.isWorkingTime)
        return escalation(watch.ticket, trigger, causation: watch.eventID) {
            "\(Escalator.manifest.name):untouched:\(watch.ticket):\(watch.touchedSeq):\($0)"
        }
    }

    private func escalation(
        _ ticket: TicketID, _ trigger: Trigger, causation: String, key: (Int) -> String
    ) -> Escalation? {
        let ladder = ladder(trigger)
        guard !ladder.isEmpty else { return nil }
        let steps = ladder.enumerated().map { index, kind in
            Escalation.Step(number: index + 1, kind: kind, key: key(index + 1))
        }
        return Escalation(ticket: ticket, trigger: trigger, causation: causation, steps: steps)
    }

    private func ladder(_ trigger: Trigger) -> [StepKind] {
        switch trigger.kind {
        case .warning: settings.onWarning
        case .untouched: settings.untouched?.steps ?? []
        case .breach:
            // Raising a priority moves due instants, which may breach another promise at once. Such a breach is
            // told, but raises nothing further: else one breach would set off the next.
            trigger.isAfterChange ? settings.onBreach.filter { $0 == .note } : settings.onBreach
        }
    }

    /// What an event is to the watch over untouched tickets. History and the escalator's own acts are nothing to it.
    func touch(_ event: Event) -> Touch {
        guard settings.untouched != nil, !event.isImported, !EscalationRules.isOwn(event), event.ticket != nil else {
            return .none
        }
        switch event.type {
        case .ticketCreated:
            return EscalationRules.isLive(event.data["status_category"] ?? event.data["status"]) ? .touched : .none
        case .ticketAssigned: return .touched
        case .ticketStatusChanged:
            return EscalationRules.isLive(event.data["after"]?["category"] ?? event.data["after"]?["status"]) ? .touched : .ended
        case .messageAdded: return event.data["author_kind"]?.string == AuthorKind.agent.rawValue ? .touched : .none
        default: return .none
        }
    }

    private static func isOwn(_ event: Event) -> Bool {
        event.actor == "plugin/\(Escalator.manifest.name)" || event.via == Escalator.manifest.name
    }

    private static func isLive(_ status: JSON?) -> Bool {
        guard let status = status?.string.flatMap({ TicketStatus(rawValue: $0) }) else { return false }
        return status.isUnsolved && !status.isWaiting
    }
}

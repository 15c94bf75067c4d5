import OporaPluginKit

/// The language in which the desk reads its notes.
enum NoteLanguage: String, CaseIterable, Sendable {
    case en, ru
}

/// Writes the notes: what happened, what was done about it, and what could not be done.
struct NoteText: Sendable {
    var language: NoteLanguage
    var zone: ZoneRules

    /// - Parameters:
    ///   - outcomes: what came of the steps before the note.
    ///   - isLate: the promise that was at risk is broken by now.
    func text(_ trigger: Trigger, _ outcomes: [StepOutcome], isLate: Bool = false) -> String {
        let done = outcomes.filter { $0.state == .done }.map(phrase)
        let left = outcomes.filter { $0.state != .done }.map(phrase)
        var lines = [isLate ? lateWarning(trigger) : reason(trigger)]
        if !done.isEmpty { lines.append("\(say("Done", "Сделано")): \(done.joined(separator: "; ")).") }
        if !left.isEmpty { lines.append("\(say("Not done", "Не сделано")): \(left.joined(separator: "; ")).") }
        return lines.joined(separator: "\n")
    }

    private func say(_ english: String, _ russian: String) -> String { language == .ru ? russian : english }

    private func reason(_ trigger: Trigger) -> String {
        let name = NoteWords.target(trigger.target, language)
        let due = trigger.dueAt.map(time) ?? say("an unknown time", "неизвестное время")
        switch trigger.kind {
        case .warning:
            let percent = trigger.percent.map { "\($0) %" } ?? say("much", "большая часть")
            return say(
                "SLA at risk: \(percent) of the time for the \(name) is used. It is due \(due).",
                "Риск по SLA (\(name)): прошло \(percent) времени. Срок: \(due).")
        case .breach where trigger.isAfterChange:
            return say(
                "SLA breached by a change of priority or policy: the \(name) was due \(due).",
                "SLA нарушен из-за смены приоритета или политики (\(name)). Срок был: \(due).")
        case .breach:
            return say("SLA breached: the \(name) was due \(due).", "SLA нарушен (\(name)). Срок был: \(due).")
        case .untouched:
            let span = NoteWords.minutes(trigger.minutes ?? 0, isWorkingTime: trigger.isWorkingTime, language)
            return say("Nobody has touched this ticket for \(span).", "С заявкой никто не работал в течение \(span).")
        }
    }

    private func lateWarning(_ trigger: Trigger) -> String {
        let name = NoteWords.target(trigger.target, language)
        let percent = trigger.percent.map { "\($0) %" } ?? say("much", "большая часть")
        let due = trigger.dueAt.map(time) ?? say("an unknown time", "неизвестное время")
        return say(
            "SLA was at risk: \(percent) of the time for the \(name) was used. It was due \(due). Told late.",
            "Был риск по SLA (\(name)): прошло \(percent) времени. Срок был: \(due). Сообщено с опозданием.")
    }

    private func phrase(_ outcome: StepOutcome) -> String {
        switch outcome {
        case .raised(let from, let to):
            let (old, new) = (NoteWords.priority(from, language), NoteWords.priority(to, language))
            return say("priority raised from \(old) to \(new)", "приоритет повышен: \(old) → \(new)")
        case .assigned: return say("assigned to the lead of the group", "назначено руководителю группы")
        case .noted: return say("note written", "добавлена заметка")
        case .skipped(let reason): return NoteWords.skipped(reason, language)
        case .failed(let code): return say("a step was refused (\(code))", "шаг отклонён (\(code))")
        }
    }

    /// `2026-11-22 06:39 (Europe/Moscow)`.
    private func time(_ instant: Timestamp) -> String {
        let local = zone.local(instant)
        let minutes = local.millisecondsOfDay / 60_000
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(local.date.text) \(two(minutes / 60)):\(two(minutes % 60)) (\(zone.name))"
    }
}

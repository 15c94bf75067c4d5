import OporaProtocol
import OporaTime

/// Standing still and going on.
extension Ticket {
    /// Brings every target in line with what its policy says of the present status: first what goes on, then what stops.
    mutating func followPauses(at: Timestamp, _ book: SLABook) -> [EventDraft] {
        // Nearly always nothing is to be done: no lists are made for that.
        guard targets.contains(where: { $0.endedAt == nil && isToPause($0, book) != $0.isInPause }) else { return [] }
        return resume(at: at, book) + pause(at: at, book)
    }

    private func isToPause(_ target: SLATarget, _ book: SLABook) -> Bool {
        (book.policy(of: target)?.pauses ?? PausePlan()).pauses(target.kind, in: status)
    }

    private mutating func pause(at: Timestamp, _ book: SLABook) -> [EventDraft] {
        var facts: [EventDraft] = []
        var paused: [JSON] = []
        for index in targets.indices where targets[index].endedAt == nil && !targets[index].isInPause {
            guard isToPause(targets[index], book) else { continue }
            // What was cancelled may be promised again: its pauses count then.
            if targets[index].state == .cancelled { targets[index].pause(at: at) }
            guard targets[index].state == .running else { continue }
            // A pause that begins at the due instant comes too late.
            if let due = targets[index].dueAt, due <= at {
                facts.append(breach(index, at: due, detectedAt: at, cause: .time))
                continue
            }
            targets[index].state = .paused
            targets[index].pause(at: at)
            let calendar = book.calendar(of: targets[index])
            let remaining = calendar.map { targets[index].remaining(at: at, $0) } ?? targets[index].budget
            targets[index].dueAt = nil
            targets[index].warnings = []
            paused.append([
                "target": .string(targets[index].kind.rawValue), "cycle": .int(targets[index].cycle),
                "remaining_ms": .int(remaining),
            ])
        }
        if !paused.isEmpty { facts.append(record(.slaPaused, at: at, ["targets": .array(paused)])) }
        return facts
    }

    /// Goes on with what the present status does not pause.
    mutating func resume(at: Timestamp, _ book: SLABook) -> [EventDraft] {
        var resumed: [SLATarget] = []
        for index in targets.indices where targets[index].endedAt == nil && targets[index].isInPause {
            guard !isToPause(targets[index], book) else { continue }
            targets[index].resume(at: at)
            guard targets[index].state == .paused else { continue }
            targets[index].state = .running
            if let calendar = book.calendar(of: targets[index]) {
                targets[index].schedule(calendar, thresholds(of: targets[index], book), now: at)
            }
            resumed.append(targets[index])
        }
        guard !resumed.isEmpty else { return [] }
        return [record(.slaResumed, at: at, Ticket.scheduleJSON(resumed))]
    }
}

public import OporaProtocol
public import OporaTime

extension Ticket {
    /// Withdraws a breach, with a reason. The target counts as neither met nor breached from then on.
    /// - Parameters:
    ///   - cycle: nil for the last one.
    ///   - reason: one word, such as `vendor_outage`: it stays in the log, where free text has no place.
    /// - Throws: `notFound` without such a target, `validation` where it is not breached.
    public mutating func waive(
        _ kind: TargetKind, cycle: Int64? = nil, reason: String, at: Timestamp, _ book: SLABook
    ) throws(Rejection) -> [EventDraft] {
        var facts = advance(to: at, book)
        guard let index = targets.lastIndex(where: { $0.kind == kind && $0.cycle == cycle ?? $0.cycle }) else {
            throw .notFound(kind: "target", id: "\(id) \(kind.rawValue)" + (cycle.map { " \($0)" } ?? ""))
        }
        guard targets[index].state == .breached else {
            throw .validation(
                member: "target", reason: "\(kind.rawValue) is \(targets[index].state.rawValue); only a breach can be waived")
        }
        targets[index].state = .waived
        facts.append(
            record(
                .slaWaived, at: at,
                [
                    "target": .string(kind.rawValue), "cycle": .int(targets[index].cycle),
                    "due_at": .time(targets[index].dueAt), "breached_at": .time(targets[index].breachedAt),
                    "reason": .string(reason),
                ]))
        return facts
    }
}

import OporaPluginKit
import OporaPluginStore

/// The parameters of `x.escalator.pending`.
struct PendingQuery: Hashable, Sendable {
    var limit = Limits.pageDefault

    init(_ params: JSON) throws(RPCError) {
        for member in params.object?.members ?? [] where member.name != "limit" && member.name != "_meta" {
            throw .invalid("/\(member.name)", "unknown", "there is no such parameter; limit is the only one")
        }
        guard let given = params["limit"] else { return }
        guard let number = given.int, (1...Int64(Limits.pageItems)).contains(number) else {
            throw .invalid("/limit", "range", "write a whole number from 1 to \(Limits.pageItems)")
        }
        limit = Int(number)
    }
}

/// How much the escalator has done and has before it.
struct EscalatorCounts: Hashable, Sendable {
    /// Escalations that are not carried out yet.
    var pending: Int64
    /// Steps, by what came of them.
    var done: Int64
    var skipped: Int64
    var failed: Int64
    /// Tickets whose touches are watched.
    var watched: Int64

    var json: JSON {
        [
            "pending": .int(pending), "done": .int(done), "skipped": .int(skipped), "failed": .int(failed),
            "watched": .int(watched),
        ]
    }
}

extension EscalatorStore {
    func counts() throws -> EscalatorCounts {
        try file.read { tx in
            func count(_ sql: String, _ arguments: [StoreValue] = []) throws -> Int64 {
                try tx.rows(sql, arguments).first?.int(0) ?? 0
            }
            func steps(_ state: StepState) throws -> Int64 {
                try count("SELECT count(*) FROM step WHERE state = ?", [.text(state.rawValue)])
            }
            return EscalatorCounts(
                pending: try count("SELECT count(*) FROM work WHERE is_pending = 1"), done: try steps(.done),
                skipped: try steps(.skipped), failed: try steps(.failed), watched: try count("SELECT count(*) FROM watch"))
        }
    }

    /// The answer of `x.escalator.pending`.
    func pendingAnswer(_ query: PendingQuery) throws -> JSON {
        let items: [JSON] = try pending(limit: query.limit).map { work in
            let steps: [JSON] = work.steps.map { step in
                [
                    "step": .string(step.kind.rawValue), "state": .string(step.state.rawValue),
                    "outcome": .optional(step.state.isPending ? nil : step.outcome?.text),
                ]
            }
            return [
                "ticket": .string("\(work.ticket)"), "reason": .string(work.trigger.kind.rawValue),
                "target": .optional(work.trigger.target.isEmpty ? nil : work.trigger.target),
                "planned_at": .string(work.plannedAt.text), "steps": .array(steps),
            ]
        }
        return ["items": .array(items), "total": .int(try counts().pending)]
    }
}

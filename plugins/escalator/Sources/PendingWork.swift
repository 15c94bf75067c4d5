import OporaPluginKit
import OporaPluginStore

/// An escalation on its way: what the file knows of it.
struct PendingWork: Hashable, Sendable {
    /// A step and how far it is.
    struct Step: Hashable, Sendable {
        var number: Int
        var kind: StepKind
        var key: String
        var state: StepState
        /// The command, once it is fixed.
        var command: StepRules.Command?
        var outcome: StepOutcome?
        /// How often the kernel failed at it.
        var tries: Int
    }

    var id: Int64
    var ticket: TicketID
    var trigger: Trigger
    var causation: String
    var plannedAt: Timestamp
    var steps: [Step]

    /// What came of the steps that are over.
    var outcomes: [StepOutcome] { steps.filter { !$0.state.isPending }.compactMap(\.outcome) }
    /// True once a step changed something.
    var isBegun: Bool { steps.contains { $0.state == .done } }
}

extension EscalatorStore {
    /// Escalations that are not carried out yet, oldest first.
    func pending(limit: Int) throws -> [PendingWork] {
        try file.read { tx in
            let rows = try tx.rows(
                """
                SELECT id, ticket, kind, target, round, facts, causation, planned_at FROM work WHERE is_pending = 1
                ORDER BY id LIMIT ?
                """, [.int(Int64(limit))])
            return try rows.compactMap { row in
                guard let ticket = TicketID(row.text(1)), let kind = Trigger.Kind(rawValue: row.text(2)),
                    let facts = try? JSON(parsing: row.text(5))
                else { return nil }
                return PendingWork(
                    id: row.int(0), ticket: ticket,
                    trigger: Trigger(kind: kind, target: row.text(3), round: row.int(4), facts: facts),
                    causation: row.text(6), plannedAt: Timestamp(row.int(7)), steps: try EscalatorStore.steps(tx, row.int(0)))
            }
        }
    }

    private static func steps(_ tx: StoreTransaction, _ work: Int64) throws -> [PendingWork.Step] {
        let rows = try tx.rows(
            "SELECT number, kind, key, state, method, params, outcome, tries FROM step WHERE work = ? ORDER BY number",
            [.int(work)])
        return rows.compactMap { row in
            guard let kind = StepKind(rawValue: row.text(1)), let state = StepState(rawValue: row.text(3)) else { return nil }
            let outcome = row.optionalText(6).flatMap { StepOutcome($0) }
            var command: StepRules.Command?
            if state == .sending, let method = row.optionalText(4), let outcome, let params = try? JSON(parsing: row.text(5)) {
                command = StepRules.Command(method: method, params: params, outcome: outcome)
            }
            return PendingWork.Step(
                number: Int(row.int(0)), kind: kind, key: row.text(2), state: state, command: command, outcome: outcome,
                tries: Int(row.int(7)))
        }
    }

    /// Fixes the command of a step before it is sent: after a crash that very command is sent again.
    func fix(_ command: StepRules.Command, step: PendingWork.Step, of work: PendingWork) throws {
        _ = try file.write { tx in
            try tx.run(
                """
                UPDATE step SET state = 'sending', method = ?, params = ?, outcome = ?
                WHERE work = ? AND number = ? AND state IN ('waiting', 'sending')
                """,
                [
                    .text(command.method), .text(command.params.text), .text(command.outcome.text), .int(work.id),
                    .int(Int64(step.number)),
                ])
        }
    }

    /// Notes that the kernel failed at a step and will be asked again.
    func countTry(step: PendingWork.Step, of work: PendingWork) throws {
        _ = try file.write { tx in
            try tx.run(
                "UPDATE step SET tries = tries + 1 WHERE work = ? AND number = ?", [.int(work.id), .int(Int64(step.number))])
        }
    }

    /// Notes what came of a step; the escalation is over with its last one.
    func finish(_ outcome: StepOutcome, step: PendingWork.Step, of work: PendingWork) throws {
        try file.write { tx in
            try tx.run(
                "UPDATE step SET state = ?, outcome = ? WHERE work = ? AND number = ? AND state IN ('waiting', 'sending')",
                [.text(outcome.state.rawValue), .text(outcome.text), .int(work.id), .int(Int64(step.number))])
            try tx.run(
                """
                UPDATE work SET is_pending = 0 WHERE id = ?
                AND NOT EXISTS (SELECT 1 FROM step WHERE work = work.id AND state IN ('waiting', 'sending'))
                """, [.int(work.id)])
        }
    }
}

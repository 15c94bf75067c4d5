import Logging
import OporaPluginKit

/// Carries planned escalations out, step by step.
///
/// A step's command is fixed in the file before it is sent and carries its own key, so that a repeat after a crash is
/// the same request and the kernel answers it from memory.
struct EscalationWorker: Sendable {
    /// Escalations read from the file at once.
    private static let pageSize = 32
    /// Pauses while the kernel is away.
    private static let retryMilliseconds: [Int64] = [200, 1000, 3000, 10_000]

    let store: EscalatorStore
    let desk: any Desk
    let note: NoteText
    let log: Logger

    /// The pause after so many failures in a row.
    static func retryMilliseconds(after failures: Int) -> Int64 {
        retryMilliseconds[min(failures, retryMilliseconds.count - 1)]
    }

    /// Works until nothing is pending. Throws where the kernel is away or the file can't be written: try again later.
    func carryOutAll() async throws {
        while !Task.isCancelled {
            let page = try store.pending(limit: EscalationWorker.pageSize)
            if page.isEmpty { return }
            for work in page { try await carryOut(work) }
        }
    }

    private func carryOut(_ work: PendingWork) async throws {
        var work = work
        for index in work.steps.indices where work.steps[index].state.isPending {
            let outcome = try await carryOut(work.steps[index], of: work)
            try store.finish(outcome, step: work.steps[index], of: work)
            work.steps[index].state = outcome.state
            work.steps[index].outcome = outcome
            log.log(
                level: outcome.state == .failed ? .error : .info, "escalation step",
                metadata: [
                    "ticket": "\(work.ticket)", "reason": "\(work.trigger.kind.rawValue)", "target": "\(work.trigger.target)",
                    "step": "\(work.steps[index].kind.rawValue)", "outcome": "\(outcome.text)",
                ])
        }
    }

    /// Sends a step's command, deciding anew where the ticket changed under it.
    private func carryOut(_ step: PendingWork.Step, of work: PendingWork) async throws -> StepOutcome {
        var fixed = step.command
        var decisions = 0
        while true {
            do {
                if fixed == nil {
                    decisions += 1
                    switch try await decide(step, of: work) {
                    case .skip(let reason): return .skipped(reason)
                    case .send(let command):
                        try store.fix(command, step: step, of: work)
                        fixed = command
                    }
                }
                guard let command = fixed else { continue }
                _ = try await desk.call(command.method, command.params, key: step.key, causation: work.causation)
                return command.outcome
            } catch let error as CallError {
                switch FailureRules.reaction(to: error, decisions: decisions, tries: step.tries) {
                case .decideAgain: fixed = nil
                case .isDone: return fixed?.outcome ?? .failed(ErrorCode.idempotencyKeyReused.rawValue)
                case .giveUp(let code): return .failed(code)
                case .later:
                    if error.code == .internalError { try store.countTry(step: step, of: work) }
                    throw error
                }
            }
        }
    }

    private func decide(_ step: PendingWork.Step, of work: PendingWork) async throws(CallError) -> StepRules.Decision {
        let answer: JSON
        do throws(CallError) { answer = try await desk.ask("ticket.get", ["ticket": .string("\(work.ticket)")]) } catch {
            if error.code == .notFound { return .skip(.ticketGone) }
            throw error
        }
        guard let ticket = TicketSnapshot(answer: answer) else {
            throw .rejected(RPCError(.internalError, "the answer of ticket.get for \(work.ticket) can't be read"))
        }
        if let reason = StepRules.obstacle(step.kind, work.trigger, ticket, isBegun: work.isBegun) { return .skip(reason) }
        switch step.kind {
        case .raisePriority: return StepRules.raise(ticket)
        case .assignLead: return StepRules.assign(ticket, lead: try await lead(of: ticket.group))
        case .note:
            let isLate = StepRules.isLate(work.trigger, ticket)
            return StepRules.note(ticket, note.text(work.trigger, work.outcomes, isLate: isLate))
        }
    }

    private func lead(of group: String?) async throws(CallError) -> String? {
        guard let group else { return nil }
        do throws(CallError) {
            return try await desk.ask("group.get", ["group": .string(group)])["group"]?["lead"]?.string
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }
}

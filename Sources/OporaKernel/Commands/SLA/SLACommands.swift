import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// What can be done to the targets of a ticket.
enum SLACommands {
    static let all: [CommandMethod] =
        PolicyCommands.all + CalendarCommands.all + [
            CommandMethod(
                "sla.waive", "ticket target reason cycle? expected_version?", "Withdraws a breach, with a reason."
            ) { context in
                var ticket = try context.ticket()
                let kind: TargetKind = try context.params.word("target")
                let facts = try ticket.waive(
                    kind, cycle: try context.params.optionalInt("cycle", in: 1...Limits.safeInteger),
                    reason: try context.params.name("reason"), at: context.now, context.state.book)
                try context.save(ticket, facts)
                context.answer(ticket)
            }
        ]
}

extension CommandContext {
    /// `running`: what becomes of the targets that run.
    func running() throws(RPCError) -> RunningTargets { try params.optionalWord("running") ?? .recompute }

    /// Refuses where somebody made another version since the caller saw it, and where there are too many.
    func check(version: Int64, of id: String) throws {
        if let expected = try params.expectedVersion(), expected != version {
            throw Rejection.versionConflict(id: id, expected: expected, current: version)
        }
        guard version < Limits.versions else {
            throw RPCError(.quotaExceeded, "\(id) has \(Limits.versions) versions already; create a new one instead")
        }
    }

    /// Has the open tickets counted anew that an edit is about: little by little, after this command.
    mutating func recount(_ subject: SLAEdit.Subject) throws(RPCError) {
        guard state.pendingEdits.count < Limits.pendingEdits else {
            throw RPCError(
                .unavailable, "\(Limits.pendingEdits) edits are still being taken over by open tickets; try again shortly")
        }
        let pending = PendingEdit(number: state.head.seq, edit: SLAEdit(subject, at: now))
        state.pendingEdits.append(pending)
        commit.pendingEdits.append(pending)
    }
}

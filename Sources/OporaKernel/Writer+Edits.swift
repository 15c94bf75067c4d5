import Logging
import OporaDomain
import OporaProtocol
import OporaStore
import OporaThreads
import OporaTime

/// Edits of policies and calendars reach the open tickets little by little, so that commands run in between. How far each has
/// come is kept with what it changed: after a restart it goes on there.
extension Writer {
    /// Counts some tickets anew for the oldest edit that is not done.
    func recount() throws(StoreError) -> Outcome {
        isRecountWaiting = false
        guard var pending = state.pendingEdits.first else { return Outcome() }
        let open = try store.openTickets(
            after: pending.after, span: Limits.recomputedIDs, limit: Limits.recomputedTickets)
        var context = context(
            Request(id: nil, method: "sla.recount"), .owner, kernel.clock.microseconds())
        for var ticket in open.tickets {
            do {
                let facts = takeOver(&ticket, pending.edit, now: context.now)
                if !facts.isEmpty { try context.save(ticket, facts, by: .kernel) }
            } catch let error as StoreError {
                throw error
            } catch {
                kernel.log.error(
                    "a ticket could not take an edit over", metadata: ["ticket": "\(ticket.id)", "error": "\(error)"])
            }
        }
        pending.after = open.reached
        if open.isLast {
            context.state.pendingEdits.removeFirst()
            context.commit.finishedEdits.append(pending.number)
        } else {
            context.state.pendingEdits[0] = pending
            context.commit.pendingEdits.append(pending)
        }
        try context.flush()
        state = context.state
        var outcome = Outcome(events: context.events)
        outcome.nextInstant = context.nextInstant
        return outcome
    }

    /// Has `recount` run soon, where there is something to count.
    func scheduleRecount() {
        if isRecountWaiting || state.pendingEdits.isEmpty { return }
        isRecountWaiting = kernel.commands.put(.recount)
        // A full inbox: the next tick asks again.
        if !isRecountWaiting { kernel.timer.scheduleIfEarlier(kernel.clock.now + 100) }
    }

    /// What edits that have not come to a ticket yet do to it, before time acts on it.
    func catchUp(_ ticket: inout Ticket, now: Timestamp) -> [EventDraft] {
        var facts: [EventDraft] = []
        for pending in state.pendingEdits where ticket.id > pending.after {
            facts += takeOver(&ticket, pending.edit, now: now)
        }
        return facts
    }

    private func takeOver(_ ticket: inout Ticket, _ edit: SLAEdit, now: Timestamp) -> [EventDraft] {
        let facts = ticket.takeOver(edit, state.book)
        return facts.isEmpty ? [] : facts + ticket.tick(now: now, state.book)
    }
}

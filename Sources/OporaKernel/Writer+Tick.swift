import Logging
import OporaDomain
import OporaProtocol
import OporaStore
import OporaThreads
import OporaTime

/// What the writer does because time has passed.
extension Writer {
    /// Lets time act on the tickets whose instant has come.
    func tick() throws(StoreError) -> Outcome {
        let now = kernel.clock.microseconds()
        let due = try store.ticketsDue(by: Timestamp(now / 1000), limit: Self.ticketsPerTick)
        var outcome = Outcome()
        let request = Request(id: nil, method: "sla.tick")
        for id in due {
            guard var ticket = try store.ticket(id) else { continue }
            var context = context(request, .owner, now)
            do {
                var facts = catchUp(&ticket, now: context.now)
                facts += ticket.passTime(now: context.now, state.desk, state.book)
                kernel.counters.late(
                    facts.filter { $0.type == .slaBreached && ticket.importedAt == nil }.map { context.now - $0.at })
                try context.save(ticket, facts, by: .kernel)
                try context.flush()
            } catch let error as StoreError {
                throw error
            } catch {
                kernel.log.error("time could not act on a ticket", metadata: ["ticket": "\(id)", "error": "\(error)"])
                continue
            }
            state = context.state
            outcome.events += context.events
        }
        if due.count == Self.ticketsPerTick, kernel.commands.put(.tick) {
            kernel.timer.schedule(nil)
        } else {
            kernel.timer.schedule(try store.nextInstant())
        }
        return outcome
    }
}

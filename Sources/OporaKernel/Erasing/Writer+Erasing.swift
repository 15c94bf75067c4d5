import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

extension Writer {
    /// Goes one step on with forgetting somebody: so many rows, so that commands run in between. Nil where nobody is being
    /// forgotten. How far it is, is kept with what it changes; after a crash it goes on there.
    func eraseOn() throws(StoreError) -> Outcome? {
        guard var erasure = state.erasures.first else { return nil }
        var context = ownContext("person.erase")
        let isPartDone = try eraseStep(&erasure, &context)
        if isPartDone, !erasure.advance() {
            context.state.erasures.removeFirst()
            context.commit.endedErasures.append(erasure.user)
        } else {
            context.state.erasures[0] = erasure
            context.commit.erasures.append(erasure)
        }
        return try finishOwn(&context)
    }

    /// True where the part is gone through.
    private func eraseStep(_ erasure: inout Erasure, _ context: inout CommandContext) throws(StoreError) -> Bool {
        let (user, limit) = (erasure.user, Limits.erasedRows)
        switch erasure.part {
        case .tickets:
            guard erasure.subjects else { return true }
            let found = try store.tickets(of: user, after: erasure.after, limit: limit)
            for id in found {
                guard var ticket = try store.ticket(id), let fact = ticket.eraseSubject(of: user, at: context.now) else {
                    continue
                }
                try keep(ticket, fact, &context)
            }
            erasure.after = found.last?.rawValue ?? erasure.after
            return found.count < limit
        case .messages:
            let page = try store.messages(of: user, after: erasure.after, limit: limit)
            try erase(page.items, of: user, &context)
            erasure.after = page.reached
            return page.isComplete
        case .feedback:
            let page = try store.feedback(of: user, after: erasure.after, limit: limit)
            context.commit.erasedFeedback += page.items
            erasure.after = page.reached
            return page.isComplete
        }
    }

    private func erase(_ ids: [MessageID], of user: UserID, _ context: inout CommandContext) throws(StoreError) {
        var counts: [TicketID: Int] = [:]
        for id in ids {
            guard let message = try store.message(id), message.text != Erasure.marker || !message.attachments.isEmpty else {
                continue
            }
            context.commit.erasedMessages.append(id)
            context.eraseAttachments(of: message)
            counts[message.ticket, default: 0] += 1
        }
        for (id, count) in counts.sorted(by: { $0.key < $1.key }) {
            guard var ticket = try store.ticket(id) else { continue }
            let fact = ticket.noteErased(messages: count, of: user, at: context.now)
            try keep(ticket, fact, &context)
        }
    }

    private func keep(_ ticket: Ticket, _ fact: EventDraft, _ context: inout CommandContext) throws(StoreError) {
        do {
            try context.save(ticket, [fact], by: .kernel)
        } catch let error as StoreError {
            throw error
        } catch {
            throw .failed("an erasure could not be recorded: \(error)")
        }
    }
}

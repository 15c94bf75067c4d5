import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Where a ticket stands: moving it, solving, waiting, closing.
enum TicketStatusCommands {
    static let all: [CommandMethod] = [
        CommandMethod(
            "ticket.set_status", "ticket status reason? wake_at? force? expected_version?",
            "Moves the ticket to another status."
        ) { context in
            let next = try context.params.status("status", context.state.desk)
            let reason = try context.params.optionalName("reason")
            let wake = try context.params.optionalTime("wake_at")
            try move(&context, to: next, reason: reason, wakeAt: wake)
        },
        CommandMethod("ticket.solve", "ticket force? expected_version?", "Marks the ticket as solved.") { context in
            try move(&context, to: Status(.solved))
        },
        CommandMethod("ticket.close", "ticket force? expected_version?", "Closes a solved ticket for good.") { context in
            try move(&context, to: Status(.closed))
        },
        CommandMethod("ticket.reopen", "ticket expected_version?", "Opens a solved ticket again.") { context in
            try context.change { (ticket, context) in
                try ticket.reopen(at: context.now, context.state.book, desk: context.state.desk)
            }
        },
        CommandMethod(
            "ticket.wait", "ticket wake_at reason? status? expected_version?", "Lets the ticket wait until an instant."
        ) { context in
            let wake = try context.params.time("wake_at")
            let reason = try context.params.optionalName("reason")
            let next = try context.params.optionalStatus("status", context.state.desk) ?? Status(.pending)
            try context.change { (ticket, context) in
                try ticket.wait(
                    in: next, reason: reason, until: wake, at: context.now, context.state.desk, context.state.book)
            }
        },
    ]

    private static func move(
        _ context: inout CommandContext, to next: Status, reason: String? = nil, wakeAt wake: Timestamp? = nil
    ) throws {
        let isForced = try context.params.optionalBool("force") ?? false
        var before: Ticket?
        let ticket = try context.change { (ticket, context) in
            before = ticket
            if !isForced { try context.checkChildren(ticket, becoming: next) }
            return try ticket.setStatus(
                next, reason: reason, wakeAt: wake, at: context.now, context.state.desk, context.state.book)
        }
        // Whoever solves a problem may want to solve what came of it.
        guard ticket.links > 0, ticket.status == .solved, before?.status != .solved, context.sight.seesInternal else { return }
        let incidents = try context.openTickets(tied: .problemOf, to: ticket.id)
        if !incidents.isEmpty { context.result.member("incidents", .array(incidents.map { .string($0.description) })) }
    }
}

extension CommandContext {
    /// Changes the ticket that the parameters name by a rule, keeps it and answers it.
    @discardableResult
    mutating func change(_ rule: (inout Ticket, CommandContext) throws -> [EventDraft]) throws -> Ticket {
        var ticket = try ticket()
        let facts = try rule(&ticket, self)
        if !facts.isEmpty { try save(ticket, facts) }
        answer(ticket)
        return ticket
    }

    /// Refuses to solve or close a parent of open children. Costs a look at the links of tickets that have some.
    func checkChildren(_ ticket: Ticket, becoming next: Status) throws {
        guard ticket.links > 0, !next.category.isUnsolved, next.category != ticket.status else { return }
        try ticket.checkChildren(try openTickets(tied: .parentOf, to: ticket.id))
    }

    /// Open tickets at the other end of a kind of tie.
    func openTickets(tied relation: Relation, to id: TicketID) throws -> [TicketID] {
        var open: [TicketID] = []
        for link in try store.links(of: id) {
            let (seen, other) = link.seen(from: id)
            guard seen == relation, let ticket = try store.ticket(other) else { continue }
            if ticket.status.isUnsolved, ticket.deletedAt == nil { open.append(other) }
        }
        return open
    }
}

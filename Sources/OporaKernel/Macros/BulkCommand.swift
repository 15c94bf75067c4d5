import OporaDomain
import OporaProtocol
import OporaStore

/// The same change to many tickets, each for itself.
enum BulkCommand {
    static let all: [CommandMethod] = [
        CommandMethod(
            "ticket.bulk_update",
            "tickets fields? type? priority? add_tags? remove_tags? group? tier? assignee? note? status? reason? wake_at?",
            "Changes many tickets in the same way; says of each what came of it."
        ) { try run(&$0) }
    ]

    private static func run(_ context: inout CommandContext) throws {
        let tickets: [TicketID] = try context.params.ids("tickets", max: Limits.bulkTickets) ?? []
        if tickets.isEmpty { throw RPCError.invalid("/tickets", "range", "is empty") }
        guard Set(tickets).count == tickets.count else { throw RPCError.invalid("/tickets", "format", "names a ticket twice") }
        let steps = try TicketSteps(reading: context.params)
        var counts: [(name: StaticString, count: Int64)] = [("done", 0), ("unchanged", 0), ("refused", 0)]
        var items: [JSON] = []
        for ticket in tickets {
            var item: JSONObject = JSONObject([("ticket", .string(ticket.description))])
            let outcome: Int
            do {
                outcome = try context.perform(steps, on: ticket) ? 0 : 1
            } catch let error as StoreError {
                throw error
            } catch {
                outcome = 2
                let reason = RPCError.from(error)
                item["error"] = ["code": .string(reason.code.rawValue), "message": .string(reason.message)]
            }
            item["outcome"] = .string("\(counts[outcome].name)")
            counts[outcome].count += 1
            items.append(.object(item))
        }
        for (name, count) in counts { context.result.member(name, count) }
        context.result.member("items", .array(items))
    }
}

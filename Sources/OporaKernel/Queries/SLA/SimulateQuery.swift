import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// `sla.simulate`: what policies would have met and breached in the past, each by itself, from the log. Stores nothing.
enum SimulateQuery {
    /// A policy to try, alone in its own book.
    private struct Trial {
        var name: String?
        var id: PolicyID?
        var book: SLABook
        var simulation: SLASimulation
        var needsFields: Bool
    }

    static func run(_ context: inout QueryContext) throws {
        let until = try context.params.optionalTime("to") ?? context.now
        var trials: [Trial] = []
        for (index, item) in try context.params.array("policies", max: Limits.simulatedPolicies).enumerated() {
            trials.append(try trial(item, "/policies/\(index)", until, context))
        }
        guard !trials.isEmpty else { throw RPCError.invalid("/policies", "required", "name at least one policy to try") }
        let log = try readLog(until: until, context)
        let needsFields = trials.contains(where: \.needsFields)
        for (id, history) in log.histories.sorted(by: { $0.key < $1.key }) {
            var history = history
            // The log has no values of custom fields: those that the ticket has now stand for them.
            if needsFields, let ticket = try context.store.ticket(id) { history.created.fields = ticket.fields }
            for index in trials.indices { trials[index].simulation.run(history) }
        }
        context.result.member("tickets", Int64(log.histories.count))
        context.result.member("events", Int64(log.events))
        context.result.name("policies")
        context.result.beginArray()
        for trial in trials { write(trial, &context.result) }
        context.result.endArray()
        context.result.member("as_of_seq", context.head.seq)
        context.result.member("epoch", context.head.epoch)
    }

    private static func trial(_ item: JSON, _ path: String, _ until: Timestamp, _ context: QueryContext) throws -> Trial {
        var book = SLABook()
        let calendar = CalendarID(rawValue: 1)
        var policy: SLAPolicy
        var id: PolicyID?
        if let text = item.string {
            guard let known = PolicyID(text), let stored = try context.store.policy(known, version: nil) else {
                throw Rejection.notFound(kind: "policy", id: text)
            }
            guard let dated = context.book.calendars[stored.policy.calendar] else {
                throw Rejection.notFound(kind: "calendar", id: "\(stored.policy.calendar)")
            }
            (policy, id) = (stored.policy, known)
            (policy.calendar, policy.isRetired) = (calendar, false)
            book.add(dated.calendar, id: calendar)
        } else {
            let given = Params(object: item.object ?? JSONObject())
            try given.refuseOthers(than: PolicyChange.members, in: path)
            policy = SLAPolicy(
                id: PolicyID(rawValue: 1), name: try given.optionalLine("name") ?? "", position: 1, calendar: calendar,
                targets: try SLAPolicy.targets(reading: item["targets"] ?? .null))
            book.add(try hours(item["calendar"], path, context), id: calendar)
            var change = given.object
            (change["calendar"], change["name"]) = (nil, nil)
            try PolicyChange(Params(object: change)).apply(to: &policy)
        }
        book.add(policy)
        return Trial(
            name: policy.name.isEmpty ? nil : policy.name, id: id, book: book, simulation: SLASimulation(book, until: until),
            needsFields: !policy.conditions.fields.isEmpty)
    }

    private static func hours(_ value: JSON?, _ path: String, _ context: QueryContext) throws -> BusinessCalendar {
        if let inline = value?.object { return try CalendarQueries.calendar(spelledOut: inline, context) }
        guard let id = value?.string.flatMap({ CalendarID($0) }) else {
            throw RPCError.invalid("\(path)/calendar", "required", "a calendar's id, or a calendar spelled out")
        }
        guard let dated = context.book.calendars[id] else { throw Rejection.notFound(kind: "calendar", id: "\(id)") }
        return dated.calendar
    }

    /// The histories of the tickets that were created in the span.
    private static func readLog(
        until: Timestamp, _ context: QueryContext
    ) throws -> (histories: [TicketID: TicketHistory], events: Int) {
        let from = try context.params.optionalTime("from") ?? .earliest
        var query = EventQuery()
        query.after = try context.params.optionalInt("after_seq", in: 0...Limits.safeInteger) ?? 0
        query.types = TicketHistory.types.map { .kernel($0) }
        var histories: [TicketID: TicketHistory] = [:]
        var count = 0
        while true {
            let page = try context.store.events(query)
            count += page.events.count
            guard count <= Limits.simulatedEvents else {
                throw tooMany("events", Limits.simulatedEvents, "begin later in the log with after_seq")
            }
            for event in page.events {
                guard let type = event.name.type, let id = event.ticket, let body = try? JSONParser.parse(event.body),
                    let at = body["time"]?.string.flatMap({ Timestamp($0) }), let data = body["data"]
                else { continue }
                if type != .ticketCreated {
                    histories[id]?.take(type, at: at, data)
                } else if at >= from, at <= until {
                    histories[id] = TicketHistory(creation: type, id, at: at, data)
                }
            }
            guard histories.count <= Limits.simulatedTickets else {
                throw tooMany("tickets", Limits.simulatedTickets, "narrow the span with from and to")
            }
            if page.reached >= context.head.seq || page.reached == query.after { return (histories, count) }
            query.after = page.reached
        }
    }

    private static func tooMany(_ what: String, _ limit: Int, _ advice: String) -> RPCError {
        RPCError(.quotaExceeded, "the span holds more than \(limit) \(what); \(advice)")
    }

    private static func write(_ trial: Trial, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.optional("policy", trial.id)
        writer.optional("name", trial.name)
        writer.member("tickets", trial.simulation.report.matched)
        writer.name("targets")
        writer.beginArray()
        for priority in Priority.allCases.reversed() {
            for kind in TargetKind.allCases {
                guard let count = trial.simulation.report.counts[priority]?[kind] else { continue }
                writer.beginObject()
                writer.member("priority", priority.rawValue)
                writer.member("target", kind.rawValue)
                writer.member("met", count.met)
                writer.member("breached", count.breached)
                writer.member("open", count.open)
                writer.member("cancelled", count.cancelled)
                writer.endObject()
            }
        }
        writer.endArray()
        writer.endObject()
    }
}

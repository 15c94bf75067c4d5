import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Looking at policies and calendars, and counting with them.
enum SLAQueries {
    static let all: [QueryMethod] = [
        QueryMethod("policy.get", "policy", "A policy.") { context in
            let id: PolicyID = try context.params.id("policy")
            guard let policy = try context.store.policy(id) else { throw Rejection.notFound(kind: "policy", id: "\(id)") }
            context.result.name("policy")
            context.result.policy(policy)
        },
        QueryMethod("policy.list", "limit? cursor?", "All policies.") { context in
            let limit = try context.params.limit()
            context.page(
                try context.store.policies(after: try context.idCursor(), limit: limit + 1), limit: limit,
                cursor: { Cursor(id: $0.policy.id.rawValue) }
            ) { $0.policy($1) }
        },
        QueryMethod("calendar.get", "calendar", "A calendar.") { context in
            let id: CalendarID = try context.params.id("calendar")
            guard let calendar = try context.store.calendar(id) else { throw Rejection.notFound(kind: "calendar", id: "\(id)") }
            context.result.name("calendar")
            context.result.calendar(calendar)
        },
        QueryMethod("calendar.list", "limit? cursor?", "All calendars.") { context in
            let limit = try context.params.limit()
            context.page(
                try context.store.calendars(after: try context.idCursor(), limit: limit + 1), limit: limit,
                cursor: { Cursor(id: $0.id.rawValue) }
            ) { $0.calendar($1) }
        },
        QueryMethod(
            "calendar.due", "calendar start working_ms pauses?", "When so much working time after a start is used up."
        ) { context in
            let calendar = try calendar(context)
            let start = try context.params.time("start")
            let budget = try context.params.int("working_ms", in: 0...Limits.safeInteger)
            let due = try calendar.due(start: start, budget: budget, pauses: try pauses(context.params))
            context.result.member("due_at", due.text)
        },
        QueryMethod("calendar.worked", "calendar start end", "How much working time lies between two instants.") { context in
            let calendar = try calendar(context)
            let (start, end) = (try context.params.time("start"), try context.params.time("end"))
            // As long a look as the search for a due instant takes, at most.
            guard end - start <= Int64(BusinessCalendar.horizonYears) * 366 * 86_400_000 else {
                throw RPCError.invalid("/end", "range", "at most \(BusinessCalendar.horizonYears) years after start")
            }
            context.result.member("worked_ms", calendar.worked(from: start, to: end))
        },
    ]

    /// The calendar that a parameter names or spells out.
    private static func calendar(_ context: QueryContext) throws -> BusinessCalendar {
        if let inline = context.params.object["calendar"]?.object {
            for member in inline.members where !CalendarSpec.members.contains(member.name) {
                throw RPCError.invalid(
                    "/calendar/\(member.name)", "unknown", "a calendar has \(CalendarSpec.members.joined(separator: ", "))")
            }
            let spec = try CalendarSpec(reading: inline.withoutNulls)
            guard let zone = context.zone(spec.zone) else {
                throw Rejection.validation(member: "calendar/zone", reason: "this machine has no time zone \"\(spec.zone)\"")
            }
            return BusinessCalendar(spec, zone: zone)
        }
        let id: CalendarID = try context.params.id("calendar")
        guard let calendar = context.book.calendars[id] else { throw Rejection.notFound(kind: "calendar", id: "\(id)") }
        return calendar
    }

    private static func pauses(_ params: Params) throws -> [Span] {
        guard params.hasValue("pauses") else { return [] }
        return try params.array("pauses", max: 1000).enumerated().map { index, item in
            guard let ends = item.array, ends.count == 2 else {
                throw RPCError.invalid("/pauses/\(index)", "type", "must be [from, to]")
            }
            return Span(
                start: try Params.time(ends[0], "/pauses/\(index)/0"), end: try Params.time(ends[1], "/pauses/\(index)/1"))
        }
    }
}

import OporaDomain
import OporaProtocol
import OporaTime

/// Counting with a calendar, by id or spelled out.
enum CalendarQueries {
    static let all: [QueryMethod] = [
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
    static func calendar(_ context: QueryContext) throws -> BusinessCalendar {
        if let inline = context.params.object["calendar"]?.object { return try calendar(spelledOut: inline, context) }
        let id: CalendarID = try context.params.id("calendar")
        guard let dated = context.book.calendars[id] else { throw Rejection.notFound(kind: "calendar", id: "\(id)") }
        return dated.calendar
    }

    static func calendar(spelledOut inline: JSONObject, _ context: QueryContext) throws -> BusinessCalendar {
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

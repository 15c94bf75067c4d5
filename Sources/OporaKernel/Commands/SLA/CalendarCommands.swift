import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// What can be done to business calendars. Every change is a new version; old versions are kept.
enum CalendarCommands {
    private static let hours = "hours? holidays? holidays_yearly? overrides? breaks? always_open?"

    static let all: [CommandMethod] = [
        CommandMethod("calendar.create", "name zone \(hours)", "Adds a business calendar.") { try create(&$0) },
        CommandMethod(
            "calendar.update", "calendar name? zone? \(hours) running? expected_version?",
            "Changes a business calendar: a new version, with which open tickets are counted anew."
        ) { try update(&$0) },
        CommandMethod(
            "calendar.import_holidays", "calendar ical through? replace? running? expected_version?",
            "Adds the days off of an iCalendar text to a calendar."
        ) { try importHolidays(&$0) },
    ]

    private static func create(_ context: inout CommandContext) throws {
        guard context.state.ids.calendar < Limits.calendars else {
            throw RPCError(.quotaExceeded, "the desk has \(Limits.calendars) calendars already; change one that is there")
        }
        let spec = try CalendarSpec(reading: context.request.params.withoutNulls)
        let calendar = StoredCalendar(
            id: CalendarID(rawValue: context.state.ids.calendar + 1), version: 1, name: try context.params.line("name"),
            spec: spec, createdAt: context.now, updatedAt: context.now)
        try keep(calendar, &context)
        context.state.ids.calendar += 1
        try context.record([
            EventDraft(
                .calendarCreated, subject: "calendar/\(calendar.id)", at: context.now, entityVersion: 1,
                data: ["calendar": .string("\(calendar.id)"), "zone": .string(spec.zone)])
        ])
        answer(calendar, &context)
    }

    private static func update(_ context: inout CommandContext) throws {
        var stored = try calendar(context)
        var changed: [String] = []
        let name = try context.params.hasValue("name") ? context.params.line("name") : stored.name
        if name != stored.name { changed.append("name") }
        stored.name = name
        let spec = try CalendarChange(context.request.params).apply(to: stored.spec)
        changed += CalendarSpec.members.filter { spec.json[$0] != stored.spec.json[$0] }
        stored.spec = spec
        try edit(&stored, changed, &context)
        answer(stored, &context)
    }

    private static func importHolidays(_ context: inout CommandContext) throws {
        var stored = try calendar(context)
        let text = try context.params.text("ical", max: Limits.iCalendarBytes)
        let thisYear = CivilDate(daysSinceEpoch: Int(context.now.rawValue.dividedFloor(by: 86_400_000))).year
        let through = try context.params.optionalInt("through", in: 1970...2100).map { Int($0) } ?? thisYear + 5
        let found = try HolidayImport(iCalendar: text, through: through)
        let replaced = try context.params.optionalBool("replace") ?? false
        let before = stored.spec.holidays
        stored.spec = try stored.spec.adding(found, replacing: replaced)
        try edit(&stored, stored.spec.holidays == before ? [] : ["holidays"], &context)
        answer(stored, &context)
        context.result.member("added", .array(stored.spec.holidays.subtracting(before).sorted().map { .string($0.text) }))
        context.result.member("removed", .array(before.subtracting(stored.spec.holidays).sorted().map { .string($0.text) }))
        context.result.member("skipped", Int64(found.skipped))
    }

    /// The calendar that the call names, at the version that the caller expects.
    private static func calendar(_ context: CommandContext) throws -> StoredCalendar {
        let id: CalendarID = try context.params.id("calendar")
        guard let stored = try context.store.calendar(id) else { throw Rejection.notFound(kind: "calendar", id: "\(id)") }
        try context.check(version: stored.version, of: "\(id)")
        return stored
    }

    private static func edit(_ calendar: inout StoredCalendar, _ changed: [String], _ context: inout CommandContext) throws {
        if changed.isEmpty { return }
        let running = try context.running()
        calendar.version += 1
        calendar.updatedAt = context.now
        try keep(calendar, &context)
        try context.record([
            EventDraft(
                .calendarUpdated, subject: "calendar/\(calendar.id)", at: context.now, entityVersion: calendar.version,
                data: [
                    "calendar": .string("\(calendar.id)"), "zone": .string(calendar.spec.zone),
                    "version": .int(calendar.version), "changed": .array(changed.map { .string($0) }),
                    "running": .string(running.rawValue),
                ])
        ])
        // Its name is for people alone: no promise depends on it.
        if changed != ["name"], running == .recompute { try context.recount(.calendar(calendar.id)) }
    }

    private static func keep(_ calendar: StoredCalendar, _ context: inout CommandContext) throws {
        let hours = try calendar.spec.tied(context.zone)
        // What could never fall due is no promise.
        for policy in context.state.book.policies where policy.calendar == calendar.id {
            for budget in policy.targets.values.flatMap(\.values) { _ = try hours.due(start: context.now, budget: budget) }
        }
        context.state.book.add(hours, id: calendar.id, version: calendar.version)
        context.commit.calendars.append(calendar)
    }

    private static func answer(_ calendar: StoredCalendar, _ context: inout CommandContext) {
        context.result.name("calendar")
        context.result.calendar(calendar)
    }
}

/// What a call says of a calendar, besides which one it is.
struct CalendarChange {
    private let params: JSONObject

    init(_ params: JSONObject) { self.params = params }

    /// Sets what was given; `null` takes a member away, what was not given stays.
    func apply(to spec: CalendarSpec) throws(Rejection) -> CalendarSpec {
        var json = spec.json
        for name in CalendarSpec.members {
            guard let given = params[name] else { continue }
            json[name] = given.isNull ? nil : given
        }
        return try CalendarSpec(reading: json)
    }
}

extension CalendarSpec {
    /// The calendar with its zone's rules.
    func tied(_ zone: @Sendable (String) -> ZoneRules?) throws(Rejection) -> BusinessCalendar {
        guard let rules = zone(self.zone) else {
            throw .validation(member: "zone", reason: "this machine has no time zone \"\(self.zone)\"")
        }
        return BusinessCalendar(self, zone: rules)
    }
}

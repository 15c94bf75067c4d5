import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// What can be done to policies and calendars.
enum SLACommands {
    static let all: [CommandMethod] = [
        CommandMethod(
            "calendar.create", "name zone hours? holidays? holidays_yearly? overrides? breaks? always_open?",
            "Adds a business calendar."
        ) { try createCalendar(&$0) },
        CommandMethod("policy.create", "name calendar targets conditions? warnings? position?", "Adds an SLA policy.") {
            try createPolicy(&$0)
        },
    ]

    private static func createCalendar(_ context: inout CommandContext) throws {
        let spec = try CalendarSpec(reading: context.request.params.withoutNulls)
        guard let zone = context.zone(spec.zone) else {
            throw Rejection.validation(member: "zone", reason: "this machine has no time zone \"\(spec.zone)\"")
        }
        context.state.ids.calendar += 1
        let calendar = StoredCalendar(
            id: CalendarID(rawValue: context.state.ids.calendar), version: 1, name: try context.params.line("name"), spec: spec,
            createdAt: context.now)
        context.state.book.add(BusinessCalendar(spec, zone: zone), id: calendar.id)
        context.commit.calendars.append(calendar)
        try context.record([
            EventDraft(
                .calendarCreated, subject: "calendar/\(calendar.id)", at: context.now, entityVersion: 1,
                data: ["calendar": .string("\(calendar.id)"), "zone": .string(spec.zone)])
        ])
        context.result.name("calendar")
        context.result.calendar(calendar)
    }

    private static func createPolicy(_ context: inout CommandContext) throws {
        let params = context.params
        let calendar: CalendarID = try params.id("calendar")
        guard let hours = context.state.book.calendars[calendar] else {
            throw Rejection.notFound(kind: "calendar", id: "\(calendar)")
        }
        let targets = try targets(params)
        // What could never fall due is no promise.
        for budget in targets.values.flatMap(\.values) { _ = try hours.due(start: context.now, budget: budget) }
        context.state.ids.policy += 1
        let id = PolicyID(rawValue: context.state.ids.policy)
        let policy = SLAPolicy(
            id: id, version: 1, name: try params.line("name"),
            position: try params.optionalInt("position", in: 0...1_000_000) ?? id.rawValue, calendar: calendar,
            conditions: try conditions(params, context), targets: targets, warnings: try warnings(params))
        context.state.book.add(policy)
        let stored = StoredPolicy(policy: policy, createdAt: context.now)
        context.commit.policies.append(stored)
        try context.record([
            EventDraft(
                .policyCreated, subject: "policy/\(id)", at: context.now, entityVersion: 1,
                data: ["policy": .string("\(id)"), "calendar": .string("\(calendar)")])
        ])
        context.result.name("policy")
        context.result.policy(stored)
    }

    private static func targets(_ params: Params) throws -> [Priority: [TargetKind: Int64]] {
        guard let object = try params.optionalObject("targets"), !object.members.isEmpty else {
            throw RPCError.invalid("/targets", "required", "promise something: {\"urgent\": {\"resolution\": 14400000}}")
        }
        var result: [Priority: [TargetKind: Int64]] = [:]
        for member in object.members {
            let path = "/targets/\(member.name)"
            guard let priority = Priority(rawValue: member.name), let kinds = member.value.object, !kinds.members.isEmpty else {
                throw RPCError.invalid(path, "enum", "must be a priority with its targets")
            }
            for target in kinds.members {
                guard let kind = TargetKind(rawValue: target.name) else {
                    let known = TargetKind.allCases.map(\.rawValue).joined(separator: ", ")
                    throw RPCError.invalid("\(path)/\(target.name)", "enum", "must be one of \(known)")
                }
                // A year of working time; a target of 0 is an error, an absent one is no promise.
                guard let budget = target.value.int, (1...31_622_400_000).contains(budget) else {
                    throw RPCError.invalid(
                        "\(path)/\(target.name)", "range", "milliseconds of working time, more than 0, at most a year")
                }
                result[priority, default: [:]][kind] = budget
            }
        }
        return result
    }

    private static func warnings(_ params: Params) throws -> [Int] {
        guard params.hasValue("warnings") else { return [75] }
        let items = try params.array("warnings", max: 10)
        let percentages = items.compactMap(\.int).filter { (1...99).contains($0) }
        guard percentages.count == items.count else { throw RPCError.invalid("/warnings", "range", "percentages from 1 to 99") }
        return Set(percentages).sorted().map { Int($0) }
    }

    private static func conditions(_ params: Params, _ context: CommandContext) throws -> SLAPolicy.Conditions {
        var conditions = SLAPolicy.Conditions()
        guard let object = try params.optionalObject("conditions") else { return conditions }
        let given = Params(object: object)
        let known = ["priority", "group", "organization", "channel", "type"]
        if let other = object.members.first(where: { !known.contains($0.name) }) {
            throw RPCError.invalid("/conditions/\(other.name)", "unknown", "conditions are \(known.joined(separator: ", "))")
        }
        conditions.priorities = Set(try given.words("priority") ?? [])
        conditions.channels = Set(try given.words("channel") ?? [])
        conditions.types = Set(try given.words("type") ?? [])
        conditions.groups = Set(try given.ids("group", max: 200) ?? [])
        conditions.organizations = Set(try given.ids("organization", max: 200) ?? [])
        for group in conditions.groups { try context.require(group) }
        for organization in conditions.organizations { try context.require(organization) }
        return conditions
    }
}

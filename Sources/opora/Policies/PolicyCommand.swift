import ArgumentParser
import OporaPluginKit

/// `opora policy`: what is promised to which tickets.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: .both("Work with SLA policies.", ru: "Политики SLA."),
        subcommands: [PolicyCreate.self, PolicyList.self, PolicyShow.self])
}

/// `opora policy create`.
struct PolicyCreate: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: .both("Create an SLA policy and print its id.", ru: "Создать политику SLA и напечатать номер."),
        discussion: .both(
            """
            opora policy create Standard --calendar C-1 \\
              --target urgent:first_response=30m,resolution=4h --target normal:first_response=4h,resolution=24h
            Durations are working time of the calendar, in h, m and s.
            """,
            ru: """
                opora policy create Обычная --calendar C-1 \\
                  --target urgent:first_response=30m,resolution=4h --target normal:first_response=4h,resolution=24h
                Длительности — рабочее время календаря, в h, m и s.
                """))

    @Argument(help: .both("Its name.", ru: "Название.")) var name: String
    @Option(help: .both("The business calendar in which it counts.", ru: "Календарь рабочего времени.", valueName: "calendar"))
    var calendar: CalendarID
    @Option(
        name: .customLong("target"),
        help: .both(
            "What is promised to a priority; repeat for each.", ru: "Что обещано приоритету; повторите для каждого.",
            valueName: "priority:kind=time,…"))
    var targets: [PromiseArgument]
    @Option(parsing: .upToNextOption, help: .both("Only tickets of these priorities.", ru: "Только эти приоритеты."))
    var priority: [Priority] = []
    @Option(parsing: .upToNextOption, help: .both("Only tickets of these groups.", ru: "Только эти группы.", valueName: "group"))
    var group: [GroupID] = []
    @Option(
        parsing: .upToNextOption,
        help: .both("Only tickets of these organizations.", ru: "Только эти организации.", valueName: "organization"))
    var organization: [OrganizationID] = []
    @Option(parsing: .upToNextOption, help: .both("Only tickets of these channels.", ru: "Только эти каналы.")) var channel:
        [Channel] = []
    @Option(parsing: .upToNextOption, help: .both("Only tickets of these kinds.", ru: "Только эти виды.")) var type:
        [TicketType] = []
    @Option(
        parsing: .upToNextOption,
        help: .both(
            "Warn when this much of the time is used, in percent.", ru: "Предупреждать, когда прошло столько процентов.",
            valueName: "percent"))
    var warn: [Int64] = []
    @Option(
        help: .both(
            "Its place among the policies; the first that fits counts.", ru: "Место среди политик; действует первая подходящая.",
            valueName: "n"))
    var position: Int64?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let conditions: JSON = [
            "priority": .words(priority), "group": .ids(group), "organization": .ids(organization), "channel": .words(channel),
            "type": .words(type),
        ]
        let params: JSON = [
            "name": .string(name), "calendar": .id(calendar), "targets": PromiseArgument.targets(targets),
            "conditions": conditions.object?.members.isEmpty == false ? conditions : nil,
            "warnings": warn.isEmpty ? nil : .array(warn.map { .int($0) }), "position": position.map { .int($0) },
        ]
        try await desk.create("policy", params, change)
    }
}

/// `opora policy list`.
struct PolicyList: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: .both(
            "List SLA policies in the order in which they are tried.", ru: "Политики SLA в том порядке, в котором их примеряют."))

    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let answer = try await desk.read("policy.list")
        if desk.output.json { return desk.output.data(answer) }
        let items = answer["items"]?.array ?? []
        desk.output.table(
            [
                (en: "id", ru: "номер"), (en: "name", ru: "название"), (en: "position", ru: "очередь"),
                (en: "calendar", ru: "календарь"),
                (en: "conditions", ru: "условия"), (en: "promises", ru: "обещано"),
            ],
            items.map { policy in
                let conditions = policy["conditions"]?.object?.members ?? []
                let promises = (policy["targets"]?.object?.members ?? []).map { Words.priority($0.name, desk.language) }
                return [
                    Cell(policy["id"]?.string ?? "?", .strong), Cell(policy["name"]?.string ?? ""),
                    .figure("\(policy["position"]?.int ?? 0)"), Cell(policy["calendar"]?.string ?? "—"),
                    conditions.isEmpty ? .blank : Cell(conditions.map { "\($0.name)=\(words($0.value))" }.joined(separator: " ")),
                    Cell(promises.joined(separator: ", ")),
                ]
            })
        desk.remark(
            ListPage(items: items, json: answer, cursor: nil),
            nothing: Bilingual("There is no policy: nothing is promised.", ru: "Политик нет: ничего не обещано."))
    }

    private func words(_ value: JSON) -> String { (value.array ?? []).compactMap(\.string).joined(separator: ",") }
}

/// `opora policy show`.
struct PolicyShow: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: .both("Show an SLA policy.", ru: "Показать политику SLA."))

    @Argument(help: .both("The policy, e.g. P-4 or 4.", ru: "Политика, например P-4 или 4.")) var policy: PolicyID
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        try desk.show(try await desk.read("policy.get", ["policy": .id(policy)]), "policy", "policy.get")
    }
}

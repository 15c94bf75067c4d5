import ArgumentParser
import OporaPluginKit

/// `opora role`: what people may do.
struct RoleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "role", abstract: .both("The roles of people.", ru: "Роли людей."),
        subcommands: [RoleList.self, RoleCreate.self, RoleUpdate.self])
}

/// `opora role list`.
struct RoleList: DeskCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: .both("List roles.", ru: "Список ролей."))

    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let answer = try await desk.read("role.list")
        if desk.output.json { return desk.output.data(answer) }
        desk.output.table(
            [
                (en: "role", ru: "роль"), (en: "counts as", ru: "считается"), (en: "tickets", ru: "обращения"),
                (en: "notes", ru: "заметки"), (en: "may", ru: "может"), (en: "may not", ru: "не может"),
            ],
            (answer["items"]?.array ?? []).map { item in
                func words(_ name: String) -> String { (item[name]?.array ?? []).compactMap(\.string).joined(separator: " ") }
                let methods = item["version"] == nil ? desk.output.say("shipped", ru: "встроенная") : words("methods")
                return [
                    Cell(item["role"]?.string ?? "?", .strong), Cell(item["base"]?.string ?? ""),
                    Cell(item["tickets"]?.string ?? ""),
                    item["internal"]?.bool == true ? Cell(desk.output.say("yes", ru: "да")) : .blank, Cell(methods),
                    Cell(words("deny")),
                ]
            })
    }
}

/// What a role gives.
struct RoleOptions: ParsableArguments, Sendable {
    @Option(
        name: .customLong("method"), parsing: .upToNextOption,
        help: .both("What it may call, e.g. 'ticket.*'.", ru: "Что можно вызывать, например 'ticket.*'.", valueName: "pattern"))
    var methods: [String] = []
    @Option(
        parsing: .upToNextOption,
        help: .both("What it may not call all the same.", ru: "Чего всё же нельзя.", valueName: "pattern"))
    var deny: [String] = []
    @Option(
        help: .both(
            "Whose tickets: own, organization, groups, all.", ru: "Чьи обращения: own, organization, groups, all.",
            valueName: "scope"))
    var tickets: String?
    @Option(help: .both("Whether notes are seen: true or false.", ru: "Видны ли заметки: true или false.", valueName: "flag"))
    var notes: Bool?

    func fill(_ params: inout JSONObject) {
        if !methods.isEmpty { params["methods"] = .array(methods.map { .string($0) }) }
        if !deny.isEmpty { params["deny"] = .array(deny.map { .string($0) }) }
        params["tickets"] = tickets.map { .string($0) }
        params["internal"] = notes.map { .bool($0) }
    }
}

/// `opora role create`.
struct RoleCreate: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: .both("Make a role for people.", ru: "Создать роль."))

    @Argument(help: .both("Its name.", ru: "Название.")) var role: String
    @Option(
        help: .both("What its people count as, e.g. agent.", ru: "Кем считаются такие люди, например agent.", valueName: "role"))
    var base: UserRole
    @OptionGroup var options: RoleOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        var params = JSONObject([("role", .string(role)), ("base", .string(base.rawValue)), ("methods", [])])
        options.fill(&params)
        try desk.show(try await desk.change("role.create", .object(params), change), "role", "role.create")
    }
}

/// `opora role update`.
struct RoleUpdate: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: .both("Change a role; what you leave out stays.", ru: "Изменить роль; что не указано, остаётся."))

    @Argument(help: .both("The role.", ru: "Роль.")) var role: String
    @OptionGroup var options: RoleOptions
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        var params = JSONObject([("role", .string(role))])
        options.fill(&params)
        params["expected_version"] = version.expectedVersion.map { .int($0) }
        try desk.show(try await desk.change("role.update", .object(params), change), "role", "role.update")
    }
}

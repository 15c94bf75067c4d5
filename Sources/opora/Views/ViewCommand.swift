import ArgumentParser
import OporaPluginKit

/// `opora view`: saved filters over tickets.
struct ViewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "view", abstract: .both("Work with saved views of tickets.", ru: "Сохранённые списки обращений."),
        subcommands: [ViewList.self, ViewTickets.self, ViewShow.self, ViewCreate.self, ViewUpdate.self, ViewDelete.self])
}

/// `opora view list`.
struct ViewList: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: .both("List the views that you see.", ru: "Списки, которые вам видны."))

    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let answer = try await desk.read("view.list")
        if desk.output.json { return desk.output.data(answer) }
        desk.output.table(
            [
                (en: "id", ru: "номер"), (en: "name", ru: "название"), (en: "filter", ru: "отбор"), (en: "order", ru: "порядок"),
            ],
            (answer["items"]?.array ?? []).map { view in
                [
                    Cell(view["id"]?.string ?? "?", .strong), Cell(ViewCommand.name(view, desk.language)),
                    Cell(view["filter"]?.text ?? "", .faint), Cell(view["sort"]?.string ?? ""),
                ]
            })
    }
}

extension ViewCommand {
    /// The name; views that came with the desk have one in each language, as long as nobody gave them another.
    static func name(_ view: JSON, _ language: Language) -> String {
        let name = view["name"]?.string ?? ""
        guard view["version"]?.int == 1 else { return name }
        return switch view["key"]?.string {
        case "mine": language.pick(name, ru: "Мои нерешённые")
        case "unassigned": language.pick(name, ru: "Ничьи в моих группах")
        case "due_soon": language.pick(name, ru: "Срок в ближайшие четыре часа")
        case "breached": language.pick(name, ru: "Срок нарушен")
        case "waking": language.pick(name, ru: "Ждут пробуждения")
        default: name
        }
    }
}

/// `opora view tickets`.
struct ViewTickets: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "tickets", abstract: .both("List the tickets of a view.", ru: "Обращения из списка."))

    @Argument(help: .both("The view, e.g. V-1 or 1.", ru: "Список, например V-1 или 1.")) var view: ViewID
    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let page = try await desk.list("view.tickets", ["view": .id(view)], list)
        try await desk.tickets(page)
    }
}

/// `opora view show`.
struct ViewShow: DeskCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: .both("Show a view.", ru: "Показать список."))

    @Argument(help: .both("The view.", ru: "Список.")) var view: ViewID
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        try desk.show(try await desk.read("view.get", ["view": .id(view)]), "view", "view.get")
    }
}

/// `opora view create`.
struct ViewCreate: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: .both("Save a view and print its id.", ru: "Сохранить список и напечатать номер."))

    @Argument(help: .both("Its name.", ru: "Название.")) var name: String
    @OptionGroup var filter: FilterOptions
    @OptionGroup var looks: ViewLooks
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        var params = looks.json
        params["name"] = .string(name)
        params["filter"] = .object(filter.json)
        try await desk.create("view", .object(params), change)
    }
}

/// `opora view update`.
struct ViewUpdate: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: .both("Change a view; what you leave out stays.", ru: "Изменить список; что не указано, остаётся."))

    @Argument(help: .both("The view.", ru: "Список.")) var view: ViewID
    @Option(help: .both("Its new name.", ru: "Новое название.", valueName: "text")) var name: String?
    @OptionGroup var filter: FilterOptions
    @OptionGroup var looks: ViewLooks
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        var params = looks.json
        params["view"] = .id(view)
        params["name"] = .optional(name)
        if !filter.json.members.isEmpty { params["filter"] = .object(filter.json) }
        params["expected_version"] = version.expectedVersion.map { .int($0) }
        try desk.show(try await desk.change("view.update", .object(params), change), "view", "view.update")
    }
}

/// `opora view delete`.
struct ViewDelete: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: .both("Take a view away.", ru: "Удалить список."))

    @Argument(help: .both("The view.", ru: "Список.")) var view: ViewID
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let answer = try await desk.change("view.delete", ["view": .id(view)], change)
        if desk.output.json { desk.output.data(answer) } else { desk.output.line("\(view)") }
    }
}

/// Order, columns and readers of a view.
struct ViewLooks: ParsableArguments, Sendable {
    @Option(
        help: .both(
            "Order as in ticket list; write --sort=-id where it begins with a dash.",
            ru: "Порядок, как в ticket list; если начинается с дефиса, пишите --sort=-id."))
    var sort: String?
    @Option(parsing: .upToNextOption, help: .both("What it shows of a ticket.", ru: "Что показывать.", valueName: "member"))
    var columns: [String] = []
    @Option(
        name: .customLong("for"), parsing: .upToNextOption,
        help: .both("Only these groups see it.", ru: "Виден только этим группам.", valueName: "group"))
    var groups: [GroupID] = []
    @Flag(help: .both("Only you see it.", ru: "Виден только вам.")) var mine = false

    var json: JSONObject {
        let members: JSON = [
            "sort": .optional(sort), "columns": columns.isEmpty ? nil : .array(columns.map { .string($0) }),
            "groups": .ids(groups), "owner": mine ? "me" : nil,
        ]
        return members.object ?? JSONObject()
    }
}

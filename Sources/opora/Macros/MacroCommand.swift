import ArgumentParser
import OporaPluginKit

/// `opora macro`: steps under one name.
struct MacroCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "macro",
        abstract: .both("Work with macros: replies and steps under one name.", ru: "Макросы: ответы и шаги под одним именем."),
        subcommands: [
            MacroList.self, MacroShow.self, MacroCreate.self, MacroUpdate.self, MacroDelete.self, MacroPreview.self,
            MacroApply.self,
        ])
}

/// What a macro or a bulk update does to a ticket.
struct StepOptions: ParsableArguments, Sendable {
    @Option(help: .both("Set this status.", ru: "Установить статус.", valueName: "status")) var status: String?
    @Option(help: .both("Why it waits, one word.", ru: "Почему ждёт, одним словом.", valueName: "word")) var reason: String?
    @Option(help: .both("Set this priority.", ru: "Установить приоритет.")) var priority: Priority?
    @Option(help: .both("Set this type.", ru: "Установить вид.")) var type: TicketType?
    @Option(help: .both("Give it to this group.", ru: "Передать группе.", valueName: "group")) var group: GroupID?
    @Option(help: .both("Give it to this agent; me.", ru: "Передать сотруднику; me — себе.", valueName: "user"))
    var assignee: String?
    @Option(parsing: .upToNextOption, help: .both("Add these tags.", ru: "Добавить метки.", valueName: "tag"))
    var addTags: [String] = []
    @Option(parsing: .upToNextOption, help: .both("Take these tags away.", ru: "Убрать метки.", valueName: "tag"))
    var removeTags: [String] = []
    @Option(
        name: .customLong("field"),
        help: .both("Set a custom field; may be repeated.", ru: "Дополнительное поле; можно повторять.", valueName: "name=value"))
    var fields: [FieldArgument] = []
    @Option(help: .both("Write this internal note.", ru: "Оставить заметку.", valueName: "text")) var note: String?

    /// The steps as the kernel takes them.
    var json: JSONObject {
        func list(_ words: [String]) -> JSON? { words.isEmpty ? nil : .array(words.map { .string($0) }) }
        let members: JSON = [
            "status": .optional(status), "reason": .optional(reason), "priority": .word(priority), "type": .word(type),
            "group": .id(group), "assignee": assignee.map { .string($0 == "me" ? $0 : UserID(argument: $0)?.description ?? $0) },
            "add_tags": list(addTags), "remove_tags": list(removeTags), "fields": FieldArgument.object(fields),
            "note": .optional(note),
        ]
        return members.object ?? JSONObject()
    }
}

/// `opora macro list`.
struct MacroList: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: .both("List the macros that you may use.", ru: "Макросы, доступные вам."))

    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let answer = try await desk.read("macro.list")
        if desk.output.json { return desk.output.data(answer) }
        desk.output.table(
            [(en: "id", ru: "номер"), (en: "name", ru: "название"), (en: "does", ru: "делает"), (en: "uses", ru: "применён")],
            (answer["items"]?.array ?? []).map { macro in
                [
                    Cell(macro["id"]?.string ?? "?", .strong), Cell(macro["name"]?.string ?? ""),
                    Cell((macro["actions"]?.object?.members ?? []).map(\.name).joined(separator: ", "), .faint),
                    .figure("\(macro["uses"]?.int ?? 0)"),
                ]
            })
    }
}

/// `opora macro show`.
struct MacroShow: DeskCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: .both("Show a macro.", ru: "Показать макрос."))

    @Argument(help: .both("The macro, e.g. R-4 or 4.", ru: "Макрос, например R-4 или 4.")) var macro: MacroID
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        try desk.show(try await desk.read("macro.get", ["macro": .id(macro)]), "macro", "macro.get")
    }
}

/// `opora macro create`.
struct MacroCreate: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: .both(
            "Save a macro and print its id; texts may have places such as {{requester.first_name}}.",
            ru: "Сохранить макрос и напечатать номер; в текстах можно писать {{requester.first_name}} и подобное."))

    @Argument(help: .both("Its name.", ru: "Название.")) var name: String
    @Option(help: .both("Reply with this text; - reads it.", ru: "Ответить этим текстом; - читает его.", valueName: "text"))
    var reply: String?
    @OptionGroup var steps: StepOptions
    @Option(
        name: .customLong("for"), parsing: .upToNextOption,
        help: .both("Only these groups use it.", ru: "Только для этих групп.", valueName: "group"))
    var groups: [GroupID] = []
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        var actions = steps.json
        actions["reply"] = .optional(try reply.map { try TextInput.read($0, "--reply") })
        let params: JSON = ["name": .string(name), "actions": .object(actions), "groups": .ids(groups)]
        try await desk.create("macro", params, change)
    }
}

/// `opora macro update`.
struct MacroUpdate: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: .both(
            "Change a macro; steps that you give take the place of all it had.",
            ru: "Изменить макрос; указанные шаги заменяют прежние."))

    @Argument(help: .both("The macro.", ru: "Макрос.")) var macro: MacroID
    @Option(help: .both("Its new name.", ru: "Новое название.", valueName: "text")) var name: String?
    @Option(help: .both("Reply with this text; - reads it.", ru: "Ответить этим текстом; - читает его.", valueName: "text"))
    var reply: String?
    @OptionGroup var steps: StepOptions
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        var actions = steps.json
        actions["reply"] = .optional(try reply.map { try TextInput.read($0, "--reply") })
        let params: JSON = [
            "macro": .id(macro), "name": .optional(name), "actions": actions.members.isEmpty ? nil : .object(actions),
            "expected_version": version.expectedVersion.map { .int($0) },
        ]
        try desk.show(try await desk.change("macro.update", params, change), "macro", "macro.update")
    }
}

/// `opora macro delete`.
struct MacroDelete: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: .both("Take a macro away.", ru: "Удалить макрос."))

    @Argument(help: .both("The macro.", ru: "Макрос.")) var macro: MacroID
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let answer = try await desk.change("macro.delete", ["macro": .id(macro)], change)
        if desk.output.json { desk.output.data(answer) } else { desk.output.line("\(macro)") }
    }
}

/// `opora macro preview`.
struct MacroPreview: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: .both("Show what a macro would do to a ticket.", ru: "Показать, что макрос сделает с обращением."))

    @Argument(help: .both("The macro.", ru: "Макрос.")) var macro: MacroID
    @Argument(help: .both("The ticket.", ru: "Обращение.")) var ticket: TicketID
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let answer = try await desk.read("macro.preview", ["macro": .id(macro), "ticket": .id(ticket)])
        try desk.show(answer, "actions", "macro.preview")
    }
}

/// `opora macro apply`.
struct MacroApply: TicketChange {
    static let method = "ticket.apply_macro"
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: .both(
            "Do to a ticket what a macro says: all of it or nothing.", ru: "Применить макрос к обращению: целиком или никак."))

    @Argument(help: .both("The macro.", ru: "Макрос.")) var macro: MacroID
    @OptionGroup var ticket: TicketArgument
    @Option(
        help: .both("The reply as you edited it; - reads it.", ru: "Исправленный ответ; - читает его.", valueName: "text"))
    var reply: String?
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() throws -> JSON {
        ["macro": .id(macro), "reply": .optional(try reply.map { try TextInput.read($0, "--reply") })]
    }
}

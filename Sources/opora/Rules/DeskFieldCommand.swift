import ArgumentParser
import OporaPluginKit

/// `opora desk field`: custom fields that the desk has declared.
struct DeskFieldCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "field", abstract: .both("Custom fields of tickets.", ru: "Дополнительные поля обращений."),
        subcommands: [DeskFieldList.self, DeskFieldCreate.self, DeskFieldUpdate.self, DeskFieldRetire.self])
}

/// `opora desk field list`.
struct DeskFieldList: DeskCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: .both("List all.", ru: "Список."))

    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let answer = try await desk.read("field.list", [:])
        if desk.output.json { return desk.output.data(answer) }
        let items = answer["items"]?.array ?? []
        guard !items.isEmpty else { return desk.output.note("No field was declared.", ru: "Полей нет.") }
        desk.output.table(
            [
                (en: "field", ru: "поле"), (en: "kind", ru: "вид"), (en: "label", ru: "название"),
                (en: "choices", ru: "варианты"), (en: "to solve", ru: "до решения"), (en: "retired", ru: "отменено"),
            ],
            items.map { field in
                let choices = (field["choices"]?.array ?? []).compactMap(\.string).joined(separator: ", ")
                return [
                    Cell(field["field"]?.string ?? "?", .strong), Cell(field["kind"]?.string ?? "?"),
                    Cell(LabelOptions.text(field, desk.language)), Cell(choices),
                    Cell(field["required_to_solve"]?.bool == true ? desk.output.say("required", ru: "обязательно") : ""),
                    field["retired_at"]?.string.flatMap { Timestamp($0) }.map { Cell(desk.local($0), .faint) } ?? .blank,
                ]
            })
    }
}

/// `opora desk field create`.
struct DeskFieldCreate: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: .both("Declare a field.", ru: "Завести поле."))

    @Argument(help: .both("Its name.", ru: "Имя.")) var field: String
    @Argument(help: .both("What values it has.", ru: "Какие в нём значения.")) var kind: FieldKind
    @Option(
        name: .customLong("choice"), parsing: .upToNextOption,
        help: .both("What can be chosen; several are possible.", ru: "Вариант; можно несколько.", valueName: "text"))
    var choices: [String] = []
    @Flag(help: .both("A ticket without it can't be solved.", ru: "Без него обращение не решить.")) var requiredToSolve = false
    @OptionGroup var label: LabelOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let params: JSON = [
            "field": .string(field), "kind": .word(kind),
            "choices": choices.isEmpty ? nil : .array(choices.map { .string($0) }),
            "required_to_solve": requiredToSolve ? true : nil, "label": label.json,
        ]
        try desk.show(try await desk.change("field.create", params, change), "field", "field.create")
    }
}

/// `opora desk field update`.
struct DeskFieldUpdate: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: .both("Change a field; what you leave out stays.", ru: "Изменить поле."))

    @Argument(help: .both("The field.", ru: "Поле.")) var field: String
    @Option(
        name: .customLong("choice"), parsing: .upToNextOption,
        help: .both("What can be chosen: all of it.", ru: "Варианты: все.", valueName: "text"))
    var choices: [String] = []
    @Flag(
        inversion: .prefixedNo,
        help: .both("A ticket without it can't be solved.", ru: "Без него обращение не решить."))
    var requiredToSolve: Bool?
    @OptionGroup var label: LabelOptions
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let params: JSON = [
            "field": .string(field), "choices": choices.isEmpty ? nil : .array(choices.map { .string($0) }),
            "required_to_solve": requiredToSolve.map { .bool($0) }, "label": label.json,
            "expected_version": version.expectedVersion.map { .int($0) },
        ]
        try desk.show(try await desk.change("field.update", params, change), "field", "field.update")
    }
}

/// `opora desk field retire`.
struct DeskFieldRetire: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire", abstract: .both("Let it be set no more.", ru: "Больше не заполнять поле."))

    @Argument(help: .both("The field.", ru: "Поле.")) var field: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        try desk.show(try await desk.change("field.retire", ["field": .string(field)], change), "field", "field.retire")
    }
}

import ArgumentParser
import OporaPluginKit

/// `opora desk status`: statuses of the desk's own.
struct DeskStatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: .both("Statuses of the desk's own.", ru: "Собственные статусы."),
        subcommands: [DeskStatusList.self, DeskStatusCreate.self, DeskStatusUpdate.self, DeskStatusRetire.self])
}

/// `opora desk status list`.
struct DeskStatusList: DeskCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: .both("List all.", ru: "Список."))

    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let answer = try await desk.read("status.list", [:])
        if desk.output.json { return desk.output.data(answer) }
        desk.output.table(
            [
                (en: "status", ru: "статус"), (en: "category", ru: "категория"), (en: "label", ru: "название"),
                (en: "reason", ru: "причина"), (en: "retired", ru: "отменён"),
            ],
            (answer["items"]?.array ?? []).map { status in
                let label = LabelOptions.text(status, desk.language)
                let word = status["status"]?.string ?? "?"
                return [
                    Cell(word, .strong), Cell(Words.status(status["category"]?.string ?? "?", desk.language)),
                    Cell(label.isEmpty ? Words.status(word, desk.language) : label),
                    status["reason"]?.string.map { Cell($0) } ?? .blank,
                    status["retired_at"]?.string.flatMap { Timestamp($0) }.map { Cell(desk.local($0), .faint) } ?? .blank,
                ]
            })
    }
}

/// `opora desk status create`.
struct DeskStatusCreate: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: .both("Declare a status.", ru: "Завести статус."))

    @Argument(help: .both("Its word, e.g. waiting_vendor.", ru: "Слово, например waiting_vendor.")) var status: String
    @Argument(help: .both("The category that it is in.", ru: "Категория.")) var category: TicketStatus
    @Option(help: .both("Why tickets wait in it.", ru: "Почему обращения в нём ждут.", valueName: "word")) var reason: String?
    @OptionGroup var label: LabelOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let params: JSON = [
            "status": .string(status), "category": .word(category), "reason": .optional(reason), "label": label.json,
        ]
        try desk.show(try await desk.change("status.create", params, change), "status", "status.create")
    }
}

/// `opora desk status update`.
struct DeskStatusUpdate: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: .both("Change a status; what you leave out stays.", ru: "Изменить статус."))

    @Argument(help: .both("The status.", ru: "Статус.")) var status: String
    @Option(help: .both("Why tickets wait in it.", ru: "Почему обращения в нём ждут.", valueName: "word")) var reason: String?
    @Flag(help: .both("Without a reason.", ru: "Без причины.")) var noReason = false
    @OptionGroup var label: LabelOptions
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let params: JSON = [
            "status": .string(status), "reason": noReason ? JSON.null : .optional(reason), "label": label.json,
            "expected_version": version.expectedVersion.map { .int($0) },
        ]
        try desk.show(try await desk.change("status.update", params, change), "status", "status.update")
    }
}

/// `opora desk status retire`.
struct DeskStatusRetire: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire",
        abstract: .both("Let no ticket be moved to it any more.", ru: "Больше не переводить в него обращения."))

    @Argument(help: .both("The status.", ru: "Статус.")) var status: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        try desk.show(
            try await desk.change("status.retire", ["status": .string(status)], change), "status", "status.retire")
    }
}

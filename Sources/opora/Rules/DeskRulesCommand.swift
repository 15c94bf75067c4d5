import ArgumentParser
import OporaPluginKit

/// `opora desk`: what the desk has decided for itself.
struct DeskRulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "desk",
        abstract: .both("Settings, statuses and fields of the desk.", ru: "Настройки, статусы и поля службы поддержки."),
        subcommands: [DeskShow.self, DeskSet.self, DeskStatusCommand.self, DeskFieldCommand.self])
}

/// `opora desk show`.
struct DeskShow: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: .both("Show the settings.", ru: "Показать настройки."))

    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws { try desk.show(try await desk.read("desk.get", [:]), "desk", "desk.get") }
}

/// `opora desk set`.
struct DeskSet: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: .both("Change settings; what you leave out stays.", ru: "Изменить настройки."))

    @Option(
        help: .both("Days after which a solved ticket closes.", ru: "Через сколько дней закрывается решённое.", valueName: "n"))
    var autoCloseDays: Int64?
    @Option(
        help: .both(
            "Days after which an untouched ticket is told of.", ru: "Через сколько дней сообщать о забытом.", valueName: "n"))
    var stuckDays: Int64?
    @Option(help: .both("Minutes of a claim.", ru: "На сколько минут занимают обращение.", valueName: "n"))
    var claimMinutes: Int64?
    @Flag(
        inversion: .prefixedNo,
        help: .both("Refuse fields that were not declared.", ru: "Не принимать необъявленные поля."))
    var strictFields: Bool?
    @Option(
        name: .customLong("transition"),
        help: .both(
            "Which statuses may follow one; may be repeated, and replaces all that there were.",
            ru: "Какие статусы идут после данного; можно повторять, заменяет все прежние.", valueName: "from=to,to"))
    var transitions: [TransitionArgument] = []
    @Flag(help: .both("No transitions of the desk's own.", ru: "Без собственных переходов.")) var noTransitions = false
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !(noTransitions && !transitions.isEmpty) else {
            throw ValidationError(
                .both("--transition and --no-transitions exclude each other", ru: "--transition и --no-transitions несовместимы"))
        }
    }

    func run(_ desk: Desk) async throws {
        var next: JSON?
        if noTransitions { next = .null }
        if !transitions.isEmpty {
            var object = JSONObject()
            for transition in transitions { object[transition.from] = .array(transition.to.map { .string($0) }) }
            next = .object(object)
        }
        let params: JSON = [
            "auto_close_days": autoCloseDays.map { .int($0) }, "stuck_days": stuckDays.map { .int($0) },
            "claim_minutes": claimMinutes.map { .int($0) }, "strict_fields": strictFields.map { .bool($0) },
            "transitions": next, "expected_version": version.expectedVersion.map { .int($0) },
        ]
        try desk.show(try await desk.change("desk.set", params, change), "desk", "desk.set")
    }
}

/// `open=pending,solved` on the command line.
struct TransitionArgument: ExpressibleByArgument, Hashable, Sendable {
    var from: String
    var to: [String]

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return nil }
        from = String(parts[0])
        to = parts[1].split(separator: ",").map(String.init)
    }
}

/// What people see, by language.
struct LabelOptions: ParsableArguments, Sendable {
    @Option(help: .both("What people see in English.", ru: "Название по-английски.", valueName: "text")) var en: String?
    @Option(help: .both("What people see in Russian.", ru: "Название по-русски.", valueName: "text")) var ru: String?

    var json: JSON? { en == nil && ru == nil ? nil : ["en": .optional(en), "ru": .optional(ru)] }

    /// The label that a record has, in a language.
    static func text(_ record: JSON, _ language: Language) -> String {
        let label = record["label"]
        let (en, ru) = (label?["en"]?.string, label?["ru"]?.string)
        return (language == .ru ? ru ?? en : en ?? ru) ?? ""
    }
}

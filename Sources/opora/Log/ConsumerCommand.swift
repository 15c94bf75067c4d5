import ArgumentParser
import OporaPluginKit

/// `opora consumer`: named cursors in the log.
struct ConsumerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consumer",
        abstract: .both("Look after the log's durable readers.", ru: "Постоянные читатели журнала."),
        subcommands: [
            ConsumerList.self, ConsumerInfo.self, ConsumerPause.self, ConsumerResume.self, ConsumerSeek.self,
            ConsumerPark.self, ConsumerParked.self, ConsumerRetry.self, ConsumerDrop.self, ConsumerDelete.self,
        ])
}

/// `opora consumer list`.
struct ConsumerList: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: .both("List consumers.", ru: "Список потребителей."))

    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let answer = try await desk.read("consumer.list")
        if desk.output.json { return desk.output.data(answer) }
        let items = answer["items"]?.array ?? []
        desk.output.table(
            [
                (en: "name", ru: "имя"), (en: "owner", ru: "владелец"), (en: "state", ru: "состояние"),
                (en: "reads", ru: "читает"), (en: "acknowledged", ru: "подтверждено"), (en: "lag", ru: "отставание"),
                (en: "parked", ru: "отложено"), (en: "read by", ru: "кто читает"),
            ],
            items.map { row($0, desk) })
        desk.remark(
            ListPage(items: items, json: answer, cursor: nil),
            nothing: Bilingual("There is no consumer.", ru: "Потребителей нет."))
    }

    private func row(_ consumer: JSON, _ desk: Desk) -> [Cell] {
        let filter = ((consumer["streams"]?.array ?? []) + (consumer["types"]?.array ?? [])).compactMap(\.string)
        func count(_ member: String) -> Cell {
            let value = consumer[member]?.int ?? 0
            return .figure(desk.language.number(value), value > 0 ? .warning : .plain)
        }
        return [
            Cell(consumer["name"]?.string ?? "?", .strong), Cell(consumer["owner"]?.string ?? "—"),
            ConsumerWords.state(consumer["state"]?.string ?? "?", desk.language),
            Cell(filter.isEmpty ? desk.output.say("all", ru: "всё") : filter.joined(separator: ", ")),
            .figure(desk.language.number(consumer["acked_seq"]?.int ?? 0)), count("lag"), count("parked"),
            consumer["holder"]?.string.map { Cell($0) } ?? .blank,
        ]
    }
}

/// `opora consumer info`.
struct ConsumerInfo: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: .both("Show a consumer.", ru: "Показать потребителя."))

    @OptionGroup var consumer: ConsumerArgument
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        try desk.show(try await desk.read("consumer.info", ["name": .string(consumer.name)]), "consumer", "consumer.info")
    }
}

/// Which consumer.
struct ConsumerArgument: ParsableArguments, Sendable {
    @Argument(help: .both("Its name.", ru: "Имя потребителя.")) var name: String
}

/// What takes something from whoever reads just now.
struct ConsentOption: ParsableArguments, Sendable {
    @Flag(help: .both("Do it even while somebody reads.", ru: "Сделать, даже если потребителя сейчас читают."))
    var yes = false

    /// Refuses without `--yes` where somebody holds the consumer.
    func check(_ name: String, _ desk: Desk) async throws {
        guard !yes else { return }
        let answer = try await desk.read("consumer.info", ["name": .string(name)])
        guard let holder = answer["consumer"]?["holder"]?.string else { return }
        throw Failure.usage(
            "\(name) is read by \(holder) right now; stop it first, or add --yes to do this under its feet",
            ru: "\(name) сейчас читает \(holder); сначала остановите его или добавьте --yes")
    }
}

/// Consumers in words.
enum ConsumerWords {
    static func state(_ word: String, _ language: Language) -> Cell {
        switch word {
        case "active": Cell(language.pick("active", ru: "действует"))
        case "paused": Cell(language.pick("paused", ru: "приостановлен"), .warning)
        case "lost": Cell(language.pick("lost", ru: "отстал"), .bad)
        default: Cell(word)
        }
    }
}

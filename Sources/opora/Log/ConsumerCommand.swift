import ArgumentParser
import OporaPluginKit

/// `opora consumer`: named cursors in the log.
struct ConsumerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consumer", abstract: .both("Look at the log's durable readers.", ru: "Постоянные читатели журнала."),
        subcommands: [ConsumerList.self, ConsumerInfo.self, ConsumerDelete.self])
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
                (en: "name", ru: "имя"), (en: "owner", ru: "владелец"), (en: "streams", ru: "потоки"),
                (en: "acknowledged", ru: "подтверждено"),
                (en: "lag", ru: "отставание"), (en: "read by", ru: "читает"),
            ],
            items.map { consumer in
                let streams = (consumer["streams"]?.array ?? []).compactMap(\.string)
                let lag = consumer["lag"]?.int ?? 0
                return [
                    Cell(consumer["name"]?.string ?? "?", .strong), Cell(consumer["owner"]?.string ?? "—"),
                    Cell(streams.isEmpty ? desk.output.say("all", ru: "все") : streams.joined(separator: ", ")),
                    .figure(desk.language.number(consumer["acked_seq"]?.int ?? 0)),
                    .figure(desk.language.number(lag), lag > 0 ? .warning : .plain),
                    consumer["holder"]?.string.map { Cell($0) } ?? .blank,
                ]
            })
        desk.remark(
            ListPage(items: items, json: answer, cursor: nil),
            nothing: Bilingual("There is no consumer.", ru: "Потребителей нет."))
    }
}

/// `opora consumer info`.
struct ConsumerInfo: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: .both("Show a consumer.", ru: "Показать потребителя."))

    @Argument(help: .both("Its name.", ru: "Имя.")) var name: String
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        try desk.show(try await desk.read("consumer.info", ["name": .string(name)]), "consumer", "consumer.info")
    }
}

/// `opora consumer delete`.
struct ConsumerDelete: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: .both("Forget a consumer and its place in the log.", ru: "Забыть потребителя и его место в журнале."))

    @Argument(help: .both("Its name.", ru: "Имя.")) var name: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let answer = try await desk.change("consumer.delete", ["name": .string(name)], change)
        if desk.output.json { return desk.output.data(answer) }
        desk.output.line("The consumer \(name) is forgotten.", ru: "Потребитель \(name) забыт.")
    }
}

import ArgumentParser
import OporaPluginKit

/// `opora consumer pause`.
struct ConsumerPause: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: .both("Give a consumer no events for now.", ru: "Пока не отдавать потребителю событий."))

    @OptionGroup var consumer: ConsumerArgument
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws { try await desk.changeConsumer("consumer.pause", consumer.name, [:], change) }
}

/// `opora consumer resume`.
struct ConsumerResume: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: .both("Give a paused consumer events again.", ru: "Снова отдавать события приостановленному потребителю."))

    @OptionGroup var consumer: ConsumerArgument
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws { try await desk.changeConsumer("consumer.resume", consumer.name, [:], change) }
}

/// `opora consumer seek`.
struct ConsumerSeek: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "seek",
        abstract: .both("Put a consumer elsewhere in the log.", ru: "Поставить потребителя на другое место журнала."),
        discussion: .both(
            "What lies between is read again, or never. A consumer that was lost is active again after it.",
            ru:
                "Что лежит между старым и новым местом, будет прочитано ещё раз или никогда. Отставший потребитель снова действует."
        ))

    @OptionGroup var consumer: ConsumerArgument
    @Option(
        help: .both(
            "beginning, now, a position (the next event is the one after it), or a time.",
            ru: "beginning (начало), now (конец), номер (следующим будет событие после него) или время.", valueName: "place"))
    var to: String
    @OptionGroup var consent: ConsentOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let place = try ConsumerSeek.place(to) { try desk.instant($0, "--to") }
        try await consent.check(consumer.name, desk)
        try await desk.changeConsumer("consumer.seek", consumer.name, ["to": place], change)
    }

    /// A place in the log as the method takes it.
    static func place(_ text: String, time: (String) throws -> Timestamp) rethrows -> JSON {
        switch text {
        case "beginning", "now": return ["from": .string(text)]
        default:
            if let seq = Int64(text), seq >= 0 { return ["after_seq": .int(seq)] }
            return ["at": .string(try time(text).text)]
        }
    }
}

/// `opora consumer delete`.
struct ConsumerDelete: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: .both("Forget a consumer and its place in the log.", ru: "Забыть потребителя и его место в журнале."))

    @OptionGroup var consumer: ConsumerArgument
    @OptionGroup var consent: ConsentOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        try await consent.check(consumer.name, desk)
        let answer = try await desk.change("consumer.delete", ["name": .string(consumer.name)], change)
        if desk.output.json { return desk.output.data(answer) }
        desk.output.line("The consumer \(consumer.name) is forgotten.", ru: "Потребитель \(consumer.name) забыт.")
    }
}

extension Desk {
    /// Changes a consumer and says how it stands.
    func changeConsumer(_ method: String, _ name: String, _ members: JSON, _ options: ChangeOptions) async throws {
        var params = JSONObject([("name", .string(name))])
        for member in members.object?.members ?? [] { params[member.name] = member.value }
        let answer = try await change(method, .object(params), options)
        if output.json { return output.data(answer) }
        guard let consumer = answer["consumer"] else { throw Failure.badAnswer(method) }
        let state = ConsumerWords.state(consumer["state"]?.string ?? "?", language).text
        let acked = language.number(consumer["acked_seq"]?.int ?? 0)
        let lag = language.number(consumer["lag"]?.int ?? 0)
        output.line(
            "\(name) is \(state), acknowledged up to \(acked), \(lag) behind",
            ru: "\(name): \(state), подтверждено до \(acked), отставание \(lag)")
    }
}

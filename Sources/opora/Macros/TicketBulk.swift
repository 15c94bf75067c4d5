import ArgumentParser
import OporaPluginKit

/// `opora ticket bulk`.
struct TicketBulk: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "bulk",
        abstract: .both(
            "Change many tickets in the same way, each for itself; says of each what came of it.",
            ru: "Изменить много обращений одинаково, каждое отдельно; по каждому сказано, что вышло."))

    @Argument(help: .both("The tickets.", ru: "Обращения.")) var tickets: [TicketID]
    @OptionGroup var steps: StepOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        var params = steps.json
        params["tickets"] = .ids(tickets)
        let answer = try await desk.change("ticket.bulk_update", .object(params), change)
        if desk.output.json { return desk.output.data(answer) }
        desk.output.table(
            [(en: "ticket", ru: "обращение"), (en: "outcome", ru: "итог"), (en: "why", ru: "почему")],
            (answer["items"]?.array ?? []).map { item in
                let outcome = item["outcome"]?.string ?? "?"
                return [
                    Cell(item["ticket"]?.string ?? "?", .strong),
                    Cell(Self.word(outcome, desk.language), outcome == "refused" ? .bad : .plain),
                    Cell(item["error"]?["message"]?.string ?? "", .faint),
                ]
            })
    }

    private static func word(_ outcome: String, _ language: Language) -> String {
        switch outcome {
        case "done": language.pick("done", ru: "сделано")
        case "unchanged": language.pick("unchanged", ru: "без изменений")
        case "refused": language.pick("refused", ru: "отказано")
        default: outcome
        }
    }
}

/// `opora ticket count`.
struct TicketCount: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "count", abstract: .both("Count tickets.", ru: "Сосчитать обращения."))

    @OptionGroup var filter: FilterOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let answer = try await desk.read("ticket.count", .object(filter.json))
        if desk.output.json { return desk.output.data(answer) }
        let count = answer["count"]?.int ?? 0
        if answer["exact"]?.bool == true { return desk.output.line("\(count)") }
        desk.output.line("\(count) or more", ru: "\(count) или больше")
    }
}

import ArgumentParser
import OporaPluginKit

/// `opora index`: the search index.
struct IndexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: .both("The search index: how far it is, make it anew.", ru: "Поисковый индекс: состояние, построить заново."),
        subcommands: [IndexStatus.self, IndexRebuild.self])
}

/// `opora index status`.
struct IndexStatus: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: .both("See how far the search index is.", ru: "Показать, насколько готов поисковый индекс."))

    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let status = try await desk.read("search.status")
        if desk.output.json { return desk.output.data(status) }
        let language = desk.language
        func figure(_ name: String) -> Cell { Cell(language.number(status[name]?.int ?? 0)) }
        var rows: [[Cell]] = [
            [Cell(desk.output.say("state", ru: "состояние"), .faint), state(status, language)],
            [Cell(desk.output.say("documents", ru: "документов"), .faint), figure("documents")],
            [Cell(desk.output.say("replaced", ru: "заменено"), .faint), figure("replaced")],
            [Cell(desk.output.say("bytes", ru: "байт"), .faint), figure("bytes")],
            [Cell(desk.output.say("events behind", ru: "отстаёт на событий"), .faint), figure("behind_events")],
            [Cell(desk.output.say("behind, ms", ru: "отстаёт, мс"), .faint), figure("behind_ms")],
        ]
        if let problem = status["problem"]?.string {
            rows.append([Cell(desk.output.say("problem", ru: "неполадка"), .faint), Cell(PlainText.line(problem), .bad)])
        }
        desk.output.record(rows)
    }

    private func state(_ status: JSON, _ language: Language) -> Cell {
        switch status["state"]?.string {
        case "ready": return Cell(language.pick("ready", ru: "готов"), .good)
        case "building":
            let done = language.number(status["building"]?["done"]?.int ?? 0)
            let of = language.number(status["building"]?["of"]?.int ?? 0)
            return Cell(language.pick("being made: \(done) of \(of)", ru: "строится: \(done) из \(of)"), .warning)
        case "failing": return Cell(language.pick("not kept up to date", ru: "не обновляется"), .bad)
        case let other: return Cell(other ?? "?")
        }
    }
}

/// `opora index rebuild`.
struct IndexRebuild: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract: .both(
            "Make the search index anew; the old one answers until then.",
            ru: "Построить поисковый индекс заново; до тех пор отвечает старый."))

    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let answer = try await desk.read("search.rebuild")
        if desk.output.json { return desk.output.data(answer) }
        desk.output.note(
            "Begun; see `opora index status`.", ru: "Начато; состояние покажет `opora index status`.")
    }
}

import ArgumentParser
import OporaPluginKit

/// `opora log`: the log of events as a whole.
struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: .both("Look after the log of events.", ru: "Обслуживание журнала событий."),
        subcommands: [LogTruncate.self])
}

/// `opora log truncate`.
struct LogTruncate: DeskCommand {
    /// How long the copy of a large desk may take.
    static let waitMilliseconds: Int64 = 1_800_000

    static let configuration = CommandConfiguration(
        commandName: "truncate",
        abstract: .both(
            "Take old events out of the log, after a copy of the desk is written.",
            ru: "Убрать из журнала старые события, сначала сделав копию базы."),
        discussion: .both(
            "Refused where a consumer has not dealt with them, or has set one of them aside.",
            ru: "Не делается, если какой-то потребитель их ещё не обработал или отложил одно из них."))

    @Option(help: .both("Events below this position go.", ru: "События до этого номера уходят.", valueName: "seq"))
    var before: Int64
    @Flag(inversion: .prefixedNo, help: .both("Write a copy of the desk first.", ru: "Сначала сделать копию базы."))
    var snapshot = true
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        if snapshot { desk.output.progress("writing a copy of the desk…", ru: "пишется копия базы…") }
        let answer = try await desk.change(
            "log.truncate", ["before_seq": .int(before), "snapshot": .bool(snapshot)], change,
            milliseconds: LogTruncate.waitMilliseconds)
        desk.output.endProgress()
        if desk.output.json { return desk.output.data(answer) }
        let first = desk.language.number(answer["first_seq"]?.int ?? 0)
        desk.output.line("The log begins at \(first).", ru: "Журнал начинается с \(first).")
        if let path = answer["snapshot"]?.string {
            desk.output.line("What it held before is in \(path)", ru: "Что было до этого, лежит в \(path)")
        }
    }
}

import ArgumentParser
import OporaPluginKit

/// `opora report`: figures of the desk, from the reporter.
struct ReportCommand: ParsableCommand {
    /// How long a report may take; the reporter's own limit is shorter.
    static let waitMilliseconds: Int64 = 25_000

    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: .both("Figures of the desk, from the reporter.", ru: "Цифры службы поддержки, от плагина reporter."),
        subcommands: [ReportMorning.self, ReportMetrics.self])
}

/// `opora report morning`.
struct ReportMorning: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "morning",
        abstract: .both(
            "What came in, went out, waits and hangs: the report to begin the day with.",
            ru: "Что пришло, ушло, ждёт и застряло: отчёт, с которого начинают день."))

    @Option(help: .both("As of this time; now, where left out.", ru: "На этот момент; без него — на сейчас.", valueName: "time"))
    var at: String = "now"
    @Option(help: .both("Time zone of its days; yours, where left out.", ru: "Часовой пояс; без него — ваш.", valueName: "zone"))
    var zone: String?
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let params: JSON = [
            "at": .string(at == "now" ? desk.now.text : at), "zone": .string(zone ?? SystemZones.localName()),
            "language": .string(desk.language.rawValue),
        ]
        let answer = try await desk.read("x.reporter.morning", params, milliseconds: ReportCommand.waitMilliseconds)
        if desk.output.json { return desk.output.data(answer) }
        guard let text = answer["text"]?.string else { throw Failure.badAnswer("x.reporter.morning") }
        for line in PlainText.lines(text.hasSuffix("\n") ? String(text.dropLast()) : text) { desk.output.line(line) }
    }
}

/// `opora report metrics`.
struct ReportMetrics: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics",
        abstract: .both("The figures of a stretch of time.", ru: "Цифры за отрезок времени."))

    @Option(help: .both("From this time on.", ru: "С этого момента.", valueName: "time")) var from: String
    @Option(
        help: .both(
            "Until before this time; now, where left out.", ru: "До этого момента, не включая; без него — до сейчас.",
            valueName: "time"))
    var to: String = "now"
    @Option(
        help: .both("Time zone of local times; yours, where left out.", ru: "Часовой пояс; без него — ваш.", valueName: "zone"))
    var zone: String?
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let name = zone ?? SystemZones.localName()
        let until = to == "now" ? desk.now.text : to
        let answer = try await desk.read(
            "x.reporter.metrics", ["from": .string(from), "to": .string(until), "zone": .string(name)],
            milliseconds: ReportCommand.waitMilliseconds)
        if desk.output.json { return desk.output.data(answer) }
        let local = { (text: String) in Timestamp(text).map(desk.local) ?? text }
        desk.output.line(desk.output.styled("\(local(from)) – \(local(until)) (\(name))", .strong))
        MetricsView(metrics: answer, output: desk.output).show()
    }
}

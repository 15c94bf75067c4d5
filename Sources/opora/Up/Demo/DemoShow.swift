import OporaPluginKit

/// What a demo does once its desk runs: fills it, waits for the reporter, shows the reports.
struct DemoShow: Sendable {
    /// How long the reporter may take to read what was imported before the demo goes on without it.
    private static let lagSeconds = 300
    private static let pauseMilliseconds = 100

    var folder: DeskFolder
    var log: DemoLog
    /// The IANA name of the log's zone.
    var zone: String
    var rules: ZoneRules
    var output: Output

    func run(_ client: DeskClient) async throws {
        var file = log.file ?? ""
        if let text = log.text {
            file = "\(folder.root)/incidents.csv"
            try text.write(newFile: file)
            output.line("Made up an incident log: \(file)", ru: "Придуман журнал обращений: \(file)")
        }
        try await opora(["import", "servicenow", file, "--zone", zone])
        try await reporterReads(client)
        try await opora([
            "report", "metrics", "--from", instant(log.span.firstCall.midnight), "--to", instant(log.span.end.nextMidnight),
            "--zone", zone,
        ])
        output.line("")
        // In the morning of the last call the desk was at its busiest; at the very end of a closed log nothing is left.
        try await opora(["report", "morning", "--at", instant(log.span.lastCall), "--zone", zone])
    }

    private func instant(_ local: LocalTime) -> String { rules.instant(of: local).text }

    /// Runs a command of this program on the demo's desk, with its output where this one's goes.
    private func opora(_ words: [String]) async throws {
        var arguments = words + ["--run-dir", folder.run, "--lang", output.language.rawValue]
        if output.json { arguments.append("--json") }
        let spawn = Spawn(program: try Programs().path("opora"), arguments: arguments, log: nil)
        let child: Child
        do { child = try spawn.start() } catch { throw Failure.notStarted(error) }
        guard let ending = await child.ending.value() else {
            _ = await child.stop(within: DeskService.reporter.stopMilliseconds)
            throw CancellationError()
        }
        guard ending == .exited(0) else { throw Failure.step("opora \(words.prefix(2).joined(separator: " "))", ending) }
    }

    /// Waits until the reporter has read everything that the log holds.
    private func reporterReads(_ client: DeskClient) async throws {
        defer { output.endProgress() }
        let clock = ContinuousClock()
        let end = clock.now + .seconds(Self.lagSeconds)
        while clock.now < end {
            let health = try? await client.call("kernel.health", timeoutMilliseconds: 2000)
            let reporter = health?["consumers"]?.array?.first { $0["name"]?.string == DeskService.reporter.name }
            if let lag = reporter?["lag"]?.int {
                if lag == 0 { return }
                output.progress(
                    "the reporter has \(output.language.number(lag)) events to read",
                    ru: "отчётам осталось прочитать событий: \(output.language.number(lag))")
            }
            try await Task.sleep(for: .milliseconds(Self.pauseMilliseconds))
        }
        output.note(
            "the reporter is still reading; its figures may be incomplete",
            ru: "отчёты ещё читают журнал; цифры могут быть неполными")
    }
}

extension LocalTime {
    /// The midnight with which this day begins.
    var midnight: LocalTime { LocalTime(date: date, millisecondsOfDay: 0) }
    /// The midnight with which this day ends.
    var nextMidnight: LocalTime { LocalTime(date: CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1), millisecondsOfDay: 0) }
}

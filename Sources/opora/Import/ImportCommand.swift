import ArgumentParser
import Glibc
import OporaPluginKit
import UnixSignals

/// `opora import`: history from other systems.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: .both("Bring in history from other systems.", ru: "Перенести историю из других систем."),
        subcommands: [ImportServiceNow.self])
}

/// `opora import servicenow`.
struct ImportServiceNow: AsyncParsableCommand {
    /// Milliseconds between two looks at whether the kernel was restarted.
    private static let watchMilliseconds: Int64 = 250

    static let configuration = CommandConfiguration(
        commandName: "servicenow",
        abstract: .both(
            "Replay a ServiceNow incident log (CSV, one row per update) with its own times.",
            ru: "Перенести журнал инцидентов ServiceNow (CSV, строка на изменение) с его собственными датами."),
        discussion: .both(
            """
            It can be stopped with Ctrl-C and run again at any time: rows that are there already are skipped.
            A bad row is reported with its line and passed over; --strict makes the command end with 65 then.
            """,
            ru: """
                Можно прервать (Ctrl-C) и запустить снова в любой момент: строки, которые уже есть, будут пропущены.
                О негодной строке сообщается с её номером, она пропускается; с --strict код завершения тогда 65.
                """))

    @Argument(
        help: .both("The file; - reads standard input.", ru: "Файл; - читает стандартный ввод."),
        completion: .file(extensions: ["csv"]))
    var file: String
    @Option(
        help: .both(
            "The time zone of its times, e.g. Europe/Berlin.", ru: "Часовой пояс её времён, например Europe/Moscow.",
            valueName: "zone"))
    var zone: String
    @Flag(
        help: .both(
            "Read and check everything, send nothing; needs no kernel.",
            ru: "Всё прочесть и проверить, ничего не отправлять; ядро не нужно."))
    var dryRun = false
    @Flag(help: .both("End with 65 if a row was bad or refused.", ru: "Завершиться с 65, если были негодные строки."))
    var strict = false
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let output = common.output()
        guard let rules = SystemZones().zone(zone) else {
            throw Failure.usage(
                "--zone: there is no zone \"\(zone)\"; write an IANA name such as Europe/Berlin or UTC",
                ru: "--zone: пояса «\(zone)» нет; пишите имя IANA, например Europe/Moscow или UTC")
        }
        let source: FileSource
        do throws(ReadFault) { source = try FileSource(file) } catch { throw error.failure }
        let stop = StopSign()
        let desk = dryRun ? nil : try Desk(common)
        defer { desk?.client.close() }
        let sender = desk.map { ImportSender(client: $0.client, source: "servicenow", stop: stop, output: output) }
        let run = try ImportRun(source, size: source.size, zone: rules, sender: sender, stop: stop, output: output)
        try await finish(try await withSignals(run, stop, desk, output), output)
    }

    /// Runs it while two others watch: for Ctrl-C, and for a restart of the kernel.
    private func withSignals(
        _ run: ImportRun<FileSource>, _ stop: StopSign, _ desk: Desk?, _ output: Output
    ) async throws -> (ImportSummary, ImportRun<FileSource>.Ending) {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        return await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in signals {
                    // The second time somebody means it.
                    guard stop.raise() else { Glibc.exit(ExitStatus.interrupted.rawValue) }
                    output.note(
                        "Stopping after what is under way; Ctrl-C again ends at once.",
                        ru: "Останавливаюсь после того, что уже отправлено; Ctrl-C ещё раз — немедленно.")
                }
            }
            if let desk { group.addTask { await watch(desk) } }
            var running = run
            let ending = await running.run()
            group.cancelAll()
            var isInterrupted = false
            if case .interrupted = ending { isInterrupted = true }
            let summary = ImportSummary(
                file: file, isTrial: dryRun, isInterrupted: isInterrupted, tally: running.tally, absent: running.absent,
                elapsed: running.elapsed)
            return (summary, ending)
        }
    }

    /// What a kernel had under way when it ended will never be answered: as soon as another one is there, it is sent again.
    private func watch(_ desk: Desk) async {
        var instance = try? desk.location.discover().instanceID
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(ImportServiceNow.watchMilliseconds))
            guard let now = try? desk.location.discover().instanceID, now != instance else { continue }
            instance = now
            desk.client.interruptCalls()
        }
    }

    private func finish(_ end: (ImportSummary, ImportRun<FileSource>.Ending), _ output: Output) async throws {
        let (summary, ending) = end
        summary.show(output)
        switch ending {
        case .failed(let failure):
            output.note(
                "The import is not complete; run the same command again to go on.",
                ru: "Перенос не закончен; чтобы продолжить, запустите ту же команду ещё раз.")
            throw failure
        case .interrupted:
            output.note(
                "Stopped. Run the same command again to go on: what is there is skipped.",
                ru: "Остановлено. Чтобы продолжить, запустите ту же команду ещё раз: что уже есть, будет пропущено.")
            throw ExitCode(ExitStatus.interrupted.rawValue)
        case .finished:
            let bad = summary.tally.bad + summary.tally.refused
            guard bad > 0 else { return }
            output.note(
                "Warning: \(bad) of \(summary.tally.rows) rows were passed over.",
                ru: "Внимание: пропущено строк: \(bad) из \(summary.tally.rows).")
            if strict { throw ExitCode(ExitStatus.badData.rawValue) }
        }
    }
}

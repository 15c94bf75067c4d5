import ArgumentParser
import Glibc
import OporaPluginKit
import UnixSignals

/// An import from a file, with Ctrl-C, restarts of the kernel and a summary at the end.
struct ImportFlow {
    /// Milliseconds between two looks at whether the kernel was restarted.
    private static let watchMilliseconds: Int64 = 250

    /// The name of the file, or `-`.
    var file: String
    /// Nothing is sent.
    var isTrial: Bool
    /// A bad row makes the command end with 65.
    var isStrict: Bool
    /// The system that the history comes from.
    var source: String
    var common: CommonOptions

    /// - Parameter mapper: makes the mapper from the header's names.
    func run(_ mapper: ([String]) throws -> any ImportMapper) async throws {
        let output = common.output()
        let bytes: FileSource
        do throws(ReadFault) { bytes = try FileSource(file) } catch { throw error.failure }
        let stop = StopSign()
        let desk = isTrial ? nil : try Desk(common)
        defer { desk?.client.close() }
        let sender = desk.map { ImportSender(client: $0.client, source: source, stop: stop, output: output) }
        let run = try ImportRun(bytes, size: bytes.size, sender: sender, stop: stop, output: output, mapper: mapper)
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
                file: file, isTrial: isTrial, isInterrupted: isInterrupted, tally: running.tally, absent: running.absent,
                elapsed: running.elapsed)
            return (summary, ending)
        }
    }

    /// What a kernel had under way when it ended will never be answered: as soon as another one is there, it is sent again.
    private func watch(_ desk: Desk) async {
        var instance = try? desk.location.discover().instanceID
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(ImportFlow.watchMilliseconds))
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
            if isStrict { throw ExitCode(ExitStatus.badData.rawValue) }
        }
    }
}

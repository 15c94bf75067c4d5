import ArgumentParser
import FoundationEssentials
import Glibc
import OporaPluginKit

/// The options that `up` and `demo` share.
struct UpOptions: ParsableArguments, Sendable {
    @Option(
        help: .both(
            "A folder for the sockets, where the desk's own has too long a path.",
            ru: "Папка для сокетов, если путь к папке службы слишком длинный.", valueName: "folder"),
        completion: .directory)
    var runDir: String?

    @Flag(
        help: .both(
            "Leave a service that dies stopped.", ru: "Не запускать заново службу, которая завершилась."))
    var noRestart = false

    @Option(help: .both("Name of the first admin.", ru: "Имя первого администратора.", valueName: "name"))
    var adminName = "Admin"

    @Option(help: .both("E-mail of the first admin.", ru: "Почта первого администратора.", valueName: "address"))
    var adminEmail = "admin@example.org"

    @Flag(help: .both("Print JSON and nothing else.", ru: "Печатать только JSON."))
    var json = false

    @Option(help: .both("Language of messages.", ru: "Язык сообщений.", valueName: "en|ru"))
    var lang: Language?

    @Flag(help: .both("No colours.", ru: "Без цвета."))
    var noColor = false

    /// Where results go.
    func output() -> Output {
        let environment = ProcessInfo.processInfo.environment
        let language = Language.detect(flag: lang?.rawValue, environment: environment)
        return Output(language: language, json: json, noColour: noColor, environment: environment)
    }

    /// Runs a desk in a folder, from its preparation to the last message; returns after Ctrl-C.
    func runDesk(
        _ folder: DeskFolder, config: String? = nil, zone: String = SystemZones.localName(), promisesResponse: Bool = true,
        takesAlerts: Bool = false, output: Output,
        _ body: @escaping @Sendable (DeskClient, DeskRun.Attendance) async throws -> Void
    ) async throws {
        guard folder.socketPathExcess == 0 else { throw Failure.socketPath(folder.run, excess: folder.socketPathExcess) }
        var programs = try Programs()
        // Files of the services are their owner's alone, too.
        umask(0o077)
        try folder.make()
        let lock = try FolderLock(folder.lock)
        try await stopLeftovers(folder, output)
        var setup = DeskSetup(folder: folder, kernelConfig: config, language: output.language)
        if takesAlerts { try await addBridge(&setup, &programs, output) }
        try setup.prepare()
        let news = UpNews(output: output)
        let desk = DeskRun(
            setup: setup, programs: programs,
            seeding: Seeding(
                adminName: adminName, adminEmail: adminEmail, zone: zone, promisesResponse: promisesResponse,
                mark: folder.seeded),
            restarts: !noRestart, news: news)
        do {
            try await desk.run(body)
        } catch is DeskRun.Stopped {
            // Ctrl-C is how it ends.
        }
        if news.forced.isEmpty { output.note("stopped cleanly", ru: "остановлено без потерь") }
        _ = consume lock
    }

    /// The Alertmanager bridge runs along where it can; where it can't, one line says why.
    private func addBridge(_ setup: inout DeskSetup, _ programs: inout Programs, _ output: Output) async throws {
        do throws(AlertBridge.Missing) {
            let environment = ProcessInfo.processInfo.environment
            programs.bridge = try await AlertBridge.find(programs: programs.folder, environment: environment)
        } catch .python {
            return output.note(
                "alertmanager is left out: it needs Python 3.11 with pyzmq",
                ru: "alertmanager не запущен: нужен Python 3.11 с pyzmq")
        } catch {
            return
        }
        guard access(setup.config, F_OK) != 0 || !setup.isUnknown(.alertmanager) else {
            return output.note(
                "alertmanager is left out: \(setup.config) has no identity for it; plugins/alertmanager/README.md says what to add",
                ru: "alertmanager не запущен: в \(setup.config) для него нет identity; см. plugins/alertmanager/README.md")
        }
        setup.plugins.append(.alertmanager)
    }

    private func stopLeftovers(_ folder: DeskFolder, _ output: Output) async throws {
        let found = Leftovers.find(folder)
        guard !found.isEmpty else { return }
        let list = found.map { "\($0.service.name) \($0.pid)" }.joined(separator: ", ")
        output.note(
            "an earlier `opora up` was killed; stopping what it left: \(list)",
            ru: "прошлый `opora up` был убит; останавливаю то, что от него осталось: \(list)")
        let rest = try await Leftovers.stop(folder)
        guard rest.isEmpty else { throw Failure.leftovers(rest) }
    }
}

import ArgumentParser
import FoundationEssentials
import OporaPluginKit

/// `opora demo`: a desk in a scratch folder, with a history to look at.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: .both(
            "Run a desk in a scratch folder, fill it with an incident log, show a report.",
            ru: "Запустить службу во временной папке, заполнить её журналом обращений и показать отчёт."),
        discussion: .both(
            "The log is a ServiceNow incident CSV (--log), or one that is made up from a seed in the same columns.",
            ru: "Журнал — выгрузка обращений ServiceNow в CSV (--log) или придуманный по зерну в тех же столбцах."))

    @Option(
        help: .both("A ServiceNow incident log in CSV.", ru: "Журнал обращений ServiceNow в CSV.", valueName: "file"),
        completion: .file(extensions: ["csv"]))
    var log: String?

    @Option(
        help: .both(
            "The zone of the log's times; America/Sao_Paulo for a file, the machine's for a made-up log.",
            ru: "Часовой пояс журнала; America/Sao_Paulo для файла, пояс машины для придуманного.", valueName: "zone"))
    var zone: String?

    @Option(help: .both("How many incidents to make up.", ru: "Сколько обращений придумать.", valueName: "n"))
    var tickets = 2000

    @Option(help: .both("The same seed makes the same log.", ru: "Одно зерно даёт один и тот же журнал.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(
        help: .both(
            "Where the desk lives; left out, a new folder that is removed at the end.",
            ru: "Папка службы; без неё — новая папка, которая в конце удаляется.", valueName: "folder"),
        completion: .directory)
    var dir: String?

    @Flag(help: .both("Stop after the report.", ru: "Остановиться после отчёта."))
    var once = false

    @OptionGroup var options: UpOptions

    /// Where the public log comes from.
    static let zoneOfPublicLog = "America/Sao_Paulo"

    func validate() throws {
        guard IncidentGenerator.ticketLimit.contains(tickets) else {
            let limits = IncidentGenerator.ticketLimit
            throw ValidationError(
                .both(
                    "--tickets: from \(limits.lowerBound) to \(limits.upperBound), not \(tickets)",
                    ru: "--tickets: от \(limits.lowerBound) до \(limits.upperBound), а не \(tickets)"))
        }
    }

    func run() async throws {
        let output = options.output()
        let zone = zone ?? (log == nil ? SystemZones.localName() : Self.zoneOfPublicLog)
        guard let rules = SystemZones().zone(zone) else {
            throw Failure.usage("--zone: this machine knows no zone \(zone)", ru: "--zone: пояса \(zone) на этой машине нет")
        }
        // What is wrong with the log is said before anything is started.
        let story = try DemoLog(file: log, generator: IncidentGenerator(seed: seed, tickets: tickets))
        let working = FileManager.default.currentDirectoryPath
        let scratch = try dir == nil ? ScratchFolder.make() : nil
        let folder = DeskFolder(root: scratch ?? dir ?? "", run: options.runDir, workingFolder: working)
        let stays = !once
        let show = DemoShow(folder: folder, log: story, zone: zone, rules: rules, output: output)
        do {
            try await options.runDesk(folder, zone: zone, promisesResponse: false, output: output) { client, plugins in
                let summary = try UpSummary(running: folder, plugins: plugins, workingFolder: working, language: output.language)
                try await show.run(client)
                guard stays else { return }
                summary.showHint(output, removes: scratch != nil)
                try await untilCancelled()
            }
        } catch {
            if let scratch {
                output.note("the desk's folder is still there: \(scratch)", ru: "папка службы осталась: \(scratch)")
            }
            throw error
        }
        if let scratch {
            ScratchFolder.remove(scratch)
            output.note("removed \(scratch)", ru: "папка \(scratch) удалена")
        }
    }
}

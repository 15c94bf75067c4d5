import ArgumentParser
import FoundationEssentials
import OporaPluginKit

/// `opora up`: a whole desk in one folder, from nothing.
struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract: .both(
            "Run a desk in a folder: the kernel and its plugins.",
            ru: "Запустить службу поддержки в папке: ядро и плагины."),
        discussion: .both(
            "Makes what is missing: folders, keys, settings, an admin, a group, working hours, an SLA policy. Ctrl-C stops it.",
            ru:
                "Создаёт недостающее: папки, ключи, настройки, администратора, группу, рабочее время, правила SLA. Ctrl-C останавливает."
        ))

    @Option(help: .both("Where the desk lives.", ru: "Папка службы.", valueName: "folder"), completion: .directory)
    var dir = ".opora"

    @Option(
        help: .both(
            "Settings of the kernel, instead of kernel.yaml in the folder.",
            ru: "Настройки ядра вместо kernel.yaml в папке.", valueName: "file"),
        completion: .file())
    var config: String?

    @OptionGroup var options: UpOptions

    func run() async throws {
        let output = options.output()
        let working = FileManager.default.currentDirectoryPath
        let folder = DeskFolder(root: dir, run: options.runDir, workingFolder: working)
        try await options.runDesk(folder, config: config, takesAlerts: true, output: output) { client, plugins in
            try UpSummary(running: folder, plugins: plugins, workingFolder: working, language: output.language).show(output)
            try await untilCancelled()
        }
    }
}

/// Suspends until the task is cancelled.
func untilCancelled() async throws {
    while true { try await Task.sleep(for: .seconds(3600)) }
}

import ArgumentParser
import FoundationEssentials
import OporaPluginKit

/// `opora verify`: looks through a desk's database, whether a kernel runs on it or not.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: .both(
            "Check a desk's database: the log, and that tickets are what it says.",
            ru: "Проверить базу службы: журнал и соответствие обращений журналу."),
        discussion: .both(
            "Changes nothing; a kernel may run meanwhile. Exit status 65 where something is wrong.",
            ru: "Ничего не меняет; ядро может работать. Код завершения 65, если что-то не так."))

    @Option(help: .both("Where the desk lives.", ru: "Папка службы.", valueName: "folder"), completion: .directory)
    var dir = ".opora"

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let output = common.output()
        let folder = DeskFolder(root: dir, workingFolder: FileManager.default.currentDirectoryPath)
        let found = try await verify(folder)
        let count = found["problem_count"]?.int ?? 0
        if output.json {
            output.data(found)
        } else {
            let figures = ["tickets", "messages", "events"].map { found[$0]?.int ?? 0 }
            output.line(
                "\(figures[0]) tickets, \(figures[1]) messages, \(figures[2]) events",
                ru: "обращений: \(figures[0]), сообщений: \(figures[1]), событий: \(figures[2])")
            for problem in (found["problems"]?.array ?? []).compactMap(\.string) { output.line(PlainText.line(problem)) }
            if count == 0 { output.line("All is well.", ru: "Всё в порядке.") }
        }
        guard count == 0 else { throw Failure.badData("\(count) things are wrong", ru: "найдено расхождений: \(count)") }
    }

    /// Has the kernel's program look, for the database is its own.
    private func verify(_ folder: DeskFolder) async throws -> JSON {
        let scratch = try ScratchFolder.make()
        defer { ScratchFolder.remove(scratch) }
        let report = "\(scratch)/report.json"
        let arguments = ["--verify", "--data-dir", folder.data(.kernel), "--run-dir", folder.run]
        let child: Child
        do {
            child = try Spawn(program: try Programs().path("oporad"), arguments: arguments, log: report).start()
        } catch let error as SpawnError {
            throw Failure.notStarted(error)
        }
        _ = await child.ending.value()
        let text = FileManager.default.contents(atPath: report).map { String(decoding: $0, as: UTF8.self) } ?? ""
        if let last = text.split(separator: "\n").last, let found = try? JSON(parsing: String(last)), found["problems"] != nil {
            return found
        }
        throw Failure.badData(
            "the database can't be checked: \(PlainText.line(text))", ru: "база не проверена: \(PlainText.line(text))")
    }
}

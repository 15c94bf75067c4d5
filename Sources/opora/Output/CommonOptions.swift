import ArgumentParser
import FoundationEssentials
import OporaPluginKit

/// The options that every command takes.
struct CommonOptions: ParsableArguments, Sendable {
    @Option(
        help: .both(
            "The kernel's runtime folder, which holds kernel.json.", ru: "Рабочая папка ядра, в которой лежит kernel.json.",
            valueName: "folder"),
        completion: .directory)
    var runDir: String?

    @Option(
        help: .both(
            "A file with CURVE keys; without one the kernel knows you by your account.",
            ru: "Файл с ключами CURVE; без него ядро узнаёт вас по учётной записи.", valueName: "file"),
        completion: .file())
    var key: String?

    @Flag(help: .both("Print JSON and nothing else.", ru: "Печатать только JSON."))
    var json = false

    @Option(help: .both("Language of messages.", ru: "Язык сообщений.", valueName: "en|ru"))
    var lang: Language?

    @Flag(help: .both("No colours.", ru: "Без цвета."))
    var noColor = false

    /// Where this command's results go.
    func output() -> Output {
        let environment = ProcessInfo.processInfo.environment
        let language = Language.detect(flag: lang?.rawValue, environment: environment)
        return Output(language: language, json: json, noColour: noColor, environment: environment)
    }

    /// Where the kernel is.
    var location: DeskLocation {
        let environment = ProcessInfo.processInfo.environment
        return DeskLocation(runFolder: runDir ?? DeskLocation.defaultRunFolder(environment: environment), keyFile: key)
    }

    /// A connection to the kernel; fails at once where nobody listens.
    func connect() throws -> DeskClient {
        try ListenerProbe.check(location)
        return try DeskClient(location)
    }
}

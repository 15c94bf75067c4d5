import ArgumentParser
import Glibc
import OporaPluginKit

/// `opora key new`: a pair in a file, and the kernel told of its public half. The secret half never leaves the file.
struct KeyNew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: .both(
            "Make a key pair in a file, and make the kernel know it.",
            ru: "Создать пару ключей в файле и сообщить о ней ядру."),
        discussion: .both(
            """
            A pair that is in the file already is used, so the command may be repeated.
            With --offline the kernel is not asked: put the public key that is printed into its settings.
            """,
            ru: """
                Если пара в файле уже есть, берётся она: команду можно повторить.
                С --offline ядро не нужно: напечатанный открытый ключ впишите в его настройки сами.
                """))

    @Argument(help: .both("What the kernel is to call it.", ru: "Имя, под которым ядро будет его знать.")) var name: String
    @Option(
        name: .customLong("role"),
        help: .both("What it may do; several are possible.", ru: "Роль; можно несколько.", valueName: "role"))
    var roles: [String] = []
    @Option(
        help: .both("The file; NAME.json, if left out.", ru: "Файл; без него — NAME.json.", valueName: "file"),
        completion: .file())
    var out: String?
    @Flag(help: .both("Only make the pair.", ru: "Только создать пару.")) var offline = false
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard KeyNew.isName(name) else {
            throw ValidationError(
                .both(
                    "a name has 1 to 64 letters, digits, '.', '_' and '-', and does not begin with '.'",
                    ru: "имя — от 1 до 64 латинских букв, цифр, «.», «_» и «-», не с точки"))
        }
        guard offline != !roles.isEmpty else {
            throw ValidationError(
                .both(
                    "name a role with --role, e.g. --role plugin; with --offline the roles are in the kernel's settings",
                    ru: "укажите роль: --role plugin; с --offline роли задаются в настройках ядра"))
        }
    }

    static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.first != "."
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f: true
                default: false
                }
            }
    }

    func run() async throws {
        let file = out ?? "\(name).json"
        // Asked before anything is made: no kernel, no file.
        let desk = offline ? nil : try Desk(common)
        defer { desk?.client.close() }
        let isNew = access(file, F_OK) != 0
        let key = try makePair(file)
        guard let desk else { return KeyShow.print(key, common.output()) }
        do {
            let params: JSON = ["name": .string(name), "public_key": .string(key), "roles": .array(roles.map { .string($0) })]
            let answer = try await desk.change("key.create", params, change)
            tell(answer, file, desk.output)
        } catch let failure as Failure {
            // The kernel refused this pair, so it is good for nothing. Where it gave no answer, it may know it by now.
            if isNew, failure.status != .tryAgain { unlink(file) }
            throw failure
        }
    }

    private func makePair(_ file: String) throws -> String {
        do { return try KeyFile.generate(at: file) } catch let error as KeyFileError {
            throw Failure(
                .noInput, "key_file", Bilingual("\(error)", ru: "\(file): файл ключей не удалось создать (\(error))"),
                hint: Bilingual(
                    "Name a file in a folder that you may write to.", ru: "Укажите файл в папке, куда вам можно писать."))
        }
    }

    private func tell(_ answer: JSON, _ file: String, _ output: Output) {
        if output.json { return output.data(answer) }
        output.line(answer["identity"]?["fingerprint"]?.string ?? "?")
        output.note(
            "The pair is in \(file). Give the file to \(name) alone: --key \(file)",
            ru: "Пара — в файле \(file). Отдайте его только \(name): --key \(file)")
    }
}

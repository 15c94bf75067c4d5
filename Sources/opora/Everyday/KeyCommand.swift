import ArgumentParser
import OporaPluginKit

/// `opora key`: CURVE keys, by which the kernel knows a plugin.
struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: .both("Make the keys by which the kernel knows a plugin.", ru: "Ключи, по которым ядро узнаёт плагин."),
        subcommands: [KeyNew.self, KeyShow.self])
}

/// `opora key new`.
struct KeyNew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: .both(
            "Make a key pair in a file, unless it is there, and print the public key.",
            ru: "Создать пару ключей в файле, если её там нет, и напечатать открытый ключ."))

    @Argument(help: .both("The file.", ru: "Файл."), completion: .file()) var file: String
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let key: String
        do { key = try KeyFile.generate(at: file) } catch let error as KeyFileError {
            throw Failure(
                .noInput, "key_file", Bilingual("\(error)", ru: "\(file): файл ключей не удалось создать (\(error))"),
                hint: Bilingual(
                    "Name a file in a folder that you may write to.", ru: "Укажите файл в папке, куда вам можно писать."))
        }
        KeyShow.print(key, common.output())
    }
}

/// `opora key show`.
struct KeyShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: .both("Print the public key of a pair.", ru: "Напечатать открытый ключ пары."))

    @Argument(help: .both("The file.", ru: "Файл."), completion: .file()) var file: String
    @OptionGroup var common: CommonOptions

    func run() async throws { KeyShow.print(try KeyFile.publicKey(at: file), common.output()) }

    static func print(_ key: String, _ output: Output) {
        if output.json { output.data(["public_key": .string(key)]) } else { output.line(key) }
    }
}

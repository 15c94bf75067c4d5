import ArgumentParser
import OporaPluginKit

/// `opora key`: CURVE keys, by which the kernel knows a plugin.
struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: .both("The keys by which the kernel knows a plugin.", ru: "Ключи, по которым ядро узнаёт плагин."),
        subcommands: [KeyNew.self, KeyList.self, KeyRevoke.self, KeyShow.self])
}

/// `opora key list`.
struct KeyList: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: .both("List the keys that the kernel knows.", ru: "Список ключей, которые знает ядро."))

    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let answer = try await desk.read("key.list")
        if desk.output.json { return desk.output.data(answer) }
        let items = answer["items"]?.array ?? []
        desk.output.table(
            [
                (en: "name", ru: "имя"), (en: "key", ru: "ключ"), (en: "roles", ru: "роли"), (en: "known from", ru: "откуда"),
                (en: "made", ru: "создан"), (en: "revoked", ru: "отозван"),
            ],
            items.map { row($0, desk) })
        desk.remark(
            ListPage(items: items, json: answer, cursor: nil),
            nothing: Bilingual(
                "The kernel knows no keys, only accounts of this machine.",
                ru: "Ядро не знает ключей, только учётные записи этой машины."))
    }

    private func row(_ key: JSON, _ desk: Desk) -> [Cell] {
        let source =
            key["source"]?.string == "config"
            ? desk.output.say("the settings", ru: "настройки") : desk.output.say("the desk", ru: "служба")
        return [
            Cell(key["name"]?.string ?? "?", .strong), Cell(key["fingerprint"]?.string ?? "?"),
            Cell((key["roles"]?.array ?? []).compactMap(\.string).joined(separator: ", ")), Cell(source),
            Cell(desk.local(key["created_at"])),
            key["revoked_at"] == nil ? .blank : Cell(desk.local(key["revoked_at"]), .warning),
        ]
    }
}

/// `opora key revoke`.
struct KeyRevoke: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: .both(
            "Take an identity's keys back, also from connections that are open.",
            ru: "Отозвать ключи, в том числе у открытых соединений."))

    @Argument(help: .both("Whose keys.", ru: "Чьи ключи.")) var name: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let answer = try await desk.change("key.revoke", ["name": .string(name)], change)
        if desk.output.json { return desk.output.data(answer) }
        let revoked = (answer["revoked"]?.array ?? []).compactMap(\.string)
        for fingerprint in revoked { desk.output.line(fingerprint) }
        if revoked.isEmpty {
            desk.output.note(
                "\(name) had no key left: all were revoked before.", ru: "У \(name) ключей уже не было: все отозваны раньше.")
        }
    }
}

/// `opora key show`.
struct KeyShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: .both("Print the public key of a pair in a file.", ru: "Напечатать открытый ключ пары из файла."))

    @Argument(help: .both("The file.", ru: "Файл."), completion: .file()) var file: String
    @OptionGroup var common: CommonOptions

    func run() async throws { KeyShow.print(try KeyFile.publicKey(at: file), common.output()) }

    static func print(_ key: String, _ output: Output) {
        if output.json { output.data(["public_key": .string(key)]) } else { output.line(key) }
    }
}

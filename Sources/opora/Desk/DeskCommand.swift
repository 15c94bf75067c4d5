import ArgumentParser
import OporaPluginKit

/// A command that asks a desk for something.
protocol DeskCommand: AsyncParsableCommand {
    var common: CommonOptions { get }
    func run(_ desk: Desk) async throws
}

extension DeskCommand {
    mutating func run() async throws {
        let desk = try Desk(common)
        defer { desk.client.close() }
        try await run(desk)
    }
}

/// The options of commands that change something.
struct ChangeOptions: ParsableArguments, Sendable {
    @Option(
        name: .customLong("as"),
        help: .both(
            "Act for this user; needs the right to.", ru: "Действовать от имени пользователя; на это нужно право.",
            valueName: "user"))
    var actor: UserID?

    @Option(
        help: .both(
            "The same key never takes effect twice; left out, each run has its own.",
            ru: "С одним ключом команда не сработает дважды; без него у каждого запуска свой.", valueName: "key"))
    var idempotencyKey: String?
}

/// The option of commands that change something that has a version.
struct VersionOption: ParsableArguments, Sendable {
    @Option(
        help: .both(
            "Do nothing unless it is at this version.", ru: "Ничего не делать, если версия другая.", valueName: "n"))
    var expectedVersion: Int64?
}

import ArgumentParser
import OporaPluginKit

/// `opora attachment`: files that belong to messages.
struct AttachmentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attachment", abstract: .both("Send and fetch files.", ru: "Файлы: отправка и получение."),
        subcommands: [AttachmentSend.self, AttachmentFetch.self])
}

/// `opora attachment send`.
struct AttachmentSend: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: .both(
            "Send files and print their ids, for ticket reply --attach; a file that was cut off goes on where it was left.",
            ru: "Отправить файлы и напечатать номера для ticket reply --attach; прерванная отправка продолжится."))

    @Argument(help: .both("The files.", ru: "Файлы.", valueName: "file")) var files: [String]
    @Option(
        help: .both(
            "Their media type; left out, it follows from the name.", ru: "Тип; без него — по имени файла.", valueName: "type"))
    var type: String?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        var answers: [JSON] = []
        for path in files {
            let answer = try await FileSending(path: path, type: type).send(desk, as: change.actor)
            if desk.output.json { answers.append(answer) } else { desk.output.line(answer["id"]?.string ?? "?") }
        }
        if desk.output.json { desk.output.data(["attachments": .array(answers)]) }
    }
}

/// `opora attachment fetch`.
struct AttachmentFetch: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch", abstract: .both("Fetch a file.", ru: "Получить файл."))

    @Argument(help: .both("The attachment, e.g. A-5 or 5.", ru: "Вложение, например A-5 или 5.")) var attachment: AttachmentID
    @Option(
        name: .shortAndLong,
        help: .both(
            "Where to write it; never overwritten. Left out, standard output.",
            ru: "Куда записать; готовый файл не перезаписывается. Без него — стандартный вывод.", valueName: "file"))
    var output: String?
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        try await FileFetching(attachment: attachment, path: output).fetch(desk)
    }
}

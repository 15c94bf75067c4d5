import ArgumentParser
import OporaPluginKit

/// `opora ticket reply`.
struct TicketReply: TicketMessage {
    static let method = "ticket.reply"
    static let configuration = CommandConfiguration(
        commandName: "reply",
        abstract: .both("Answer publicly; the requester reads it.", ru: "Ответить публично; заявитель это прочтёт."))

    @OptionGroup var ticket: TicketArgument
    @Argument(help: .both("The text; - reads it from standard input.", ru: "Текст; - читает его со стандартного ввода."))
    var text: String
    @Option(help: .both("How it goes out.", ru: "Каким путём."))
    var channel: Channel?
    @Option(help: .both("Set this status after it.", ru: "Затем установить этот статус."))
    var status: TicketStatus?
    @OptionGroup var files: AttachOptions
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() throws -> JSON {
        ["text": .string(try TextInput.read(text, "text")), "channel": .word(channel), "status": .word(status)]
    }
}

/// `opora ticket note`.
struct TicketNote: TicketMessage {
    static let method = "ticket.note"
    static let configuration = CommandConfiguration(
        commandName: "note",
        abstract: .both("Write a note that only agents read.", ru: "Оставить заметку, которую видят только сотрудники."))

    @OptionGroup var ticket: TicketArgument
    @Argument(help: .both("The text; - reads it from standard input.", ru: "Текст; - читает его со стандартного ввода."))
    var text: String
    @OptionGroup var files: AttachOptions
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() throws -> JSON { ["text": .string(try TextInput.read(text, "text"))] }
}

/// A command that adds a message, with files where there are some.
protocol TicketMessage: TicketChange {
    var files: AttachOptions { get }
}

extension TicketMessage {
    func run(_ desk: Desk) async throws {
        var members = try members().object ?? JSONObject()
        members["attachments"] = try await files.send(desk, as: change.actor)
        try await apply(.object(members), desk)
    }
}

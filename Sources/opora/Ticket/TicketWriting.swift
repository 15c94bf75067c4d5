import ArgumentParser
import OporaPluginKit

/// `opora ticket reply`.
struct TicketReply: TicketChange {
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
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() throws -> JSON {
        ["text": .string(try TextInput.read(text, "text")), "channel": .word(channel), "status": .word(status)]
    }
}

/// `opora ticket note`.
struct TicketNote: TicketChange {
    static let method = "ticket.note"
    static let configuration = CommandConfiguration(
        commandName: "note",
        abstract: .both("Write a note that only agents read.", ru: "Оставить заметку, которую видят только сотрудники."))

    @OptionGroup var ticket: TicketArgument
    @Argument(help: .both("The text; - reads it from standard input.", ru: "Текст; - читает его со стандартного ввода."))
    var text: String
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() throws -> JSON { ["text": .string(try TextInput.read(text, "text"))] }
}

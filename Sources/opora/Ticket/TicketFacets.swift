import ArgumentParser
import OporaPluginKit

/// `opora ticket type`.
struct TicketSetType: TicketChange {
    static let method = "ticket.set_type"
    static let configuration = CommandConfiguration(
        commandName: "type", abstract: .both("Say what kind of request it is.", ru: "Изменить вид обращения."))

    @OptionGroup var ticket: TicketArgument
    @Argument(help: .both("The kind; left out, it has none.", ru: "Вид; без него — никакой.")) var type: TicketType?
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() -> JSON { ["type": .word(type) ?? .null] }
}

/// `opora ticket field`.
struct TicketSetFields: TicketChange {
    static let method = "ticket.set_fields"
    static let configuration = CommandConfiguration(
        commandName: "field",
        abstract: .both(
            "Set custom fields; name=null takes one away.", ru: "Заполнить дополнительные поля; имя=null убирает поле."))

    @OptionGroup var ticket: TicketArgument
    @Argument(help: .both("What to set.", ru: "Что записать.", valueName: "name=value")) var fields: [FieldArgument]
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() -> JSON { ["fields": FieldArgument.object(fields)] }
}

/// `opora ticket tag`.
struct TicketTag: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag",
        abstract: .both(
            "Add tags; --remove takes them away, --set replaces all.", ru: "Добавить метки; --remove убирает, --set заменяет все."
        ))

    @OptionGroup var ticket: TicketArgument
    @Argument(help: .both("The tags.", ru: "Метки.")) var tags: [String] = []
    @Flag(help: .both("Take these away.", ru: "Убрать эти.")) var remove = false
    @Flag(help: .both("Have these and no others.", ru: "Оставить только эти.")) var set = false
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !(remove && set) else {
            throw ValidationError(.both("--remove and --set exclude each other", ru: "--remove и --set несовместимы"))
        }
        guard set || !tags.isEmpty else { throw ValidationError(.both("name a tag", ru: "укажите метку")) }
    }

    func run(_ desk: Desk) async throws {
        let method = set ? "ticket.set_tags" : remove ? "ticket.remove_tags" : "ticket.add_tags"
        let answer = try await desk.change(
            method,
            [
                "ticket": .id(ticket.ticket), "tags": .array(tags.map { .string($0) }),
                "expected_version": version.expectedVersion.map { .int($0) },
            ], change)
        if desk.output.json { return desk.output.data(answer) }
        guard let found = answer["ticket"]?["tags"]?.array else { throw Failure.badAnswer(method) }
        let words = found.compactMap(\.string).joined(separator: ", ")
        desk.output.line(
            "\(ticket.ticket): \(words.isEmpty ? desk.output.say("no tags", ru: "без меток") : PlainText.line(words))")
    }
}

/// `opora ticket follow`.
struct TicketFollow: TicketChange {
    static let method = "ticket.follow"
    static let configuration = CommandConfiguration(
        commandName: "follow", abstract: .both("Hear of a ticket, you or another.", ru: "Следить за обращением."))

    @OptionGroup var ticket: TicketArgument
    @Option(help: .both("Who; left out, it is you.", ru: "Кто; без него — вы.", valueName: "user")) var user: UserID?
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() -> JSON { ["user": .id(user)] }
}

/// `opora ticket unfollow`.
struct TicketUnfollow: TicketChange {
    static let method = "ticket.unfollow"
    static let configuration = CommandConfiguration(
        commandName: "unfollow", abstract: .both("Hear of a ticket no longer.", ru: "Больше не следить за обращением."))

    @OptionGroup var ticket: TicketArgument
    @Option(help: .both("Who; left out, it is you.", ru: "Кто; без него — вы.", valueName: "user")) var user: UserID?
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() -> JSON { ["user": .id(user)] }
}

/// `opora ticket claim`.
struct TicketClaim: TicketChange {
    static let method = "ticket.claim"
    static let configuration = CommandConfiguration(
        commandName: "claim",
        abstract: .both("Say that you are on it, for a while.", ru: "Сообщить, что вы занимаетесь обращением."))

    @OptionGroup var ticket: TicketArgument
    @Option(help: .both("For how long.", ru: "На сколько минут.", valueName: "n")) var minutes: Int64?
    @Flag(help: .both("Take it over from another.", ru: "Перехватить у другого.")) var take = false
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() -> JSON { ["minutes": minutes.map { .int($0) }, "take": take ? true : nil] }
}

/// `opora ticket release`.
struct TicketRelease: TicketChange {
    static let method = "ticket.release"
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: .both("Take your claim back.", ru: "Снять свою отметку «занимаюсь»."))

    @OptionGroup var ticket: TicketArgument
    @Flag(help: .both("Another's, too.", ru: "Даже чужую.")) var force = false
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() -> JSON { ["force": force ? true : nil] }
}

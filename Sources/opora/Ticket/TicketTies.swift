import ArgumentParser
import OporaPluginKit

/// How two tickets are tied, as seen from the first.
enum TieArgument: String, CaseIterable, ExpressibleByArgument, Sendable {
    case parentOf = "parent_of"
    case childOf = "child_of"
    case blocks
    case blockedBy = "blocked_by"
    case duplicates
    case duplicatedBy = "duplicated_by"
    case problemOf = "problem_of"
    case incidentOf = "incident_of"
}

/// `opora ticket link`.
struct TicketLink: TicketChange {
    static let method = "ticket.link"
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: .both("Tie a ticket to another.", ru: "Связать обращение с другим."))

    @OptionGroup var ticket: TicketArgument
    @Argument(help: .both("How.", ru: "Как.")) var relation: TieArgument
    @Argument(help: .both("The other ticket.", ru: "Другое обращение.")) var to: TicketID
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() -> JSON { ["relation": .word(relation), "to": .id(to)] }
}

/// `opora ticket unlink`.
struct TicketUnlink: TicketChange {
    static let method = "ticket.unlink"
    static let configuration = CommandConfiguration(
        commandName: "unlink", abstract: .both("Take a tie away.", ru: "Убрать связь."))

    @OptionGroup var ticket: TicketArgument
    @Argument(help: .both("How.", ru: "Как.")) var relation: TieArgument
    @Argument(help: .both("The other ticket.", ru: "Другое обращение.")) var to: TicketID
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() -> JSON { ["relation": .word(relation), "to": .id(to)] }
}

/// `opora ticket links`.
struct TicketLinks: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "links", abstract: .both("Show what a ticket is tied to.", ru: "Показать связи обращения."))

    @OptionGroup var ticket: TicketArgument
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let answer = try await desk.read("ticket.links", ["ticket": .id(ticket.ticket)])
        if desk.output.json { return desk.output.data(answer) }
        let items = answer["items"]?.array ?? []
        guard !items.isEmpty else { return desk.output.note("It is tied to nothing.", ru: "Связей нет.") }
        desk.output.table(
            [(en: "tie", ru: "связь"), (en: "id", ru: "номер"), (en: "status", ru: "статус"), (en: "subject", ru: "тема")],
            items.map { item in
                [
                    Cell(Words.tie(item["relation"]?.string ?? "?", desk.language)),
                    Cell(item["ticket"]?.string ?? "?", .strong),
                    Cell(Words.status(item["status"]?.string ?? "?", desk.language)), Cell(item["subject"]?.string ?? ""),
                ]
            })
    }
}

extension Words {
    /// How a ticket is tied to another.
    static func tie(_ word: String, _ language: Language) -> String {
        guard let tie = TieArgument(rawValue: word) else { return word }
        return switch tie {
        case .parentOf: language.pick("parent of", ru: "родитель для")
        case .childOf: language.pick("child of", ru: "часть")
        case .blocks: language.pick("blocks", ru: "мешает")
        case .blockedBy: language.pick("blocked by", ru: "ждёт")
        case .duplicates: language.pick("duplicates", ru: "дубликат")
        case .duplicatedBy: language.pick("duplicated by", ru: "имеет дубликат")
        case .problemOf: language.pick("problem of", ru: "проблема для")
        case .incidentOf: language.pick("incident of", ru: "инцидент проблемы")
        }
    }
}

/// `opora ticket merge`.
struct TicketMerge: TicketChange {
    static let method = "ticket.merge"
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: .both(
            "Merge a ticket into another, which has its messages then; unmerge undoes it.",
            ru: "Объединить обращение с другим, переписка уйдёт туда; unmerge отменяет."))

    @OptionGroup var ticket: TicketArgument
    @Argument(help: .both("The ticket that stays.", ru: "Обращение, которое останется.")) var into: TicketID
    @Flag(help: .both("Although their organizations differ.", ru: "Хотя организации разные.")) var force = false
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() -> JSON { ["into": .id(into), "force": force ? true : nil] }
}

/// `opora ticket unmerge`.
struct TicketUnmerge: TicketChange {
    static let method = "ticket.unmerge"
    static let configuration = CommandConfiguration(
        commandName: "unmerge", abstract: .both("Undo a merge.", ru: "Отменить объединение."))

    @OptionGroup var ticket: TicketArgument
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() -> JSON { [:] }
}

/// `opora ticket split`.
struct TicketSplit: TicketChange {
    static let method = "ticket.split"
    static let configuration = CommandConfiguration(
        commandName: "split",
        abstract: .both(
            "Begin a ticket of its own with one of the messages.", ru: "Выделить сообщение в отдельное обращение."))

    @OptionGroup var ticket: TicketArgument
    @Argument(help: .both("The message, e.g. M-7 or 7.", ru: "Сообщение, например M-7 или 7.")) var message: MessageID
    @Flag(help: .both("All messages after it, too.", ru: "Вместе со всеми следующими.")) var following = false
    @Option(help: .both("What the new one is about.", ru: "Тема нового обращения.", valueName: "text")) var subject: String?
    @Option(help: .both("Who needs help.", ru: "Заявитель.", valueName: "user")) var requester: UserID?
    @Option(help: .both("The group.", ru: "Группа.", valueName: "group")) var group: GroupID?
    @Option(help: .both("The agent.", ru: "Сотрудник.", valueName: "user")) var assignee: UserID?
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() -> JSON {
        [
            "message": .id(message), "following": following ? true : nil, "subject": .optional(subject),
            "requester": .id(requester), "group": .id(group), "assignee": .id(assignee),
        ]
    }
}

/// `opora ticket delete`.
struct TicketDelete: TicketChange {
    static let method = "ticket.delete"
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: .both("Put a ticket into the bin; restore takes it out.", ru: "Убрать в корзину; restore возвращает."))

    @OptionGroup var ticket: TicketArgument
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() -> JSON { [:] }
}

/// `opora ticket restore`.
struct TicketRestore: TicketChange {
    static let method = "ticket.restore"
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: .both("Take a ticket out of the bin.", ru: "Вернуть из корзины."))

    @OptionGroup var ticket: TicketArgument
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() -> JSON { [:] }
}

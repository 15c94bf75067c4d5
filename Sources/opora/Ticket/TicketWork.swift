import ArgumentParser
import OporaPluginKit

/// `opora ticket wait`.
struct TicketWait: TicketChange {
    static let method = "ticket.wait"
    static let configuration = CommandConfiguration(
        commandName: "wait", abstract: .both("Let a ticket wait until an instant.", ru: "Отложить обращение до срока."))

    @OptionGroup var ticket: TicketArgument
    @Argument(help: .both("Until when: a time, or +2h.", ru: "До какого времени: время или +2h.", valueName: "time"))
    var until: String
    @Option(help: .both("Why, one word.", ru: "Почему, одним словом.", valueName: "word")) var reason: String?
    @Option(help: .both("A waiting status; pending, unless you say.", ru: "Статус ожидания; без него — pending."))
    var status: String?
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() -> JSON { [:] }

    func run(_ desk: Desk) async throws {
        let wake = try desk.instant(until, "until")
        try await apply(
            ["wake_at": .string(wake.text), "reason": .optional(reason), "status": .optional(status)], desk)
    }
}

/// `opora ticket hand-over`.
struct TicketHandOver: TicketChange {
    static let method = "ticket.hand_over"
    static let configuration = CommandConfiguration(
        commandName: "hand-over",
        abstract: .both(
            "Hand a ticket over to another group or tier, with what was tried and what is needed.",
            ru: "Передать другой группе или линии: что сделано и что нужно."))

    @OptionGroup var ticket: TicketArgument
    @Option(help: .both("What was tried.", ru: "Что сделано.", valueName: "text")) var tried: String
    @Option(help: .both("What is needed.", ru: "Что нужно.", valueName: "text")) var needed: String
    @Option(help: .both("The group; left out, it stays.", ru: "Группа; без неё — та же.", valueName: "group")) var group: GroupID?
    @Option(help: .both("The tier, 1 to 3.", ru: "Линия, от 1 до 3.", valueName: "n")) var tier: Int64?
    @Option(help: .both("The agent.", ru: "Сотрудник.", valueName: "user")) var assignee: UserID?
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard group != nil || tier != nil else {
            throw ValidationError(.both("say --group, --tier or both", ru: "укажите --group, --tier или оба"))
        }
    }

    func members() -> JSON {
        [
            "tried": .string(tried), "needed": .string(needed), "group": .id(group), "tier": tier.map { .int($0) },
            "assignee": .id(assignee),
        ]
    }
}

/// `opora ticket publish-note`.
struct TicketPublishNote: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish-note",
        abstract: .both(
            "Let everybody on the ticket read an internal note.", ru: "Сделать внутреннюю заметку видимой заявителю."))

    @Argument(help: .both("The note, e.g. M-7 or 7.", ru: "Заметка, например M-7 или 7.")) var message: MessageID
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let answer = try await desk.change("ticket.publish_note", ["message": .id(message)], change)
        if desk.output.json { return desk.output.data(answer) }
        guard let ticket = answer["ticket"]?["id"]?.string else { throw Failure.badAnswer("ticket.publish_note") }
        desk.output.line(
            desk.output.say("\(message) of \(ticket) is public now", ru: "\(message) в \(ticket) теперь видно всем"))
    }
}

/// `opora ticket stuck`.
struct TicketStuck: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "stuck",
        abstract: .both(
            "List open tickets that nobody has touched for long, the oldest first.",
            ru: "Открытые обращения, к которым давно не прикасались; сначала самые старые."))

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let page = try await desk.list("ticket.stuck", [:], list)
        if desk.output.json { return desk.output.data(page.json) }
        let table = TicketTable(
            names: await Names.read(page.items.flatMap { [$0["group"], $0["assignee"]] }, desk), now: desk.now,
            language: desk.language)
        if !page.items.isEmpty { desk.output.table(TicketTable.headers, page.items.map(table.row)) }
        desk.remark(page, nothing: Bilingual("Nothing was forgotten.", ru: "Ничего не забыто."))
    }
}

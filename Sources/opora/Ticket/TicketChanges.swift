import ArgumentParser
import OporaPluginKit

/// A command that changes one ticket and then says how it stands.
protocol TicketChange: DeskCommand {
    static var method: String { get }
    var ticket: TicketArgument { get }
    var version: VersionOption { get }
    var change: ChangeOptions { get }
    /// The parameters beside the ticket and its version.
    func members() throws -> JSON
}

extension TicketChange {
    func run(_ desk: Desk) async throws {
        try await apply(try members(), desk)
    }

    func apply(_ members: JSON, _ desk: Desk) async throws {
        var params = JSONObject([("ticket", .string(ticket.ticket.description))])
        for member in members.object?.members ?? [] { params[member.name] = member.value }
        params["expected_version"] = version.expectedVersion.map { .int($0) }
        let answer = try await desk.change(Self.method, .object(params), change)
        if desk.output.json { return desk.output.data(answer) }
        guard let ticket = answer["ticket"] else { throw Failure.badAnswer(Self.method) }
        let names = await Names.read([ticket["group"], ticket["assignee"]], desk)
        desk.output.line(TicketSentence.text(ticket, names, desk.language))
        let incidents = (answer["incidents"]?.array ?? []).compactMap(\.string).joined(separator: ", ")
        if !incidents.isEmpty {
            desk.output.note("Its open incidents: \(incidents)", ru: "Открытые инциденты этой проблемы: \(incidents)")
        }
    }
}

/// How a ticket stands, in one line.
enum TicketSentence {
    static func text(_ ticket: JSON, _ names: Names, _ language: Language) -> String {
        let id = ticket["id"]?.string ?? "?"
        let status = Words.status(ticket["status"]?.string ?? "?", language)
        let reason = ticket["status_reason"]?.string.map { " (\(PlainText.line($0)))" } ?? ""
        let priority = Words.priority(ticket["priority"]?.string ?? "?", language)
        let group = ticket["group"]?.string.map { names.text($0) } ?? language.pick("no group", ru: "без группы")
        let assignee = ticket["assignee"]?.string.map { names.text($0) } ?? language.pick("nobody", ru: "никто не назначен")
        let version = ticket["version"]?.int ?? 0
        return "\(id): \(status)\(reason), \(priority), \(group), \(assignee)"
            + language.pick(", version \(version)", ru: ", версия \(version)")
    }
}

/// `opora ticket assign`.
struct TicketAssign: TicketChange {
    static let method = "ticket.assign"
    static let configuration = CommandConfiguration(
        commandName: "assign",
        abstract: .both(
            "Give a ticket to a group or an agent; what you leave out stays.",
            ru: "Передать обращение группе или сотруднику; что не указано, остаётся."))

    @OptionGroup var ticket: TicketArgument
    @Option(help: .both("The group.", ru: "Группа.", valueName: "group")) var group: GroupID?
    @Option(help: .both("The tier of the group, 1 to 3.", ru: "Линия поддержки, от 1 до 3.", valueName: "n")) var tier: Int64?
    @Option(help: .both("The agent.", ru: "Сотрудник.", valueName: "user")) var assignee: UserID?
    @Option(
        help: .both(
            "Where the agent is away: replace (default), refuse, keep.",
            ru: "Если сотрудника нет: replace (по умолчанию), refuse, keep.", valueName: "word"))
    var ifAway: String?
    @Flag(help: .both("Take it from its agent.", ru: "Снять исполнителя.")) var nobody = false
    @Flag(help: .both("Take it from its group.", ru: "Снять группу.")) var noGroup = false
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard group != nil || tier != nil || assignee != nil || nobody || noGroup else {
            throw ValidationError(
                .both(
                    "say --group, --tier, --assignee, --nobody or --no-group",
                    ru: "укажите --group, --tier, --assignee, --nobody или --no-group")
            )
        }
        guard !(nobody && assignee != nil), !(noGroup && group != nil) else {
            throw ValidationError(
                .both(
                    "--nobody and --assignee, --no-group and --group exclude each other",
                    ru: "--nobody и --assignee, --no-group и --group несовместимы"))
        }
    }

    func members() -> JSON {
        [
            "group": noGroup ? JSON.null : JSON.id(group), "tier": tier.map { .int($0) },
            "assignee": nobody ? JSON.null : JSON.id(assignee),
            "if_away": .optional(ifAway),
        ]
    }
}

/// `opora ticket priority`.
struct TicketPriority: TicketChange {
    static let method = "ticket.set_priority"
    static let configuration = CommandConfiguration(
        commandName: "priority", abstract: .both("Set how pressing a ticket is.", ru: "Изменить приоритет."))

    @OptionGroup var ticket: TicketArgument
    @Argument(help: .both("The priority.", ru: "Приоритет.")) var priority: Priority
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() -> JSON { ["priority": .word(priority)] }
}

/// `opora ticket status`.
struct TicketSetStatus: TicketChange {
    static let method = "ticket.set_status"
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: .both("Set where a ticket stands.", ru: "Изменить статус."))

    @OptionGroup var ticket: TicketArgument
    @Argument(
        help: .both("The status, a word of opora desk status list.", ru: "Статус, слово из opora desk status list."))
    var status: String
    @OptionGroup var force: ForceOption
    @Option(
        help: .both(
            "Why it waits, one word; with pending and on_hold.", ru: "Почему ждёт, одним словом; для pending и on_hold.",
            valueName: "word"))
    var reason: String?
    @Option(
        help: .both(
            "When it opens again by itself: a time, or +2h.", ru: "Когда вернуться в работу: время или +2h.", valueName: "time"))
    var wakeAt: String?
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() -> JSON { [:] }

    func run(_ desk: Desk) async throws {
        let wake = try wakeAt.map { try desk.instant($0, "--wake-at") }
        try await apply(
            [
                "status": .string(status), "reason": .optional(reason), "wake_at": .optional(wake?.text), "force": force.json,
            ], desk)
    }
}

/// `opora ticket solve`.
struct TicketSolve: TicketChange {
    static let method = "ticket.solve"
    static let configuration = CommandConfiguration(
        commandName: "solve", abstract: .both("Solve a ticket.", ru: "Решить обращение."))

    @OptionGroup var ticket: TicketArgument
    @OptionGroup var force: ForceOption
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() -> JSON { ["force": force.json] }
}

/// `opora ticket reopen`.
struct TicketReopen: TicketChange {
    static let method = "ticket.reopen"
    static let configuration = CommandConfiguration(
        commandName: "reopen", abstract: .both("Open a solved ticket again.", ru: "Снова открыть решённое обращение."))

    @OptionGroup var ticket: TicketArgument
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() -> JSON { [:] }
}

/// `opora ticket close`.
struct TicketClose: TicketChange {
    static let method = "ticket.close"
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: .both("Close a ticket for good.", ru: "Закрыть обращение навсегда."))

    @OptionGroup var ticket: TicketArgument
    @OptionGroup var force: ForceOption
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var common: CommonOptions

    func members() -> JSON { ["force": force.json] }
}

/// The option of commands that solve or close.
struct ForceOption: ParsableArguments, Sendable {
    @Flag(help: .both("Although its children are open.", ru: "Хотя дочерние обращения открыты.")) var force = false

    var json: JSON? { force ? true : nil }
}

import ArgumentParser
import OporaPluginKit

/// The orders in which the kernel lists tickets.
enum TicketOrder: String, CaseIterable, ExpressibleByArgument, Sendable {
    case id
    case newest = "-id"
    case updated = "updated_at"
    case recentlyUpdated = "-updated_at"
    case due = "due_at"
    case lastDue = "-due_at"
    case created = "created_at"
    case lastCreated = "-created_at"
    case priority
    case mostPressing = "-priority"
    case wake = "wake_at"
    case lastWake = "-wake_at"
}

/// `opora ticket list`.
struct TicketList: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: .both(
            "List tickets; those that are unsolved, unless you say otherwise.",
            ru: "Список обращений; без уточнений — нерешённые."))

    @Flag(help: .both("Solved and closed ones too.", ru: "Решённые и закрытые тоже."))
    var all = false

    @Flag(help: .both("Those in the bin.", ru: "Те, что в корзине."))
    var deleted = false

    @Option(parsing: .upToNextOption, help: .both("Only these statuses.", ru: "Только эти статусы."))
    var status: [TicketStatus] = []

    @Option(parsing: .upToNextOption, help: .both("Only these priorities.", ru: "Только эти приоритеты."))
    var priority: [Priority] = []

    @Option(help: .both("Only this group's.", ru: "Только этой группы.", valueName: "group"))
    var group: GroupID?

    @Option(help: .both("Only this agent's.", ru: "Только этого сотрудника.", valueName: "user"))
    var assignee: UserID?

    @Option(help: .both("Only this requester's.", ru: "Только этого заявителя.", valueName: "user"))
    var requester: UserID?

    @Option(help: .both("Only this organization's.", ru: "Только этой организации.", valueName: "organization"))
    var organization: OrganizationID?

    @Option(help: .both("The one with this id in another system.", ru: "С этим номером в другой системе.", valueName: "text"))
    var externalID: String?

    @Option(
        help: .both(
            "Order; write --sort=-id where it begins with a dash.", ru: "Порядок; если начинается с дефиса, пишите --sort=-id."))
    var sort: TicketOrder?

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        // Whoever asks for a status, or for one ticket by its foreign id, wants it whatever its state.
        let isUnsolved = !all && !deleted && status.isEmpty && externalID == nil
        let params: JSON = [
            "status": .words(status), "priority": .words(priority), "group": .id(group), "assignee": .id(assignee),
            "requester": .id(requester), "organization": .id(organization), "external_id": .optional(externalID),
            "unsolved": isUnsolved ? true : nil, "deleted": deleted ? true : nil, "sort": .word(sort),
        ]
        let page = try await desk.list("ticket.list", params, list)
        try await desk.tickets(page)
    }
}

extension Desk {
    /// Shows a page of tickets as a table.
    func tickets(_ page: ListPage) async throws {
        if output.json { return output.data(page.json) }
        // On a narrow terminal people and groups are shown by their ids, and the subject keeps its room.
        let isNarrow = output.width.map { $0 < TicketTable.wide } ?? false
        let ids = isNarrow ? [] : page.items.flatMap { [$0["group"], $0["assignee"]] }
        let table = TicketTable(names: await Names.read(ids, self), now: now, language: language)
        let columns = isNarrow ? TicketTable.headers.dropLast() : TicketTable.headers[...]
        if !page.items.isEmpty {
            output.table(Array(columns), page.items.map { Array(table.row($0).prefix(columns.count)) })
        }
        remark(page, nothing: Bilingual("No such tickets.", ru: "Таких обращений нет."))
    }
}

/// Tickets as rows of a table.
struct TicketTable {
    /// Columns of a terminal from which on there is room for names and for the last change.
    static let wide = 120

    static let headers = [
        (en: "id", ru: "номер"), (en: "status", ru: "статус"), (en: "priority", ru: "приоритет"), (en: "subject", ru: "тема"),
        (en: "group", ru: "группа"), (en: "assignee", ru: "исполнитель"), (en: "due", ru: "срок"),
        (en: "updated", ru: "изменено"),
    ]

    var names: Names
    var now: Timestamp
    var language: Language

    func row(_ ticket: JSON) -> [Cell] {
        let updated = ticket["updated_at"]?.string.flatMap { Timestamp($0) }
        return [
            Cell(ticket["id"]?.string ?? "?", .strong), status(ticket), priority(ticket),
            Cell(ticket["subject"]?.string ?? ""), names.cell(ticket["group"]), names.cell(ticket["assignee"]), due(ticket),
            updated.map { Cell(Spans.ago($0, now: now, language), .faint) } ?? .blank,
        ]
    }

    private func due(_ ticket: JSON) -> Cell {
        guard let at = ticket["due_at"]?.string.flatMap({ Timestamp($0) }) else { return .blank }
        return Spans.due(at, now: now, language)
    }

    /// The status with its reason.
    func status(_ ticket: JSON) -> Cell {
        let word = ticket["status"]?.string ?? "?"
        let reason = ticket["status_reason"]?.string.map { " (\(PlainText.line($0)))" } ?? ""
        let style: Cell.Style =
            switch TicketStatus(rawValue: ticket["status_category"]?.string ?? word) {
            case .new: .warning
            case .solved, .closed: .faint
            case .open, .pending, .onHold, nil: .plain
            }
        return Cell(Words.status(word, language) + reason, style)
    }

    /// The priority; the pressing ones stand out.
    func priority(_ ticket: JSON) -> Cell {
        let word = ticket["priority"]?.string ?? "?"
        let style: Cell.Style =
            switch Priority(rawValue: word) {
            case .urgent: .bad
            case .high: .warning
            case .low: .faint
            case .normal, nil: .plain
            }
        return Cell(Words.priority(word, language), style)
    }
}

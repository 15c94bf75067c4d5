import ArgumentParser
import OporaPluginKit

/// `opora audit`: who did what.
struct AuditCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: .both("Show who did what, newest first.", ru: "Показать, кто что сделал; сначала новое."))

    @Option(name: .customLong("by"), help: .both("Done by this user.", ru: "Действия этого пользователя.", valueName: "user"))
    var user: UserID?
    @Option(help: .both("Sent by this identity.", ru: "Через это подключение.", valueName: "name")) var identity: String?
    @Option(help: .both("About this ticket.", ru: "Об этом обращении.", valueName: "ticket")) var ticket: TicketID?
    @Option(help: .both("Since then.", ru: "С этого времени.", valueName: "time")) var from: String?
    @Option(help: .both("Before then.", ru: "До этого времени.", valueName: "time")) var to: String?
    @Option(help: .both("How many to show.", ru: "Сколько показать.", valueName: "n")) var limit: Int = Limits.pageDefault
    @Flag(help: .both("What was refused since the kernel's start.", ru: "Отказы с запуска ядра.")) var refused = false
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (1...Limits.pageItems).contains(limit) else {
            throw ValidationError(
                .both("--limit is a number from 1 to \(Limits.pageItems)", ru: "--limit — число от 1 до \(Limits.pageItems)"))
        }
    }

    func run(_ desk: Desk) async throws {
        if refused { return try await showRefusals(desk) }
        let items = try await facts(desk)
        if desk.output.json { return desk.output.data(["items": .array(items)]) }
        let rows = items.map { item in
            let type = EventSentence.type(item["type"]?.string ?? "")
            return [
                Cell.figure("\(item["seq"]?.int ?? 0)", .faint), Cell(desk.local(item["recorded_at"])),
                Cell(item["actor"]?.string ?? "?", .strong), Cell(item["via"]?.string ?? "—"),
                Cell(item["type"]?.string ?? "?"), Cell(item["subject"]?.string ?? "?"),
                Cell(EventSentence.text(type, item["data"] ?? [:], desk.language, time: desk.local)),
            ]
        }
        desk.output.table(
            [
                (en: "seq", ru: "№"), (en: "time", ru: "время"), (en: "by", ru: "кто"), (en: "through", ru: "через"),
                (en: "event", ru: "событие"), (en: "about", ru: "о чём"), (en: "what", ru: "что"),
            ], rows)
        if items.isEmpty { desk.output.note("Nothing of that is recorded.", ru: "Таких записей нет.") }
    }

    /// Pages may be empty and yet not the last, so that one look costs little.
    private func facts(_ desk: Desk) async throws -> [JSON] {
        var items: [JSON] = []
        var cursor: String?
        let (from, to) = (try from.map { try desk.instant($0, "--from") }, try to.map { try desk.instant($0, "--to") })
        repeat {
            let params: JSON = [
                "user": .id(user), "identity": .optional(identity), "ticket": .id(ticket), "from": .optional(from?.text),
                "to": .optional(to?.text), "limit": .int(Int64(limit - items.count)), "cursor": .optional(cursor),
            ]
            let answer = try await desk.read("audit.list", params)
            guard let page = answer["items"]?.array else { throw Failure.badAnswer("audit.list") }
            items += page
            cursor = answer["next_cursor"]?.string
        } while cursor != nil && items.count < limit
        return items
    }

    private func showRefusals(_ desk: Desk) async throws {
        let answer = try await desk.read("audit.refusals", ["limit": .int(Int64(limit))])
        if desk.output.json { return desk.output.data(answer) }
        let items = answer["items"]?.array ?? []
        desk.output.table(
            [
                (en: "time", ru: "время"), (en: "identity", ru: "подключение"), (en: "in the name of", ru: "от имени"),
                (en: "method", ru: "метод"), (en: "refused as", ru: "отказ"),
            ],
            items.map { item in
                [
                    Cell(desk.local(item["at"])), Cell(item["identity"]?.string ?? "?", .strong),
                    item["on_behalf_of"]?.string.map { Cell($0) } ?? .blank, Cell(item["method"]?.string ?? "?"),
                    Cell(item["code"]?.string ?? "?", .warning),
                ]
            })
        if items.isEmpty { desk.output.note("Nothing was refused.", ru: "Отказов не было.") }
    }
}

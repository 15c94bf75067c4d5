import ArgumentParser
import OporaPluginKit

/// `opora ticket history`.
struct TicketHistory: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: .both(
            "Show every change of a ticket, oldest first.", ru: "Показать все изменения обращения, от старых к новым."))

    @OptionGroup var ticket: TicketArgument
    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let page = try await desk.list("ticket.history", ["ticket": .id(ticket.ticket)], list)
        if desk.output.json { return desk.output.data(page.json) }
        let rows = page.items.map { item in
            let type = EventSentence.type(item["type"]?.string ?? "")
            let actor = item["actor"]?.string ?? "?"
            let via = item["via"]?.string.map { " (\($0))" } ?? ""
            return [
                Cell.figure("\(item["seq"]?.int ?? 0)", .faint), Cell(desk.local(item["at"])),
                Cell(EventSentence.name(type, item["type"]?.string ?? "?", desk.language), .strong), Cell(actor + via),
                Cell(EventSentence.text(type, item["data"] ?? [:], desk.language, time: desk.local)),
            ]
        }
        desk.output.table(
            [
                (en: "seq", ru: "№"), (en: "time", ru: "время"), (en: "event", ru: "событие"), (en: "by", ru: "кто"),
                (en: "what", ru: "что"),
            ], rows)
        desk.remark(page, nothing: Bilingual("Nothing is recorded.", ru: "Записей нет."))
    }
}

import ArgumentParser
import OporaPluginKit

/// `opora search`.
struct SearchCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: .both("Find tickets by the words in them.", ru: "Найти обращения по словам в них."),
        discussion: .both(
            """
            Words are found in all their forms, Russian and English. Also:
              '"paper jam"'       as it is written      -vpn             without this word
              print*              what begins so        subject:invoice  in the subject alone
              status:open,pending assignee:U-3 group:none tag:vip priority:urgent
              created:>2026-11-01 updated:2026-11-01..2026-11-22 visibility:internal
            """,
            ru: """
                Слова находятся во всех формах, русские и английские. Кроме того:
                  '"замятие бумаги"'  как написано          -vpn             без этого слова
                  печат*              что так начинается    subject:счёт     только в теме
                  status:open,pending assignee:U-3 group:none tag:vip priority:urgent
                  created:>2026-11-01 updated:2026-11-01..2026-11-22 visibility:internal
                """))

    @Argument(parsing: .allUnrecognized, help: .both("What to look for.", ru: "Что искать.", valueName: "words"))
    var words: [String]

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let page = try await desk.list("ticket.search", ["query": .string(words.joined(separator: " "))], list)
        if desk.output.json { return desk.output.data(page.json) }
        let hits = HitLines(desk: desk)
        for line in hits.lines(page.items) { desk.output.line(line) }
        if page.json["is_relaxed"] == true {
            desk.output.note(
                "No ticket has all of these words; these have some of them.",
                ru: "Всех этих слов нет ни в одном обращении; здесь — часть из них.")
        }
        if page.json["is_complete"] == false {
            desk.output.note(
                "So much was found that only the newest was looked at; add words or filters.",
                ru: "Нашлось слишком много, просмотрено только новейшее; добавьте слова или условия.")
        }
        desk.remark(page, nothing: Bilingual("Nothing was found.", ru: "Ничего не найдено."))
    }
}

/// Hits for people: a line for the ticket, and below it the part of the message, with what was looked for standing out.
struct HitLines {
    let desk: Desk

    func lines(_ hits: [JSON]) -> [String] {
        let ids = hits.map { $0["ticket"]?["id"]?.string ?? "?" }
        let words = hits.map { status($0["ticket"] ?? .null) }
        let widths = (id: ids.map(DisplayWidth.of).max() ?? 0, word: words.map(DisplayWidth.of).max() ?? 0)
        var lines: [String] = []
        for (index, hit) in hits.enumerated() {
            let id = desk.output.styled(padded(ids[index], widths.id), .strong)
            let updated = hit["ticket"]?["updated_at"]?.string.flatMap { Timestamp($0) }
            let ago = updated.map { "  " + desk.output.styled(Spans.ago($0, now: desk.now, desk.language), .faint) } ?? ""
            lines.append("\(id)  \(padded(words[index], widths.word))  \(text(hit["subject"]))\(ago)")
            let snippet = text(hit["snippet"])
            if !snippet.isEmpty { lines.append(String(repeating: " ", count: widths.id + 2) + snippet) }
        }
        return lines
    }

    private func status(_ ticket: JSON) -> String { Words.status(ticket["status"]?.string ?? "?", desk.language) }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
    }

    private func text(_ parts: JSON?) -> String {
        (parts?.array ?? []).map { part in
            let text = PlainText.line(part["text"]?.string ?? "")
            return part["match"] == true ? desk.output.styled(text, .warning) : text
        }.joined()
    }
}

import ArgumentParser
import OporaPluginKit

/// `opora ticket show`.
struct TicketShow: DeskCommand {
    /// Messages that are shown at most.
    static let messagesMost = 2000

    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: .both(
            "Show a ticket, its promises and its conversation.", ru: "Показать обращение, его сроки и переписку."))

    @OptionGroup var ticket: TicketArgument

    @Option(help: .both("How many messages to show.", ru: "Сколько сообщений показать.", valueName: "n"))
    var messages: Int = 200

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (0...TicketShow.messagesMost).contains(messages) else {
            throw ValidationError(
                .both(
                    "--messages is a number from 0 to \(TicketShow.messagesMost)",
                    ru: "--messages — число от 0 до \(TicketShow.messagesMost)"))
        }
    }

    func run(_ desk: Desk) async throws {
        let answer = try await desk.read("ticket.get", ["ticket": .id(ticket.ticket)])
        guard let found = answer["ticket"] else { throw Failure.badAnswer("ticket.get") }
        var page = ListPage(items: [], json: [:], cursor: nil)
        if messages > 0 {
            var options = ListOptions()
            options.limit = messages
            options.cursor = nil
            page = try await desk.list("message.list", ["ticket": .id(ticket.ticket)], options)
        }
        if desk.output.json {
            return desk.output.data(["ticket": found, "messages": .array(page.items), "next_cursor": .optional(page.cursor)])
        }
        let ids =
            ["requester", "organization", "group", "assignee"].map { found[$0] } + [found["claim"]?["user"]]
            + (found["followers"]?.array ?? []) + page.items.map { $0["author"] }
        let view = TicketView(ticket: found, names: await Names.read(ids, desk), desk: desk)
        view.head()
        view.promises()
        view.conversation(page)
    }
}

/// A ticket on paper.
struct TicketView {
    var ticket: JSON
    var names: Names
    var desk: Desk

    private var output: Output { desk.output }
    private var table: TicketTable { TicketTable(names: names, now: desk.now, language: desk.language) }

    /// What it is, whose it is, since when.
    func head() {
        let id = ticket["id"]?.string ?? "?"
        output.line("\(output.styled(id, .strong))  \(output.styled(PlainText.line(ticket["subject"]?.string ?? ""), .strong))")
        output.record(rows)
    }

    /// Who is on it, and until when.
    private var claim: Cell? {
        guard let user = ticket["claim"]?["user"]?.string,
            let until = ticket["claim"]?["until"]?.string.flatMap({ Timestamp($0) })
        else { return nil }
        return Cell("\(names.text(user)), \(output.say("until", ru: "до")) \(desk.local(until))")
    }

    private func list(_ member: String) -> Cell? {
        let words = (ticket[member]?.array ?? []).compactMap(\.string).map(names.text)
        return words.isEmpty ? nil : Cell(words.joined(separator: ", "))
    }

    private var rows: [[Cell]] {
        var rows: [[Cell]] = []
        func row(_ en: String, ru: String, _ cell: Cell?) {
            if let cell { rows.append([Cell("  " + output.say(en, ru: ru), .faint), cell]) }
        }
        func named(_ member: String) -> Cell? { ticket[member]?.string.map { Cell(names.text($0)) } }
        func time(_ member: String) -> Cell? {
            ticket[member]?.string.flatMap { Timestamp($0) }.map {
                Cell("\(desk.local($0)) (\(Spans.ago($0, now: desk.now, desk.language)))")
            }
        }
        row("status", ru: "статус", table.status(ticket))
        row("wakes", ru: "вернётся", ticket["wake_at"].map { Cell(desk.local($0)) })
        row("priority", ru: "приоритет", table.priority(ticket))
        row("type", ru: "вид", ticket["type"]?.string.map { Cell($0) })
        row("channel", ru: "канал", ticket["channel"]?.string.map { Cell(Words.channel($0, desk.language)) })
        row("requester", ru: "заявитель", named("requester"))
        row("organization", ru: "организация", named("organization"))
        row("group", ru: "группа", named("group") ?? .blank)
        row("tier", ru: "линия", ticket["tier"]?.int.map { Cell("\($0)") })
        row("assignee", ru: "исполнитель", named("assignee") ?? .blank)
        row("on it", ru: "занимается", claim)
        row("tags", ru: "метки", list("tags"))
        row("followers", ru: "следят", list("followers"))
        row("bounces", ru: "возвратов", ticket["bounces"]?.int.map { Cell("\($0)", .warning) })
        row("merged into", ru: "объединено с", ticket["merged_into"]?.string.map { Cell($0) })
        row("in the bin", ru: "в корзине", time("deleted_at"))
        row("created", ru: "создано", time("created_at"))
        row("updated", ru: "изменено", time("updated_at"))
        row("solved", ru: "решено", time("solved_at"))
        row("closed", ru: "закрыто", time("closed_at"))
        row("external id", ru: "внешний номер", ticket["external_id"]?.string.map { Cell($0) })
        row("version", ru: "версия", ticket["version"]?.int.map { Cell("\($0)") })
        for field in ticket["fields"]?.object?.members ?? [] {
            rows.append([Cell("  " + field.name, .faint), Cell(field.value.string ?? field.value.text)])
        }
        return rows
    }

    /// What was promised, and how it stands.
    func promises() {
        let targets = ticket["sla"]?.array ?? []
        output.line("")
        guard !targets.isEmpty else {
            return output.line("No SLA policy applies.", ru: "Политика SLA не действует.")
        }
        output.table(
            [
                (en: "  promise", ru: "  обязательство"), (en: "state", ru: "состояние"), (en: "due", ru: "срок"),
                (en: "", ru: ""),
                (en: "budget", ru: "норматив"), (en: "policy", ru: "политика"),
            ],
            targets.map { TargetRow(target: $0, isOver: isOver, desk: desk).cells })
    }

    private var isOver: Bool { ticket["status"]?.string.flatMap(TicketStatus.init(rawValue:))?.isUnsolved == false }

    /// Who wrote what, oldest first.
    func conversation(_ page: ListPage) {
        for message in page.items {
            let author = message["author"]?.string.map { names.text($0) } ?? ""
            let kind = Words.author(message["author_kind"]?.string ?? "", message["visibility"]?.string ?? "", desk.language)
            let head = [message["id"]?.string ?? "?", desk.local(message["created_at"]), author, "(\(kind))"]
            output.line("")
            let style: Cell.Style = message["visibility"]?.string == "internal" ? .warning : .strong
            output.line(output.styled(PlainText.line(head.filter { !$0.isEmpty }.joined(separator: "  ")), style))
            for line in PlainText.lines(message["text"]?.string ?? "") { output.line("  " + line) }
        }
        if page.cursor != nil {
            output.note("There are more messages: give a larger --messages.", ru: "Это не все сообщения: увеличьте --messages.")
        }
    }
}

/// One promise as a row: what, how it stands, when it falls due, how that looks from now.
struct TargetRow {
    var target: JSON
    /// The ticket is solved or closed: what has not ended by now will not.
    var isOver: Bool
    var desk: Desk

    var cells: [Cell] {
        let language = desk.language
        let word = target["state"]?.string ?? "?"
        let cycle = target["cycle"]?.int ?? 1
        let name = Words.target(target["target"]?.string ?? "?", language)
        let repeated = cycle > 1 ? language.pick(" (cycle \(cycle))", ru: " (цикл \(cycle))") : ""
        return [
            Cell("  " + name + repeated), Cell(Words.targetState(word, language), style(word)),
            Cell(desk.local(target["due_at"])),
            standing(word), Cell(target["budget_ms"]?.int.map { Spans.working($0, language) } ?? "—"),
            Cell(target["policy"]?.string ?? "—"),
        ]
    }

    private func style(_ word: String) -> Cell.Style {
        switch TargetState(rawValue: word) {
        case .met: .good
        case .breached: .bad
        case .cancelled, .waived: .faint
        case .running, .paused, nil: .plain
        }
    }

    private func time(_ member: String) -> Timestamp? { target[member]?.string.flatMap { Timestamp($0) } }

    private func standing(_ word: String) -> Cell {
        let language = desk.language
        switch TargetState(rawValue: word) {
        case .running:
            return time("due_at").map { Spans.due($0, now: desk.now, language) } ?? .blank
        case .paused:
            guard let left = target["remaining_ms"]?.int else { return .blank }
            let span = Spans.working(left, language)
            return Cell(language.pick("\(span) left", ru: "осталось \(span)"))
        case .met:
            guard let ended = time("ended_at") else { return .blank }
            return Cell(desk.local(ended), .faint)
        case .breached:
            guard let ended = time("ended_at") else {
                if isOver { return Cell(language.pick("not kept", ru: "не выполнено"), .bad) }
                return time("due_at").map { Spans.due($0, now: desk.now, language) } ?? .blank
            }
            guard let due = time("due_at"), ended > due else { return Cell(desk.local(ended), .faint) }
            let span = Spans.text(ended - due, language)
            return Cell(language.pick("late by \(span)", ru: "с опозданием на \(span)"), .bad)
        case .cancelled, .waived, nil: return .blank
        }
    }
}

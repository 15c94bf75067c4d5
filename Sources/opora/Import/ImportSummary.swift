import OporaPluginKit

/// The end of an import as people and programs read it.
struct ImportSummary: Sendable {
    var file: String
    var isTrial: Bool
    var isInterrupted: Bool
    var tally: ImportTally
    var absent: [String]
    var elapsed: Duration

    /// One object with every figure.
    func json(_ language: Language) -> JSON {
        func count(_ value: DistinctCount) -> JSON { .int(value.count) }
        let lines: [JSON] = tally.badLines.map { ["line": .int(Int64($0.line)), "reason": .string($0.reason.text(language))] }
        return [
            "file": .string(file), "dry_run": .bool(isTrial), "interrupted": .bool(isInterrupted), "rows": .int(tally.rows),
            "applied": .int(tally.applied), "skipped": .int(tally.skipped), "bad": .int(tally.bad),
            "refused": .int(tally.refused),
            "bad_rows": .array(lines), "tickets": count(tally.tickets), "tickets_created": .int(tally.created),
            "events": .int(tally.changes),
            "unknown_states": tally.unknownStates.json, "unknown_priorities": tally.unknownPriorities.json,
            "unknown_contact_types": tally.unknownContactTypes.json, "absent_columns": .array(absent.map { .string($0) }),
            "seen": [
                "callers": count(tally.callers), "groups": count(tally.groups),
                "agents": count(tally.agents), "states": tally.states.json, "priorities": tally.priorities.json,
                "contact_types": tally.contactTypes.json,
            ],
            "elapsed_ms": .int(elapsed.milliseconds), "rows_per_second": .int(ImportRate.perSecond(tally.rows, elapsed)),
        ]
    }

    /// Prints it.
    func show(_ output: Output) {
        if output.json { return output.data(json(output.language)) }
        for line in tally.badLines {
            let reason = PlainText.line(line.reason.text(output.language))
            output.note("line \(line.line): \(reason)", ru: "строка \(line.line): \(reason)")
        }
        let rest = tally.bad + tally.refused - Int64(tally.badLines.count)
        if rest > 0 {
            output.note(
                "… and \(output.language.number(rest)) more such lines",
                ru: "… и ещё таких строк: \(output.language.number(rest))")
        }
        output.record(rows(output))
    }

    private func rows(_ output: Output) -> [[Cell]] {
        let language = output.language
        var rows: [[Cell]] = []
        func row(_ en: String, ru: String, _ value: Cell) { rows.append([Cell(language.pick(en, ru: ru), .faint), value]) }
        func figure(_ value: Int64, _ style: Cell.Style = .plain) -> Cell { Cell(language.number(value), style) }
        func words(_ value: WordCount) -> String {
            value.sorted.map { "\($0.word) (\(language.number($0.count)))" }.joined(separator: ", ")
        }
        func warn(_ en: String, ru: String, _ value: WordCount) {
            if !value.counts.isEmpty { row(en, ru: ru, Cell(words(value), .warning)) }
        }
        row("rows read", ru: "прочитано строк", figure(tally.rows))
        if !isTrial {
            row("applied", ru: "применено", figure(tally.applied))
            row("skipped, there already", ru: "пропущено, уже есть", figure(tally.skipped))
        }
        row("bad", ru: "негодных", figure(tally.bad, tally.bad > 0 ? .bad : .plain))
        if !isTrial {
            row("refused by the kernel", ru: "ядро отказало", figure(tally.refused, tally.refused > 0 ? .bad : .plain))
            row("tickets created", ru: "создано обращений", figure(tally.created))
            row("events", ru: "событий", figure(tally.changes))
        }
        row("tickets seen", ru: "встретилось обращений", Cell(tally.tickets.text(language)))
        row("callers", ru: "заявителей", Cell(tally.callers.text(language)))
        row("groups", ru: "групп", Cell(tally.groups.text(language)))
        row("agents", ru: "сотрудников", Cell(tally.agents.text(language)))
        row("states", ru: "состояния", Cell(words(tally.states)))
        row("priorities", ru: "приоритеты", Cell(words(tally.priorities)))
        row("contact types", ru: "каналы", Cell(words(tally.contactTypes)))
        warn("unknown states, status kept", ru: "неизвестные состояния, статус прежний", tally.unknownStates)
        warn("unknown priorities, left out", ru: "неизвестные приоритеты, не учтены", tally.unknownPriorities)
        warn("unknown contact types, left out", ru: "неизвестные каналы, не учтены", tally.unknownContactTypes)
        if !absent.isEmpty { row("columns not there", ru: "нет столбцов", Cell(absent.joined(separator: ", "), .warning)) }
        let rate = language.number(ImportRate.perSecond(tally.rows, elapsed))
        let seconds = language.decimal(Double(elapsed.milliseconds) / 1000)
        row("time", ru: "время", Cell(language.pick("\(seconds) s, \(rate) rows/s", ru: "\(seconds) с, \(rate) строк/с")))
        return rows
    }
}

import ArgumentParser
import OporaPluginKit
import UnixSignals

/// `opora events`: the log of what happened.
struct EventsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: .both("Read the log of events.", ru: "Журнал событий."),
        subcommands: [EventsTail.self])
}

/// `opora events tail`.
struct EventsTail: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail",
        abstract: .both(
            "Print events as they happen, in order and without gaps, one line each.",
            ru: "Печатать события по мере появления, по порядку и без пропусков, по строке на каждое."))

    @Option(
        help: .both(
            "Begin with this position of the log; left out, with what happens now.",
            ru: "Начать с этого места журнала; без него — с этого момента.", valueName: "seq"))
    var from: Int64?
    @Option(parsing: .upToNextOption, help: .both("Only these streams.", ru: "Только эти потоки."))
    var stream: [EventStream] = []
    @Option(help: .both("Stop after so many.", ru: "Остановиться после стольких.", valueName: "n"))
    var count: Int?
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard from.map({ $0 >= 1 }) ?? true else {
            throw ValidationError(.both("--from counts from 1", ru: "--from считается с 1"))
        }
        guard count.map({ $0 >= 1 }) ?? true else {
            throw ValidationError(.both("--count is at least 1", ru: "--count не меньше 1"))
        }
    }

    func run(_ desk: Desk) async throws {
        let tail: EventTail
        do throws(CallError) {
            tail = try EventTail(desk.location, desk.client, streams: stream, after: from.map { $0 - 1 })
        } catch {
            throw Failure(error, method: "events")
        }
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in signals { break } }
            group.addTask { try await print(tail, desk) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func print(_ tail: EventTail, _ desk: Desk) async throws {
        var left = count ?? .max
        var entries = tail.makeAsyncIterator()
        do throws(CallError) {
            while left > 0, let entry = try await entries.next() {
                if desk.output.json { desk.output.jsonLine(entry.json) } else { desk.output.line(line(entry, desk)) }
                left -= 1
            }
        } catch {
            throw Failure(error, method: "events.read")
        }
    }

    /// Position, time, type, what it is about, who did it, what changed.
    private func line(_ entry: EventTail.Entry, _ desk: Desk) -> String {
        guard let event = entry.event else { return "\(entry.seq)  \(PlainText.line(entry.body.text))" }
        let output = desk.output
        let type = (entry.body["type"]?.string ?? "?").replacing("opora.", with: "").replacing(".v1", with: "")
        let via = event.via.map { " (\($0))" } ?? ""
        let what = EventSentence.text(event.type, event.data, desk.language, time: desk.local)
        let style: Cell.Style =
            switch event.type {
            case .slaBreached: .bad
            case .slaWarning: .warning
            case .slaMet: .good
            default: .strong
            }
        return EventsTail.columns(
            [
                .figure("\(entry.seq)", .faint), Cell(desk.localToSecond(event.at)), Cell(type, style), Cell(event.subject),
                Cell(event.actor + via, .faint), Cell(what),
            ], output)
    }

    /// Widths that fit almost every event: a line that goes out now can't wait for the widest to come.
    private static let widths = [6, 19, 23, 14, 18, 0]

    private static func columns(_ cells: [Cell], _ output: Output) -> String {
        let parts = zip(cells, widths).map { cell, width in
            let text = PlainText.line(cell.text)
            let blank = String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
            let styled = output.styled(text, cell.style)
            return cell.side == .right ? blank + styled : styled + blank
        }
        return String(parts.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
    }
}

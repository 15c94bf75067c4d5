import OporaPluginKit

/// The morning report as people read it: what came in and went out, what waits, what was promised and broken, where it is stuck.
struct MorningText {
    private let figures: MorningFigures
    private let names: GroupNames
    private let words: Words
    private var zone: ZoneRules { figures.moment.zone }

    init(_ figures: MorningFigures, _ names: GroupNames, _ words: Words) {
        self.figures = figures
        self.names = names
        self.words = words
    }

    /// The whole report, ending with a line feed.
    var text: String {
        let head = ["\(words.title): \(words.long(zone.local(figures.moment.at))) (\(zone.name))"]
        let sections =
            figures.isEmpty
            ? [[words.empty]]
            : [
                summary, backlog, breaches, sla, bottleneck, chart, age, named(words.byGroup, groups),
                named(words.byPriority, priorities),
            ]
        return ([head] + sections).map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private var summary: [String] {
        let periods = [figures.yesterday, figures.week]
        func row(_ word: String, _ cell: (MorningFigures.Period) -> String) -> [String] { [word] + periods.map(cell) }
        func turn(_ word: String, _ turn: Turn) -> [String] { row(word) { "\($0.metrics.turns[turn] ?? 0)" } }
        let dates = figures.days.map { words.shortDay($0.date) }
        return Columns(sides: [.left, .right, .right]).lines([
            ["", words.yesterday, words.lastDays],
            ["", dates.last ?? "", "\(dates.first ?? "") – \(dates.last ?? "")"],
            row(words.created) { "\($0.metrics.created)" },
            turn(words.solved, .solved),
            turn(words.closed, .closed),
            turn(words.reopened, .reopened),
            row(words.resolutionMedian) { words.duration($0.metrics.fullResolution.median) },
            row(words.resolution90) { words.duration($0.metrics.fullResolution.p90) },
            row(words.csat) { $0.csat.n == 0 ? "—" : "\(words.percentage($0.csat.percent)) (\($0.csat.n))" },
            row(words.warnings) { "\($0.sla.reduce(0) { $0 + $1.warnings })" },
        ])
    }

    private var backlog: [String] {
        bars(
            "\(words.backlog): \(figures.backlog)",
            TicketStatus.unsolved.map { status in (words.status(status), figures.backlog { $0.status == status }) })
    }

    private var age: [String] {
        let now = figures.moment.at
        let oldest = figures.oldest.map { "\($0.ticket) (\(words.duration(Double(now - $0.createdAt))))" }
        let list = oldest.isEmpty ? [] : ["  \(words.oldest): \(oldest.joined(separator: ", "))"]
        return bars(words.age, Age.allCases.map { age in (words.age(age), figures.backlog { $0.age == age }) }) + list
    }

    private func bars(_ title: String, _ counts: [(name: String, n: Int64)]) -> [String] {
        let largest = counts.map(\.n).max() ?? 0
        return [title]
            + Columns(sides: [.left, .right, .left]).lines(counts.map { [$0.name, "\($0.n)", Columns.bar($0.n, of: largest)] })
    }

    private var breaches: [String] {
        let title = "\(words.breachedLastDay): \(figures.breachedInLastDay)"
        let rows = figures.breaches.map { breach in
            let time = zone.local(breach.at)
            return [
                breach.ticket.description, words.target(breach.target), words.priority(breach.priority ?? GroupNames.none),
                words.named(names[breach.group]), "\(words.shortDay(time.date)) \(words.clock(time))",
            ]
        }
        let rest = figures.breachedInLastDay - Int64(figures.breaches.count)
        return [title] + Columns(sides: [.left, .left, .left, .left, .right]).lines(rows)
            + (rest > 0 ? ["  \(words.more) \(rest)"] : [])
    }

    private var sla: [String] {
        let ended = figures.week.sla.filter { $0.ended > 0 }
        guard !ended.isEmpty else { return ["\(words.sla): \(words.noTargets)"] }
        return [words.sla]
            + Columns(sides: [.left, .right, .right, .right]).lines(
                [["", words.met, words.breached, words.compliance]]
                    + ended.map { [words.target($0.target), "\($0.met)", "\($0.breached)", words.percentage($0.compliance)] })
    }

    private var bottleneck: [String] {
        guard let found = figures.week.metrics.bottleneck(names) else { return ["\(words.bottleneck): \(words.nothing)"] }
        let hours = Int64((Double(found.milliseconds) / 3_600_000).rounded())
        let average = Double(found.milliseconds) / Double(max(1, figures.week.range.milliseconds))
        return [
            words.bottleneck,
            "  \(words.named(found.group)), \(words.status(found.status)): \(hours) \(words.hoursTotal), "
                + "\(words.decimal(average)) \(words.ticketsAtATime)",
        ]
    }

    private var chart: [String] {
        let largest = figures.days.map { max($0.created, $0.solved) }.max() ?? 0
        let rows = figures.days.flatMap { day in
            [
                [words.shortDay(day.date), words.created, "\(day.created)", Columns.bar(day.created, of: largest)],
                ["", words.solved, "\(day.solved)", Columns.bar(day.solved, of: largest, "░")],
            ]
        }
        return [words.chart] + Columns(sides: [.left, .left, .right, .left]).lines(rows)
    }

    private var groups: [NamedCount] {
        figures.byGroup(names).map { NamedCount(name: words.named($0.name), created: $0.created, backlog: $0.backlog) }
    }

    private var priorities: [NamedCount] {
        figures.byPriority().map { NamedCount(name: words.priority($0.name), created: $0.created, backlog: $0.backlog) }
    }

    private func named(_ title: String, _ counts: [NamedCount]) -> [String] {
        let largest = counts.map(\.backlog).max() ?? 0
        guard !counts.isEmpty else { return ["\(title): \(words.nothing)"] }
        return [title]
            + Columns(sides: [.left, .right, .right, .left]).lines(
                [["", words.created, words.backlog]]
                    + counts.map { [$0.name, "\($0.created)", "\($0.backlog)", Columns.bar($0.backlog, of: largest)] })
    }
}

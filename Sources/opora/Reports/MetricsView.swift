import OporaPluginKit

/// The figures of a stretch of time as tables with bars.
struct MetricsView {
    /// Rows of a table of groups at most.
    static let groupsMost = 15

    var metrics: JSON
    var output: Output

    private var language: Language { output.language }

    func show() {
        counts()
        backlog()
        resolution()
        bars("Time in status", ru: "Время в статусах", statuses("time_in_status_ms")) { hours($0) }
        bottleneck()
        bars("Created by priority", ru: "Создано по приоритетам", named("by_priority") { Words.priority($0, language) }) {
            language.number($0)
        }
        bars("Created by channel", ru: "Создано по каналам", named("by_channel") { Words.channel($0, language) }) {
            language.number($0)
        }
        bars("Created by group", ru: "Создано по группам", named("by_group") { $0 }) { language.number($0) }
    }

    private func title(_ en: String, ru: String) {
        output.line("")
        output.line(output.styled(output.say(en, ru: ru), .strong))
    }

    private func counts() {
        let words = [
            ("created", "created", "создано"), ("solved", "solved", "решено"), ("closed", "closed", "закрыто"),
            ("reopened", "reopened", "возвращено"),
        ]
        output.table(
            [(en: "", ru: ""), (en: "", ru: "")],
            words.map { member, en, ru in
                [Cell("  " + output.say(en, ru: ru)), .figure(language.number(metrics[member]?.int ?? 0), .strong)]
            })
    }

    private func backlog() {
        title("Unsolved", ru: "Не решено")
        let from = statuses("backlog_from")
        let to = Dictionary(statuses("backlog_to").map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        let most = (from.map(\.value) + Array(to.values)).max() ?? 0
        let rows = from.map { row in
            let end = to[row.name] ?? 0
            return [
                Cell("  " + row.name), .figure(language.number(row.value)), .figure(language.number(end)),
                Cell(Bar.text(end, of: most)),
            ]
        }
        output.table(
            [(en: "", ru: ""), (en: "at first", ru: "в начале"), (en: "at last", ru: "в конце"), (en: "", ru: "")], rows)
    }

    private func resolution() {
        title("From created to solved", ru: "От создания до решения")
        let words = [("first_resolution", "first time", "впервые"), ("full_resolution", "for good", "окончательно")]
        output.table(
            [
                (en: "", ru: ""), (en: "n", ru: "число"), (en: "median", ru: "медиана"), (en: "90 %", ru: "90 %"),
                (en: "mean", ru: "среднее"),
            ],
            words.map { member, en, ru in
                let spread = metrics[member]
                func span(_ name: String) -> Cell {
                    spread?[name]?.number.map { .figure(Spans.text(Int64($0.rounded()), language)) } ?? Cell("—", .faint, .right)
                }
                return [
                    Cell("  " + output.say(en, ru: ru)), .figure(language.number(spread?["n"]?.int ?? 0)), span("median_ms"),
                    span("p90_ms"),
                    span("mean_ms"),
                ]
            })
    }

    private func bottleneck() {
        guard let found = metrics["bottleneck"], !found.isNull, let group = found["group"]?.string, let spent = found["ms"]?.int
        else { return }
        let status = Words.status(found["status"]?.string ?? "?", language)
        title("Bottleneck", ru: "Узкое место")
        output.line("  " + PlainText.line("\(group), \(status): \(hours(spent))"))
    }

    private func bars(_ en: String, ru: String, _ rows: [(name: String, value: Int64)], _ text: (Int64) -> String) {
        guard !rows.isEmpty else { return }
        title(en, ru: ru)
        let most = rows.map(\.value).max() ?? 0
        output.table(
            Array(repeating: (en: "", ru: ""), count: 3),
            rows.prefix(MetricsView.groupsMost).map { row in
                [Cell("  " + row.name), .figure(text(row.value)), Cell(Bar.text(row.value, of: most))]
            })
        let rest = rows.dropFirst(MetricsView.groupsMost)
        if !rest.isEmpty {
            let sum = text(rest.reduce(0) { $0 + $1.value })
            output.line("  … and \(rest.count) more: \(sum)", ru: "  … и ещё \(rest.count): \(sum)")
        }
    }

    private func hours(_ milliseconds: Int64) -> String {
        language.pick("\(language.number(milliseconds / 3_600_000)) h", ru: "\(language.number(milliseconds / 3_600_000)) ч")
    }

    /// Statuses in the order of the answer.
    private func statuses(_ member: String) -> [(name: String, value: Int64)] {
        (metrics[member]?.object?.members ?? []).map { (Words.status($0.name, language), $0.value.int ?? 0) }
    }

    /// Names with the largest figure first.
    private func named(_ member: String, _ name: (String) -> String) -> [(name: String, value: Int64)] {
        (metrics[member]?.object?.members ?? []).map { (name: name($0.name), value: $0.value.int ?? 0) }
            .sorted { ($1.value, $0.name) < ($0.value, $1.name) }
    }
}

/// A figure as a horizontal bar.
enum Bar {
    /// Characters of the longest bar.
    static let width = 30

    /// As long as its share of `most`; what is there at all has one character.
    static func text(_ value: Int64, of most: Int64) -> String {
        guard value > 0, most > 0 else { return "" }
        return String(repeating: "█", count: max(1, Int((Double(value) / Double(most) * Double(width)).rounded())))
    }
}

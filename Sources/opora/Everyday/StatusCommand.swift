import ArgumentParser
import OporaPluginKit

/// `opora status`: whether the kernel and its plugins are well.
struct StatusCommand: DeskCommand {
    /// How long a healthy kernel may take for the answer.
    static let waitMilliseconds: Int64 = 3000
    /// Columns of a terminal from which on there is room to say how long ago something was.
    private static let wide = 120

    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: .both(
            "See whether the kernel and its plugins are well.", ru: "Показать, всё ли в порядке с ядром и плагинами."),
        discussion: .both(
            "Ends with 0 where all is well, 1 where something is not, 69 where no kernel answers.",
            ru: "Завершается с 0, если всё в порядке, 1 — если нет, 69 — если ядро не отвечает."))

    @OptionGroup var common: CommonOptions

    func run(_ desk: Desk) async throws {
        let health: JSON
        do { health = try await desk.read("kernel.health", milliseconds: StatusCommand.waitMilliseconds) } catch let failure
            as Failure
            where failure.code == "no_answer"
        {
            throw Failure(.unavailable, failure.code, failure.what, hint: failure.hint)
        }
        // Only the list of consumers tells whether somebody reads without a session; without the right to it, nobody does.
        let consumers = try? await desk.read("consumer.list", milliseconds: StatusCommand.waitMilliseconds)
        let report = StatusReport(health: health, consumers: consumers, now: desk.now)
        if desk.output.json {
            desk.output.data(health)
        } else {
            show(report, desk)
        }
        if !report.isWell { throw ExitCode(ExitStatus.refused.rawValue) }
    }

    private func show(_ report: StatusReport, _ desk: Desk) {
        let language = desk.language
        let isNarrow = desk.output.width.map { $0 < StatusCommand.wide } ?? false
        func since(_ at: Timestamp) -> String {
            isNarrow ? desk.local(at) : "\(desk.local(at)) (\(Spans.ago(at, now: desk.now, language)))"
        }
        desk.output.table(
            [
                (en: "service", ru: "служба"), (en: "state", ru: "состояние"), (en: "version", ru: "версия"),
                (en: "lag", ru: "отставание"), (en: "since", ru: "с"), (en: "health", ru: "подробности"),
            ],
            report.services.map { service in
                [
                    Cell(service.name, .strong), service.state.cell(language), service.version.map { Cell($0) } ?? .blank,
                    service.lag.map { Cell.figure(language.number($0), $0 > 0 ? .warning : .plain) } ?? Cell("—", .faint, .right),
                    service.since.map { Cell(since($0)) } ?? .blank,
                    Cell(service.details, .faint),
                ]
            })
        for problem in report.problems { desk.output.line(desk.output.styled("! " + PlainText.line(problem), .bad)) }
        for service in report.services where service.state == .offline {
            desk.output.note(
                "\(service.name) has a place in the log but does not run: start it, or `opora consumer delete \(service.name)`",
                ru:
                    "\(service.name): место в журнале есть, но служба не работает; запустите её или `opora consumer delete \(service.name)`"
            )
        }
        for service in report.services where service.state == .paused {
            desk.output.note(
                "\(service.name) is given no events until `opora consumer resume \(service.name)`",
                ru: "\(service.name) не получает событий до команды `opora consumer resume \(service.name)`")
        }
        for service in report.services where service.state == .lost {
            desk.output.note(
                "\(service.name) fell too far behind and is given no events until `opora consumer seek \(service.name) --to PLACE`",
                ru: "\(service.name) слишком отстала и не получает событий до `opora consumer seek \(service.name) --to МЕСТО`")
        }
    }
}

/// What `kernel.health` says, service by service.
struct StatusReport: Equatable {
    /// Milliseconds without a sign of life after which a plugin counts as silent; it shows one every two seconds.
    static let silenceMilliseconds: Int64 = 3 * Limits.sessionHeartbeatMilliseconds

    /// How a service is.
    enum State: Equatable {
        case well, degraded, silent, offline
        /// Reads the log without having greeted the kernel.
        case reading
        /// Its consumer is paused, or fell too far behind and was given up.
        case paused, lost

        var isWell: Bool { self == .well || self == .reading }

        func cell(_ language: Language) -> Cell {
            switch self {
            case .well: Cell(language.pick("ok", ru: "в порядке"), .good)
            case .reading: Cell(language.pick("reading", ru: "читает"), .good)
            case .degraded: Cell(language.pick("degraded", ru: "есть сбои"), .warning)
            case .silent: Cell(language.pick("silent", ru: "молчит"), .warning)
            case .paused: Cell(language.pick("paused", ru: "приостановлена"), .warning)
            case .lost: Cell(language.pick("lost", ru: "отстала"), .bad)
            case .offline: Cell(language.pick("offline", ru: "не работает"), .bad)
            }
        }
    }

    /// The kernel, a plugin, or a consumer without a plugin.
    struct Service: Equatable {
        var name: String
        var state: State
        var version: String?
        var lag: Int64?
        var since: Timestamp?
        var details = ""
    }

    var services: [Service]
    var problems: [String]
    var isWell: Bool { problems.isEmpty && services.allSatisfy(\.state.isWell) }

    /// - Parameter consumers: the answer of `consumer.list`, if it may be read.
    init(health: JSON, consumers: JSON?, now: Timestamp) {
        func time(_ value: JSON?) -> Timestamp? { value?.string.flatMap { Timestamp($0) } }
        problems = (health["problems"]?.array ?? []).compactMap(\.string)
        let isWell = health["status"]?.string == "ok" && health["ready"]?.bool == true
        services = [
            Service(
                name: "kernel", state: isWell ? .well : .degraded, version: health["version"]?.string,
                since: time(health["started_at"]),
                details: "head_seq=\(health["head_seq"]?.int ?? 0)")
        ]
        let lags = Dictionary(
            (health["consumers"]?.array ?? []).compactMap { item in item["name"]?.string.map { ($0, item["lag"]?.int ?? 0) } },
            uniquingKeysWith: { first, _ in first })
        let sessions = health["sessions"]?.array ?? []
        for session in sessions {
            let name = session["name"]?.string ?? "?"
            let seen = time(session["last_seen_at"])
            let isSilent = seen.map { now - $0 > StatusReport.silenceMilliseconds } ?? false
            let word = session["health"]?["status"]?.string
            services.append(
                Service(
                    name: name, state: isSilent ? .silent : word == nil || word == "ok" ? .well : .degraded,
                    version: session["version"]?.string, lag: lags[name], since: time(session["since"]),
                    details: (session["health"]?.object?.members ?? []).map { "\($0.name)=\($0.value.string ?? $0.value.text)" }
                        .joined(separator: " ")))
        }
        let greeted = Set(services.map(\.name))
        let held = Set(
            (consumers?["items"]?.array ?? []).filter { $0["holder"]?.isNull == false }.compactMap { $0["name"]?.string })
        for (name, lag) in lags.sorted(by: { $0.key < $1.key }) where !greeted.contains(name) {
            services.append(Service(name: name, state: held.contains(name) ? .reading : .offline, lag: lag))
        }
        for consumer in health["consumers"]?.array ?? [] {
            guard let index = services.firstIndex(where: { $0.name == consumer["name"]?.string }) else { continue }
            switch consumer["state"]?.string {
            case "paused": services[index].state = .paused
            case "lost": services[index].state = .lost
            default: break
            }
        }
    }
}

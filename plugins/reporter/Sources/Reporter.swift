import FoundationEssentials
import Logging
import OporaPluginKit
import OporaPluginStore
import Synchronization

/// Keeps figures of the desk from its log and answers with reports.
final class Reporter: Plugin {
    static let manifest = Manifest(
        name: "reporter", version: SoftwareVersion.text,
        summary: "Figures of a stretch of time and the morning report, from its own read model of the log",
        methods: [
            .init("metrics", summary: "Figures of [from, to): {from, to, zone}", timeoutMilliseconds: 20_000),
            .init(
                "morning", summary: "The morning report as text and data: {at, zone, language?: en|ru}",
                timeoutMilliseconds: 20_000),
        ],
        streams: [.ticket, .sla, .feedback, .group])
    static let state = PluginState.readModel
    /// How long a look-up of group names may take.
    private static let lookUpMilliseconds: Int64 = 3000

    private let store: PluginStore
    private let log: Logger
    private let zones = SystemZones()
    private let groups: GroupDirectory
    private let head: LogHead
    private let unreadable = Mutex<Int64>(0)

    init(_ context: PluginContext) async throws {
        try context.config.finish()
        let store = try PluginStore(path: "\(context.dataFolder)/reporter.sqlite", migrations: ReadModel.migrations)
        let client = context.client
        self.store = store
        log = context.log
        groups = GroupDirectory { params in
            try await client.call("group.list", params, timeoutMilliseconds: Reporter.lookUpMilliseconds)
        }
        head = LogHead(
            read: { try await client.call("events.read", $0) },
            position: { try store.position()?.seq ?? 0 })
    }

    func position() async throws -> LogPosition? { try store.position() }

    func handle(_ batch: EventBatch) async throws {
        let facts = batch.events.compactMap { event in fact(event).map { (at: event.at, fact: $0) } }
        try store.write(at: batch.position) { transaction in
            let model = ReadModel(store: transaction)
            for (at, fact) in facts { try model.apply(fact, at: at) }
        }
        if facts.contains(where: { $0.fact == .groupsChanged }) { await groups.forget() }
    }

    /// What the event means. An event that can't be read is left out and said so: to stop for ever would help nobody.
    private func fact(_ event: Event) -> Fact? {
        do { return try Fact.reading(event) } catch {
            unreadable.withLock { $0 += 1 }
            log.error("an event can't be read; the figures leave it out", metadata: ["seq": "\(event.seq)"])
            return nil
        }
    }

    func answer(_ verb: String, _ params: JSON) async throws -> JSON {
        switch verb {
        case "metrics": try await metrics(params)
        case "morning": try await morning(params)
        default: throw RPCError(.methodNotFound, "the reporter has no method \(verb); it has metrics and morning")
        }
    }

    private func metrics(_ params: JSON) async throws -> JSON {
        let parameters = try ReportParameters(params, ["from", "to", "zone"], zones)
        let range = try parameters.range(try parameters.zone(), now: Timestamp(Int64(Date().timeIntervalSince1970 * 1000)))
        try await head.reached()
        let metrics = try store.read { try ReadModel(store: $0).metrics(range) }
        return metrics.json(await groups.names(of: metrics.groups))
    }

    private func morning(_ params: JSON) async throws -> JSON {
        let parameters = try ReportParameters(params, ["at", "zone", "language"], zones)
        let zone = try parameters.zone()
        let moment = MorningMoment(at: try parameters.instant("at", zone), zone: zone)
        let language = try parameters.language()
        try await head.reached()
        let figures = try store.read { try ReadModel(store: $0).morning(moment) }
        let names = await groups.names(of: figures.groups)
        return [
            "text": .string(MorningText(figures, names, Words(language)).text), "data": figures.json(names),
        ]
    }

    func health() async -> JSON {
        ["seq": .int((try? store.position())?.seq ?? 0), "unreadable_events": .int(unreadable.withLock { $0 })]
    }

    func reset() async throws {
        try store.write { try ReadModel(store: $0).empty() }
        await groups.forget()
    }
}

import FoundationEssentials
import Logging
import OporaPluginKit
import OporaPluginStore

/// The plugin: asks the requester of a solved ticket how it went, and hands the answer to the kernel.
///
/// Every step of a survey is a state in the plugin's own file before it is a call, and every call carries the survey's
/// key. So a crash at any point loses no answer and records none twice.
struct Feedback: Plugin {
    static let manifest = Manifest(
        name: "feedback", version: SoftwareVersion.text,
        summary: "After a solve sends the requester a single-use survey link, records CSAT with its comment, reminds once",
        methods: [
            .init("survey", summary: "How the survey about a ticket stands, with its link while it can be answered"),
            .init("summary", summary: "How many were asked and answered, CSAT and response rate"),
        ],
        streams: [.ticket])
    static let state = PluginState.effects

    private let store: SurveyStore
    private let worker: SurveyWorker
    private let server: SurveyServer
    private let address: PageAddress
    private let bell: Doorbell
    private let log: Logger

    init(_ context: PluginContext) async throws {
        let settings = FeedbackSettings(context.config)
        try context.config.finish()
        let rules = SurveyRules(settings: settings)
        let address = PageAddress(settings)
        let bell = Doorbell()
        store = try SurveyStore(path: "\(context.dataFolder)/feedback.sqlite", rules: rules)
        worker = SurveyWorker(
            store: store, desk: context.client, rules: rules, address: { address.url }, log: context.log, now: Feedback.now)
        server = SurveyServer(
            host: settings.host, port: settings.port,
            site: SurveySite(
                store: store, fallback: settings.language, answered: { bell.ring() }, now: Feedback.now,
                log: context.log),
            log: context.log)
        self.address = address
        self.bell = bell
        log = context.log
    }

    func position() async throws -> LogPosition? { try store.position() }

    func handle(_ batch: EventBatch) async throws {
        if try store.take(batch, now: Feedback.now()) { bell.ring() }
    }

    func answer(_ verb: String, _ params: JSON) async throws -> JSON {
        switch verb {
        case "survey":
            let ticket = try SurveyQuery(params).ticket
            return try store.standingAnswer(of: ticket, address: address.url, now: Feedback.now())
        case "summary":
            try SurveyQuery.refuseAll(params)
            return try store.summary().json
        default: throw RPCError(.methodNotFound, "feedback has no method \(verb)")
        }
    }

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await server.run { port in
                    address.serve(boundPort: port)
                    log.info("survey page", metadata: ["address": "\(address.url ?? "")"])
                    bell.ring()
                }
            }
            group.addTask { await work() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func work() async {
        var failures = 0
        while !Task.isCancelled {
            var pause: Int64
            do {
                pause = try await worker.look()
                failures = 0
            } catch {
                if Task.isCancelled { return }
                pause = SurveyWorker.retryMilliseconds(after: failures)
                failures += 1
                let isAbsence = (error as? CallError)?.isRetryable ?? false
                log.log(
                    level: isAbsence ? .debug : .error, "surveys wait and are tried again",
                    metadata: ["reason": "\(error)", "pause_ms": "\(pause)"])
            }
            await bell.wait(milliseconds: pause)
        }
    }

    func health() async -> JSON {
        guard let summary = try? store.summary() else { return ["problem": "the plugin's file can't be read"] }
        return summary.health
    }

    /// The machine's clock.
    static func now() -> Timestamp { Timestamp(Int64(Date().timeIntervalSince1970 * 1000)) }
}

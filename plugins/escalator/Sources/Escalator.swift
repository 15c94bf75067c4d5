import FoundationEssentials
import Logging
import OporaPluginKit
import OporaPluginStore

/// The plugin: follows warnings, breaches and touches of tickets, and carries escalations out.
///
/// Events become rows of the plugin's own file in the transaction that moves its position; `run` turns the rows into
/// commands. So a crash at any point loses nothing, and the keys of the commands let nothing happen twice.
struct Escalator: Plugin {
    static let manifest = Manifest(
        name: "escalator", version: SoftwareVersion.text,
        summary: "On warning, breach and untouched tickets: raises the priority, assigns the lead, writes a note",
        methods: [.init("pending", summary: "Escalations that are not carried out yet, oldest first")],
        streams: [.ticket, .message, .sla])
    static let state = PluginState.effects

    private let settings: EscalatorSettings
    private let rules: EscalationRules
    private let store: EscalatorStore
    private let worker: EscalationWorker
    private let watchdog: Watchdog
    private let bell = Doorbell()
    private let log: Logger

    init(_ context: PluginContext) async throws {
        settings = EscalatorSettings(context.config)
        try context.config.finish()
        rules = EscalationRules(settings: settings)
        store = try EscalatorStore(path: "\(context.dataFolder)/escalator.sqlite")
        worker = EscalationWorker(
            store: store, desk: context.client, note: NoteText(language: settings.language, zone: settings.zone),
            log: context.log)
        watchdog = Watchdog(store: store, desk: context.client, rules: rules, log: context.log, now: Escalator.now)
        log = context.log
    }

    func position() async throws -> LogPosition? { try store.position() }

    func handle(_ batch: EventBatch) async throws {
        if try store.take(batch, rules, now: Escalator.now()) { bell.ring() }
    }

    func answer(_ verb: String, _ params: JSON) async throws -> JSON {
        guard verb == "pending" else { throw RPCError(.methodNotFound, "escalator has no method \(verb)") }
        return try store.pendingAnswer(try PendingQuery(params))
    }

    func run() async throws {
        try store.forgetDueTimes()
        var failures = 0
        while !Task.isCancelled {
            var pause = Watchdog.longestPauseMilliseconds
            do {
                try await worker.carryOutAll()
                pause = try await watchdog.look()
                failures = 0
            } catch {
                if Task.isCancelled { return }
                pause = EscalationWorker.retryMilliseconds(after: failures)
                failures += 1
                let isAbsence = (error as? CallError)?.isRetryable ?? false
                log.log(
                    level: isAbsence ? .debug : .error, "escalations wait and are tried again",
                    metadata: ["reason": "\(error)", "pause_ms": "\(pause)"])
            }
            await bell.wait(milliseconds: pause)
        }
    }

    func health() async -> JSON {
        guard let counts = try? store.counts() else { return ["problem": "the plugin's file can't be read"] }
        return counts.json
    }

    /// The machine's clock.
    static func now() -> Timestamp { Timestamp(Int64(Date().timeIntervalSince1970 * 1000)) }
}

import Logging
import OporaPluginKit
import OporaPluginStore

/// Tells people and other systems what happened to their tickets, by e-mail and by webhook.
struct Notifier: Plugin {
    static let manifest = Manifest(
        name: "notifier", version: SoftwareVersion.text,
        summary: "Tells the right people of assignments, replies, SLA warnings and breaches, by e-mail and by webhook",
        methods: [
            .init("outbox", summary: "What is to be sent, was sent and was given up: {state?, limit?}"),
            .init("retry", summary: "Tries a delivery again that was not sent: {id}"),
            .init("send", summary: "Mails a survey to a user, once for each key: {user, template, link, ticket, key}"),
        ], streams: [.ticket, .message, .sla])
    static let state = PluginState.effects

    /// How often the outbox is cleaned.
    private static let cleaningMilliseconds: Int64 = 3_600_000

    let outbox: Outbox
    let desk: Desk
    let settings: Settings
    let clock: Clock
    let lanes: [Lane]
    let log: Logger
    private let intake: Intake

    init(_ context: PluginContext) async throws {
        let settings = Settings(context.config)
        try context.config.finish()
        try self.init(
            settings, outbox: Outbox(path: "\(context.dataFolder)/notifier.sqlite"), desk: Desk(context.client), clock: .system,
            log: context.log)
    }

    init(_ settings: Settings, outbox: Outbox, desk: Desk, clock: Clock, log: Logger) throws {
        self.settings = settings
        self.outbox = outbox
        self.desk = desk
        self.clock = clock
        self.log = log
        intake = Intake(desk: desk, outbox: outbox, webhooks: settings.webhooks, sendsMail: settings.mail != nil)
        var outlets: [(name: String, outlet: any Outlet)] = settings.webhooks.map { ($0.name, WebhookOutlet(settings: $0)) }
        if let mail = settings.mail { outlets.append((Draft.mailLane, mail.outlet(desk, settings.language, outbox))) }
        for orphan in try outbox.openLanes() where !outlets.contains(where: { $0.name == orphan }) {
            outlets.append((orphan, MissingOutlet(reason: orphan == Draft.mailLane ? .noMail : .noWebhook)))
        }
        lanes = outlets.map { name, outlet in
            Lane(
                name: name, outbox: outbox, outlet: outlet, backoff: settings.backoff, clock: clock, bell: Bell(), log: log)
        }
    }

    func position() async throws -> LogPosition? { try outbox.store.position() }

    func handle(_ batch: EventBatch) async throws { try await take(batch.events, at: batch.position) }

    /// Deals with events; see `handle`.
    func take(_ events: [Event], at position: LogPosition) async throws {
        if try await intake.take(events, at: position, now: clock.now()) > 0 { ring() }
    }

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            for lane in lanes { group.addTask { await lane.run() } }
            group.addTask { await clean() }
        }
    }

    func health() async -> JSON {
        do {
            let counts = try outbox.counts()
            return [
                "queued": .int(counts.queued), "failed": .int(counts.failed), "dead": .int(counts.dead),
                "sent": .int(counts.sent), "skipped": .int(counts.skipped),
            ]
        } catch {
            log.error("the outbox can't be read", metadata: ["error": "\(error)"])
            return ["problem": "the outbox can't be read; see the log"]
        }
    }

    /// Wakes the senders.
    func ring() {
        for lane in lanes { lane.bell.ring() }
    }

    private func clean() async {
        while !Task.isCancelled {
            do {
                let before = clock.now() - Int64(settings.keepDays) * 86_400_000
                while try outbox.clean(before: before), !Task.isCancelled { await Task.yield() }
            } catch {
                log.error("the outbox can't be cleaned", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: .milliseconds(Notifier.cleaningMilliseconds))
        }
    }
}

extension MailSettings {
    /// The way out that these settings describe.
    func outlet(_ desk: Desk, _ language: Language, _ outbox: Outbox) -> any Outlet {
        let renderer = MailRenderer(
            desk: desk, from: from, language: language, zones: SystemZones(),
            logID: { (try? outbox.store.position())?.logID ?? "" })
        switch self {
        case .server(let settings): return SMTPOutlet(settings: settings, renderer: renderer)
        case .folder(let path, _): return FolderOutlet(folder: path, renderer: renderer)
        }
    }
}

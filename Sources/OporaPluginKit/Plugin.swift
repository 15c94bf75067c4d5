public import Logging
@_exported public import OporaProtocol
@_exported public import OporaService
@_exported public import OporaTime

/// A service that follows the desk's log and acts on it.
///
/// `PluginHost` owns everything that is hard once: options, logs, signals, greeting, the durable consumer, catching up,
/// repeats, reconnecting, retrying. A plugin says what it is and what it does with events.
public protocol Plugin: Sendable {
    /// Name, version, methods, streams.
    static var manifest: Manifest { get }
    /// What the plugin's own file is to it, which decides where reading begins.
    static var state: PluginState { get }

    /// Opens the plugin's own store and reads its settings; ends with `context.config.finish()`.
    init(_ context: PluginContext) async throws
    /// The last event that the plugin's own store has dealt with; nil for an empty store.
    func position() async throws -> LogPosition?
    /// Deals with events in order and remembers `batch.position` in the same transaction. What it has done is never
    /// given again; after a crash before that moment the same events come again.
    func handle(_ batch: EventBatch) async throws
    /// Answers `x.<name>.<verb>`.
    func answer(_ verb: String, _ params: JSON) async throws -> JSON
    /// Answers `x.<name>.<verb>`, for whoever wants to know who asks, or to say how far it is. Calls come one after another.
    func answer(_ call: MethodCall) async throws -> JSON
    /// Says what it thinks of a command before it is done, at the points of `manifest.hooks`. Several may come at once; be quick.
    func hook(_ call: HookCall) async throws -> HookAnswer
    /// Work besides events: senders, timers, servers. Returns when the task is cancelled.
    func run() async throws
    /// What `kernel.health` and `opora status` show of the plugin.
    func health() async -> JSON
    /// Empties a read model, because the log it was made from is another one now.
    func reset() async throws
}

extension Plugin {
    public func answer(_ verb: String, _ params: JSON) async throws -> JSON {
        throw RPCError(.methodNotFound, "\(Self.manifest.name) has no method \(verb)")
    }
    public func answer(_ call: MethodCall) async throws -> JSON { try await answer(call.verb, call.params) }
    public func hook(_ call: HookCall) async throws -> HookAnswer { .proceed }
    public func run() async throws { await PluginHost<Self>.untilCancelled() }
    public func health() async -> JSON { [:] }
    public func reset() async throws {}
}

/// What a plugin's own file is to it.
public enum PluginState: Sendable {
    /// A read model: made from the whole log, made again where the file is gone.
    case readModel
    /// Effects on the world: a new plugin begins with what happens from now on, and never does the past again.
    case effects
}

/// A place in a log.
public struct LogPosition: Hashable, Sendable {
    public var logID: String
    public var epoch: Int64
    public var seq: Int64

    public init(logID: String, epoch: Int64, seq: Int64) {
        self.logID = logID
        self.epoch = epoch
        self.seq = seq
    }
}

/// Events in order, none of which the plugin's store has seen, and the position after them.
public struct EventBatch: Sendable {
    /// May be empty: then only the position moves, past events of other streams.
    public var events: [Event]
    public var position: LogPosition

    public init(events: [Event], position: LogPosition) {
        self.events = events
        self.position = position
    }

    /// The key of the `n`-th command that an event causes: a repeat of the event gives the same one.
    public func key(_ event: Event, _ consumer: String, _ n: Int) -> String {
        "\(consumer):\(position.epoch):\(event.seq):\(n)"
    }
}

/// What a plugin is given at its start.
public struct PluginContext: Sendable {
    public var client: DeskClient
    /// The plugin's name, which its events carry.
    public var plugin: String
    /// The plugin's own folder, which exists.
    public var dataFolder: String
    public var config: Config
    public var log: Logger

    public init(client: DeskClient, plugin: String, dataFolder: String, config: Config, log: Logger) {
        self.client = client
        self.plugin = plugin
        self.dataFolder = dataFolder
        self.config = config
        self.log = log
    }
}

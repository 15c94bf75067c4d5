/// What a plugin says of itself in `session.hello`, and in its `manifest.json`.
public struct Manifest: Hashable, Sendable {
    /// The plugin's name; its consumer, methods and events carry it.
    public var name: String
    public var version: String
    public var summary: String
    /// Verbs it answers: `metrics` becomes `x.<name>.metrics`.
    public var methods: [Method]
    /// The streams its consumer reads; empty means all.
    public var streams: [EventStream]
    /// Where it wants to be asked before a command is done.
    public var hooks: [Hook]
    /// Events it publishes: `paged` becomes `x.<name>.paged.v1`.
    public var events: [EventType]

    /// A method that a plugin provides.
    public struct Method: Hashable, Sendable {
        public var verb: String
        public var summary: String
        /// How long a call may take before the kernel answers `provider_timeout`.
        public var timeoutMilliseconds: Int64
        /// JSON Schema of the parameters; the kernel refuses what does not fit.
        public var params: JSON?
        /// JSON Schema of the result.
        public var result: JSON?

        public init(
            _ verb: String, summary: String, timeoutMilliseconds: Int64 = 10_000, params: JSON? = nil, result: JSON? = nil
        ) {
            self.verb = verb
            self.summary = summary
            self.timeoutMilliseconds = timeoutMilliseconds
            self.params = params
            self.result = result
        }
    }

    /// A wish to be asked.
    public struct Hook: Hashable, Sendable {
        public var point: HookPoint
        /// Plugins that are to be asked after this one.
        public var before: [String]
        /// Plugins that are to be asked before this one.
        public var after: [String]
        /// How long an answer may take; 300 at most.
        public var timeoutMilliseconds: Int64

        public init(_ point: HookPoint, before: [String] = [], after: [String] = [], timeoutMilliseconds: Int64 = 300) {
            self.point = point
            self.before = before
            self.after = after
            self.timeoutMilliseconds = timeoutMilliseconds
        }
    }

    /// A type of event that a plugin publishes.
    public struct EventType: Hashable, Sendable {
        public var name: String
        public var summary: String
        /// JSON Schema of its data.
        public var schema: JSON?

        public init(_ name: String, summary: String, schema: JSON? = nil) {
            self.name = name
            self.summary = summary
            self.schema = schema
        }
    }

    public init(
        name: String, version: String, summary: String, methods: [Method] = [], streams: [EventStream] = [],
        hooks: [Hook] = [], events: [EventType] = []
    ) {
        self.name = name
        self.version = version
        self.summary = summary
        self.methods = methods
        self.streams = streams
        self.hooks = hooks
        self.events = events
    }

    /// The manifest as JSON, as it stands in `manifest.json`.
    public var json: JSON {
        var object = JSONObject([
            ("name", .string(name)), ("version", .string(version)), ("summary", .string(summary)),
            ("methods", .array(methods.map { json($0) })), ("streams", .array(streams.map { .string($0.rawValue) })),
        ])
        if !hooks.isEmpty { object["hooks"] = .array(hooks.map(\.json)) }
        if !events.isEmpty { object["events"] = .array(events.map { json($0) }) }
        return .object(object)
    }

    /// The manifest as it travels in `session.hello`: with the consumer that reads the streams.
    public var greeting: JSON {
        var object = json.object ?? JSONObject()
        object["streams"] = nil
        object["consumers"] = [.string(name)]
        return .object(object)
    }

    /// The CloudEvents type of one of its events.
    public func type(of event: String) -> String { "x.\(name).\(event).v1" }

    private func json(_ method: Method) -> JSON {
        [
            "name": .string("x.\(name).\(method.verb)"), "summary": .string(method.summary),
            "timeout_ms": .int(method.timeoutMilliseconds), "params_schema": method.params, "result_schema": method.result,
        ]
    }

    private func json(_ event: EventType) -> JSON {
        ["type": .string(type(of: event.name)), "summary": .string(event.summary), "schema": event.schema]
    }
}

extension Manifest.Hook {
    fileprivate var json: JSON {
        [
            "point": .string(point.rawValue), "before": before.isEmpty ? nil : .array(before.map { .string($0) }),
            "after": after.isEmpty ? nil : .array(after.map { .string($0) }), "timeout_ms": .int(timeoutMilliseconds),
        ]
    }
}

/// The protocol's name and version.
public enum ProtocolVersion {
    public static let major: Int64 = 1
    public static let minor: Int64 = 0
    /// `opora/1`.
    public static let name = "opora/1"
}

/// The version of the executables and of the library products.
public enum SoftwareVersion {
    public static let text = "0.1.0"
}

/// What a plugin says of itself in `session.hello`, and in its `manifest.json`.
public struct Manifest: Hashable, Sendable {
    /// The plugin's name; its consumer and methods carry it.
    public var name: String
    public var version: String
    public var summary: String
    /// Verbs it answers: `metrics` becomes `x.<name>.metrics`.
    public var methods: [Method]
    /// The streams its consumer reads; empty means all.
    public var streams: [EventStream]

    /// A method that a plugin provides.
    public struct Method: Hashable, Sendable {
        public var verb: String
        public var summary: String
        /// How long a call may take before the kernel answers `provider_timeout`.
        public var timeoutMilliseconds: Int64

        public init(_ verb: String, summary: String, timeoutMilliseconds: Int64 = 10_000) {
            self.verb = verb
            self.summary = summary
            self.timeoutMilliseconds = timeoutMilliseconds
        }
    }

    public init(
        name: String, version: String, summary: String, methods: [Method] = [], streams: [EventStream] = []
    ) {
        self.name = name
        self.version = version
        self.summary = summary
        self.methods = methods
        self.streams = streams
    }

    /// The manifest as JSON, as it stands in `manifest.json` and travels in `session.hello`.
    public var json: JSON {
        [
            "name": .string(name), "version": .string(version), "summary": .string(summary),
            "methods": .array(
                methods.map {
                    [
                        "name": .string("x.\(name).\($0.verb)"), "summary": .string($0.summary),
                        "timeout_ms": .int($0.timeoutMilliseconds),
                    ]
                }),
            "streams": .array(streams.map { .string($0.rawValue) }),
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

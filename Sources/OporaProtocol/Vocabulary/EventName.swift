/// The name of a type of event: one of the kernel's own, or one that a plugin declared.
public enum EventName: Hashable, Sendable {
    case kernel(EventType)
    /// `x.<plugin>.<event>`.
    case plugin(String)

    /// The name as it stands in topics and filters: `ticket.created`, `x.escalator.paged`. Nil for what is neither.
    public init?(_ text: String) {
        if let type = EventType(rawValue: text) {
            self = .kernel(type)
        } else {
            guard text.hasPrefix("x."), EventName.isPluginName(text) else { return nil }
            self = .plugin(text)
        }
    }

    /// The name in a CloudEvents `type`: `opora.ticket.created.v1`, `x.escalator.paged.v1`.
    public init?(cloudEventsType text: String) {
        guard text.hasSuffix(".v1") else { return nil }
        self.init(String(text.dropLast(3).trimmingPrefix("opora.")))
    }

    public var text: String {
        switch self {
        case .kernel(let type): type.rawValue
        case .plugin(let name): name
        }
    }

    public var cloudEventsType: String {
        switch self {
        case .kernel(let type): type.cloudEventsType
        case .plugin(let name): "\(name).v1"
        }
    }

    public var stream: EventStream {
        switch self {
        case .kernel(let type): type.stream
        case .plugin: .x
        }
    }

    /// The kernel's type; nil for a plugin's event.
    public var type: EventType? {
        switch self {
        case .kernel(let type): type
        case .plugin: nil
        }
    }

    /// Three parts of letters, digits, `_` and `-`, up to 160 bytes.
    private static func isPluginName(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: 0x2e, omittingEmptySubsequences: false)
        return parts.count == 3 && text.utf8.count <= 160
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.allSatisfy { byte in
                        switch byte {
                        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x5f: true
                        default: false
                        }
                    }
            }
    }
}

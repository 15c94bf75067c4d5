import OporaService

/// `tcp.*`: endpoints for other machines. They speak CURVE; there is no setting to take it away.
struct TCPSettings {
    var rpc: String?
    var events: String?

    init(reading config: Config) {
        rpc = Self.endpoint(config, "tcp.rpc")
        events = Self.endpoint(config, "tcp.events")
        if let rpc, rpc == events, !rpc.hasSuffix(":*") {
            config.reject("tcp.events", "tcp.rpc has this endpoint; take another port")
        }
    }

    private static func endpoint(_ config: Config, _ path: String) -> String? {
        guard let text = config.string(path) else { return nil }
        guard isEndpoint(text) else {
            config.reject(path, "\"\(text)\" is no endpoint; write tcp://0.0.0.0:5710, or tcp://127.0.0.1:* for any free port")
            return nil
        }
        return text
    }

    /// An address or interface, and a port or `*`.
    private static func isEndpoint(_ text: String) -> Bool {
        guard text.hasPrefix("tcp://"), let colon = text.lastIndex(of: ":") else { return false }
        let host = text[..<colon].dropFirst("tcp://".count)
        let port = text[text.index(after: colon)...]
        return !host.isEmpty && !host.contains(where: { $0.isWhitespace || $0 == "/" })
            && (port == "*" || UInt16(port).map { $0 > 0 } ?? false)
    }
}

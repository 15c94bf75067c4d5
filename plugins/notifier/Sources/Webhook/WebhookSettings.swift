import FoundationEssentials
import OporaPluginKit

/// A receiver of webhooks.
struct WebhookSettings: Sendable {
    /// What is told where nothing else is asked for.
    static let defaultEvents: Set<EventType> = [.ticketCreated, .ticketAssigned, .messageAdded, .slaWarning, .slaBreached]
    /// Bytes of a secret, after Standard Webhooks.
    static let secretBytes = 24...64

    var url: String
    /// The host and a digest of the URL: names the lane, and shows nothing secret that the URL may hold.
    var name: String
    /// The key that bodies are signed with; without one they are not signed.
    var secret: [UInt8]?
    var events: Set<EventType>

    init(url: String, host: String, secret: [UInt8]?, events: Set<EventType>) {
        self.url = url
        self.secret = secret
        self.events = events
        name = "webhook/\(host)/\(SHA256.hex(SHA256.digest(Array(url.utf8))).prefix(8))"
    }

    /// Nil where the URL is missing or wrong, which is noted in `config`.
    init?(_ config: Config, _ path: String) {
        let secret = WebhookSettings.secret(config, path)
        let events = WebhookSettings.events(config, "\(path).events")
        guard let url = config.string("\(path).url"), let address = WebAddress(url, schemes: ["http", "https"]) else {
            config.reject("\(path).url", "write http://host/path or https://host/path, without a password")
            return nil
        }
        self.init(url: url, host: address.host, secret: secret, events: events)
    }

    private static func events(_ config: Config, _ path: String) -> Set<EventType> {
        let names = config.strings(path)
        guard !names.isEmpty else { return defaultEvents }
        let known = EventType.allCases.filter { Notifier.manifest.streams.contains($0.stream) }
        var events: Set<EventType> = []
        for name in names {
            if let type = known.first(where: { $0.rawValue == name }) {
                events.insert(type)
            } else {
                config.reject(path, "\"\(name)\" is none of \(known.map(\.rawValue).joined(separator: ", "))")
            }
        }
        return events
    }

    private static func secret(_ config: Config, _ path: String) -> [UInt8]? {
        let inFile = Settings.secret(config, "\(path).secret_file")
        let inPlace = config.string("\(path).secret")
        if inFile != nil, inPlace != nil { config.reject("\(path).secret", "set secret or secret_file, not both") }
        guard let text = inFile ?? inPlace else { return nil }
        guard let key = key(text) else {
            let place = inFile == nil ? "\(path).secret" : "\(path).secret_file"
            config.reject(place, "a secret is whsec_ and then 24 to 64 bytes in Base64")
            return nil
        }
        return key
    }

    /// The key in `whsec_` and Base64; nil where the text is anything else.
    static func key(_ text: String) -> [UInt8]? {
        guard text.hasPrefix("whsec_"), let data = Data(base64Encoded: String(text.dropFirst(6))),
            secretBytes.contains(data.count)
        else { return nil }
        return [UInt8](data)
    }
}

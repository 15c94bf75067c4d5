import OporaPluginKit

/// What the operator set: where the page is served, and how often and for how long people are asked.
struct FeedbackSettings: Hashable, Sendable {
    static let dayMilliseconds: Int64 = 86_400_000
    static let hourMilliseconds: Int64 = 3_600_000

    var host = "127.0.0.1"
    /// 0 lets the system choose.
    var port = 8321
    /// Where people reach the page, without a slash at its end; nil where the page's own address will do.
    var baseURL: String?
    /// For people whose browser names neither language.
    var language = PageLanguage.en
    /// 0 asks after every solve.
    var askEveryDays: Int64 = 7
    /// 0 never reminds.
    var remindAfterHours: Int64 = 48
    var expireAfterDays: Int64 = 14

    init() {}

    init(_ config: Config) {
        host = config.string("http.host", default: host)
        port = config.int("http.port", default: port, in: 0...65_535)
        language = config.choice("language", default: language)
        askEveryDays = Int64(config.int("ask_every_days", default: Int(askEveryDays), in: 0...365))
        remindAfterHours = Int64(config.int("remind_after_hours", default: Int(remindAfterHours), in: 0...720))
        expireAfterDays = Int64(config.int("expire_after_days", default: Int(expireAfterDays), in: 1...365))
        if let given = config.string("base_url") {
            baseURL = FeedbackSettings.trimmed(given)
            if baseURL == nil {
                config.reject("base_url", "\"\(given)\" is no address; write it as https://desk.example.com/feedback")
            }
        } else if host == "0.0.0.0" || host == "::" {
            config.reject("base_url", "set it to the address that people use: http.host is \(host), which no browser can open")
        }
        if remindAfterHours >= expireAfterDays * 24 {
            config.reject("remind_after_hours", "a reminder after \(remindAfterHours) h comes after the link expires")
        }
    }

    /// An http address without query, fragment and trailing slashes; nil for anything else.
    private static func trimmed(_ text: String) -> String? {
        guard text.hasPrefix("https://") || text.hasPrefix("http://") else { return nil }
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"?#<>\"".utf8.contains($0) }
        guard isPlain else { return nil }
        var url = text
        while url.hasSuffix("/") { url.removeLast() }
        return url.hasSuffix(":") ? nil : url
    }

    /// The address of the page where nothing else is set.
    func address(boundPort: Int) -> String {
        baseURL ?? "http://\(host.contains(":") ? "[\(host)]" : host):\(boundPort)"
    }
}

import FoundationEssentials
import OporaPluginKit

/// All that can be set, checked.
struct Settings: Sendable {
    /// Webhooks at most; each has a lane of its own.
    static let webhookCount = 16

    var mail: MailSettings?
    var webhooks: [WebhookSettings]
    /// For people who have none.
    var language: Language
    var backoff: Backoff
    /// How long what ended stays in the outbox.
    var keepDays: Int

    /// Reads the settings; what is wrong is noted in `config`, whose `finish()` the caller throws.
    init(_ config: Config) {
        mail = MailSettings(config)
        language = config.choice("language", default: .en)
        backoff = Backoff(config)
        keepDays = config.int("outbox.keep_days", default: 90, in: 1...3650)
        let count = config.count("webhooks")
        if count > Settings.webhookCount { config.reject("webhooks", "no more than \(Settings.webhookCount)") }
        webhooks = (0..<count).compactMap { WebhookSettings(config, "webhooks.\($0)") }
        if Set(webhooks.map(\.name)).count < webhooks.count {
            config.reject("webhooks", "two have the same url; give one of them the events of both")
        }
        if mail == nil, count == 0 {
            config.reject("smtp.url", "nothing can be sent; set smtp.url, smtp.folder or webhooks")
        }
    }

    /// The first line of a file that holds a secret.
    static func secret(_ config: Config, _ path: String) -> String? {
        guard let file = config.string(path) else { return nil }
        guard let data = FileManager.default.contents(atPath: file), let text = String(data: data, encoding: .utf8),
            let line = text.split(whereSeparator: \.isNewline).first
        else {
            config.reject(path, "the file \(file) can't be read or is empty; check its name and its mode")
            return nil
        }
        return String(line)
    }
}

extension Backoff {
    /// `retry.pauses_s`, a list of seconds, and `retry.attempts`.
    init(_ config: Config) {
        self.init()
        attempts = config.int("retry.attempts", default: attempts, in: 1...100)
        let given = config.strings("retry.pauses_s")
        let seconds = given.compactMap { Int64($0) }.filter { (1...604_800).contains($0) }
        if seconds.count < given.count || given.count > 100 {
            config.reject("retry.pauses_s", "write up to 100 whole numbers of seconds from 1 to 604800")
        } else if !seconds.isEmpty {
            pauses = seconds.map { $0 * 1000 }
        }
    }
}

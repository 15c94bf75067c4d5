import FoundationEssentials
import OporaPluginKit

/// One call of a webhook: body and headers after Standard Webhooks 1.0.
struct WebhookRequest: Hashable, Sendable {
    var body: [UInt8]
    var headers: [String]

    /// - Parameters:
    ///   - id: the event's; the same at every try, so that the receiver knows a repeat.
    ///   - now: the time of the try, by which the receiver refuses old ones that somebody plays again.
    init(id: String, body: [UInt8], secret: [UInt8]?, now: Timestamp) {
        self.body = body
        let id = WebhookRequest.headerSafe(id)
        let time = String(now.rawValue.dividedFloor(by: 1000))
        headers = [
            "Content-Type: application/json", "User-Agent: opora-notifier/\(SoftwareVersion.text)", "Expect:",
            "webhook-id: \(id)", "webhook-timestamp: \(time)",
        ]
        if let secret {
            let signature = WebhookRequest.signature(id: id, time: time, body: body, secret)
            headers.append("webhook-signature: \(signature)")
        }
    }

    /// `v1,` and the Base64 of HMAC-SHA256 over `id.time.body`.
    static func signature(id: String, time: String, body: [UInt8], _ secret: [UInt8]) -> String {
        "v1," + Data(SHA256.hmac(key: secret, Array("\(id).\(time).".utf8) + body)).base64EncodedString()
    }

    private static func headerSafe(_ text: String) -> String {
        String(text.unicodeScalars.filter { $0.value > 0x20 && $0.value < 0x7f }.map(Character.init))
    }

    /// What a receiver's answer means. Only 410 says that it never wants this again.
    static func outcome(_ answer: CurlAnswer) -> Outcome {
        if answer.wasStopped { return .stopped }
        switch answer.response {
        case 200..<300: return .sent
        case 410: return .refused("the receiver answered 410: it is gone")
        case 1...: return .failed("the receiver answered \(answer.response)")
        default: return .failed(answer.words)
        }
    }
}

/// A receiver of webhooks as a way out of the desk.
struct WebhookOutlet: Outlet {
    /// A receiver that takes longer has failed.
    static let timeoutMilliseconds = 10_000

    let settings: WebhookSettings

    func deliver(_ delivery: Delivery, now: Timestamp) async throws(CallError) -> Outcome {
        let id = delivery.draft.data["id"]?.string ?? delivery.draft.key
        let request = WebhookRequest(id: id, body: delivery.draft.data.bytes, secret: settings.secret, now: now)
        let wire = CurlWire()
        let answer = await wire.perform(
            CurlOrder(
                url: settings.url, body: request.body, kind: .post(headers: request.headers),
                timeoutMilliseconds: WebhookOutlet.timeoutMilliseconds))
        await wire.close()
        return WebhookRequest.outcome(answer)
    }
}

/// For rows whose webhook was taken out of the settings: they end, visibly.
struct MissingOutlet: Outlet {
    let reason: SkipReason

    func deliver(_ delivery: Delivery, now: Timestamp) async throws(CallError) -> Outcome { .skipped(reason) }
}

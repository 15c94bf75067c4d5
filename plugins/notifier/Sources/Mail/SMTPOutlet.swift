import OporaPluginKit

/// A mail server as a way out of the desk. The connection is kept while there is more to send.
struct SMTPOutlet: Outlet {
    /// For one mail, the server's own checks of it included.
    static let timeoutMilliseconds = 60_000

    let settings: SMTPSettings
    let renderer: MailRenderer
    private let wire = CurlWire()

    init(settings: SMTPSettings, renderer: MailRenderer) {
        self.settings = settings
        self.renderer = renderer
    }

    func deliver(_ delivery: Delivery, now: Timestamp) async throws(CallError) -> Outcome {
        switch try await renderer.mail(delivery) {
        case .skip(let reason): .skipped(reason)
        case .mail(let mail): SMTPOutlet.outcome(await wire.perform(order(mail)))
        }
    }

    func rest() async { await wire.close() }

    private func order(_ mail: Mail) -> CurlOrder {
        CurlOrder(
            url: settings.url, body: mail.bytes,
            kind: .mail(
                .init(
                    from: "<\(mail.from.address)>", to: "<\(mail.to.address)>", tls: settings.tls,
                    certificates: settings.certificates, user: settings.user, password: settings.password)),
            timeoutMilliseconds: SMTPOutlet.timeoutMilliseconds)
    }

    /// What the server's answer means. A mail is given up only where the server refused this mail; a wrong password,
    /// a demand for TLS or a server that refuses everybody is for people to put right, and the mail waits.
    static func outcome(_ answer: CurlAnswer) -> Outcome {
        if answer.wasStopped { return .stopped }
        if answer.result == 0 { return .sent }
        let refusesMail = answer.result == Result.sendError || (answer.result == Result.weirdReply && answer.isBodyOut)
        let isPermanent = (500..<600).contains(answer.response) && !settingsCodes.contains(answer.response)
        guard answer.response >= 400 else { return .failed("the mail server gave no usable answer: \(answer.words)") }
        let words = "the mail server answered \(answer.response)"
        return refusesMail && isPermanent ? .refused(words) : .failed("\(words): \(answer.words)")
    }

    /// Numbers of libcurl: after MAIL, RCPT or DATA was refused, and after the whole mail was.
    private enum Result {
        static let sendError: UInt32 = 55
        static let weirdReply: UInt32 = 8
    }

    /// Authentication or encryption wanted (RFC 4954, 3207, 8314).
    private static let settingsCodes: Set<Int> = [523, 530, 534, 535, 538]
}

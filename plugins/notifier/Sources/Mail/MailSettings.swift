import FoundationEssentials
import OporaPluginKit

/// The way that mail takes.
enum MailSettings: Sendable {
    case server(SMTPSettings)
    /// Mail is written into a folder, one file each, for desks without a mail server.
    case folder(path: String, from: Mailbox)

    /// Who all mail is from.
    var from: Mailbox {
        switch self {
        case .server(let settings): settings.from
        case .folder(_, let from): from
        }
    }

    init?(_ config: Config) {
        let url = config.string("smtp.url")
        let folder = config.string("smtp.folder")
        let from = Mailbox(parsing: config.string("smtp.from", default: "Opora <opora@localhost>"))
        if from == nil { config.reject("smtp.from", "write an address as in: Help desk <help@example.org>") }
        let server = SMTPSettings(config, url: url ?? "", from: from ?? Mailbox(name: "", address: ""))
        if url != nil, config.string("smtp.from") == nil { config.reject("smtp.from", "mail needs a sender; set smtp.from") }
        if url != nil, folder != nil { config.reject("smtp.folder", "set smtp.url or smtp.folder, not both") }
        if let folder {
            self = .folder(path: folder, from: server.from)
        } else if url != nil {
            self = .server(server)
        } else {
            return nil
        }
    }
}

/// The mail server and how to speak to it.
struct SMTPSettings: Sendable {
    /// How the connection is protected.
    enum Protection: String, CaseIterable, Sendable {
        /// STARTTLS where the server offers it, whatever its certificate: against listeners, not against impostors.
        case opportunistic
        /// TLS with a valid certificate, or nothing is sent.
        case required
        case none
    }

    var url: String
    var from: Mailbox
    var user: String?
    var password: String?
    var tls: Protection
    /// Certificates of a private authority.
    var certificates: String?

    init(_ config: Config, url: String, from: Mailbox) {
        self.url = url
        self.from = from
        user = config.string("smtp.user")
        password = Settings.secret(config, "smtp.password_file")
        tls = config.choice("smtp.tls", default: user == nil ? .opportunistic : .required)
        certificates = config.string("smtp.ca_file")
        guard !url.isEmpty else { return }
        let address = WebAddress(url, schemes: ["smtp", "smtps"])
        if address == nil { config.reject("smtp.url", "write smtp://host:port or smtps://host:port, without a password") }
        if (user == nil) != (password == nil) {
            config.reject("smtp.user", "smtp.user and smtp.password_file belong together; set both or none")
        }
        if user != nil, tls != .required, address?.isLoopback == false {
            config.reject("smtp.tls", "a password is sent only over smtp.tls: required")
        }
    }
}

/// A URL of a server, as far as the settings check it.
struct WebAddress: Sendable {
    var host: String
    var isLoopback: Bool { host == "localhost" || host == "[::1]" || host == "::1" || host.hasPrefix("127.") }

    /// Nil where the scheme is another one, there is no host, or a password or a control character is inside.
    init?(_ text: String, schemes: [String]) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }), text.utf8.count <= 2000, let url = URL(string: text),
            let scheme = url.scheme?.lowercased(), schemes.contains(scheme), let host = url.host, !host.isEmpty,
            url.user == nil, url.password == nil
        else { return nil }
        self.host = host.lowercased()
    }
}

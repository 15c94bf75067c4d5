import OporaPluginKit

/// The configuration files that a new desk begins with. Each is written once and is the user's from then on.
enum DeskConfig {
    /// The kernel's: an identity and a role for each plugin.
    /// - Parameter keys: the plugins' public keys.
    static func kernel(_ folder: DeskFolder, keys: [(service: DeskService, key: String)]) -> String {
        var text = """
            # The kernel's settings. Written by `opora up` once; edit it and start again.
            # Whoever runs the kernel is the identity `owner`, with every right, and needs no entry here.
            data_dir: \(quoted(folder.data(.kernel)))
            run_dir: \(quoted(folder.run))

            # Who may connect with which CURVE key. A plugin's pair lies in keys/.
            identities:

            """
        for (service, key) in keys {
            text += """
                  - name: \(service.name)
                    key: \(quoted(key))
                    roles: [\(service.name)]

                """
        }
        text += """

            # What a role may call (`ticket.*`, `*.get` and `*` are allowed) and whose events it may read; what is not here is
            # forbidden. The roles operator, plugin, reporter and integrator are there without being written. More: docs/operating.md.
            roles:

            """
        for (service, _) in keys {
            let methods = service.methods.map { $0.contains("*") ? quoted($0) : $0 }.joined(separator: ", ")
            text += """
                  \(service.name):
                    methods: [\(methods)]
                    streams: [\(service.streams.map(\.rawValue).joined(separator: ", "))]

                """
        }
        return text
    }

    /// A plugin's.
    /// - Parameters:
    ///   - language: of the texts that it sends to people.
    ///   - port: where it listens, should it be one that does.
    static func plugin(_ service: DeskService, _ folder: DeskFolder, language: Language, port: Int) -> String {
        var head = "# Settings of the \(service.name) plugin. Written by `opora up` once; edit it and start again.\n"
        if [.notifier, .escalator, .feedback].contains(service) { head += "language: \(language.rawValue)\n" }
        switch service {
        case .notifier:
            return head + """
                smtp:
                  # Mail is written into this folder, one file each. For a real server see plugins/notifier/README.md.
                  folder: \(quoted(folder.mail))

                """
        case .feedback:
            return head + """
                http:
                  # The survey page.
                  port: \(port)

                """
        case .alertmanager:
            return head + """
                language = \(quoted(language.rawValue))

                [http]
                # Where Alertmanager sends its webhooks: http://127.0.0.1:\(port)/webhook
                port = \(port)

                """
        case .kernel, .escalator, .reporter: return head
        }
    }

    /// A text as YAML and JSON both write it.
    private static func quoted(_ text: String) -> String { JSON.string(text).text }
}

import OporaProtocol

/// The kernel's methods as `rpc.discover` shows them, read once from what was generated.
enum Discovered {
    /// The description of each method, by name.
    static let methods: [String: JSON] = {
        let all = description["methods"]?.array ?? []
        return Dictionary(all.map { ($0["name"]?.string ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    }()

    /// The shapes that they share.
    static let components: JSON = description["components"] ?? [:]

    private static let description: JSON = MethodDescriptions.openRPC.withUTF8Buffer { text in
        (try? JSONParser.parse(Array(text))) ?? [:]
    }
}

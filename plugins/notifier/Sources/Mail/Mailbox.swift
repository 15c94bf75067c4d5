/// A name and an address, as they stand in From and To.
struct Mailbox: Hashable, Sendable {
    /// Empty where there is none.
    var name: String
    /// Printable ASCII without anything that could end a header or a command.
    var address: String

    init(name: String, address: String) {
        self.name = name
        self.address = address
    }

    /// A person's address; nil where mail can't be sent to it.
    init?(name: String, checking address: String) {
        guard Mailbox.isUsable(address) else { return nil }
        self.init(name: name, address: address)
    }

    /// Reads `Help desk <help@example.org>` or `help@example.org`.
    init?(parsing text: String) {
        guard let open = text.lastIndex(of: "<") else {
            self.init(name: "", checking: text)
            return
        }
        guard text.last == ">" else { return nil }
        let address = text[text.index(after: open)...].dropLast()
        let name = text[..<open].split(separator: " ").joined(separator: " ")
        self.init(name: String(name.drop { $0 == "\"" }.reversed().drop { $0 == "\"" }.reversed()), checking: String(address))
    }

    private static func isUsable(_ address: String) -> Bool {
        guard address.utf8.count <= 254, let at = address.lastIndex(of: "@") else { return false }
        let local = address[..<at]
        let domain = address[address.index(after: at)...]
        guard !local.isEmpty, local.utf8.count <= 64, !domain.isEmpty, !local.contains("@") else { return false }
        return address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"<>()[],;:\\\"".utf8.contains($0) }
    }
}

import OporaProtocol

/// A CURVE public key in Z85, 40 characters, checked.
public struct PublicKey: Hashable, Sendable, CustomStringConvertible {
    /// The 40 characters.
    public let text: String
    /// 8 hexadecimal digits that tell one key from another: the first four bytes of the key.
    public let fingerprint: String

    private static let alphabet = Array(
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#".utf8)

    /// Nil where the text is no key.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 40 else { return nil }
        var groups: [UInt32] = []
        for start in stride(from: 0, to: 40, by: 5) {
            var value: UInt64 = 0
            for byte in bytes[start..<start + 5] {
                guard let digit = PublicKey.alphabet.firstIndex(of: byte) else { return nil }
                value = value * 85 + UInt64(digit)
            }
            guard let group = UInt32(exactly: value) else { return nil }
            groups.append(group)
        }
        self.text = text
        fingerprint = groups[0].hexadecimal
    }

    public var description: String { text }
}

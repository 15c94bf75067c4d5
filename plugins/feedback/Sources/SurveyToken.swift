/// The secret part of a link: 32 random bytes in base64url.
enum SurveyToken {
    static let bytes = 32
    /// 32 bytes in base64url without padding.
    static let characters = 43
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

    /// A new one, from the system's generator.
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        return text((0..<bytes).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    /// Base64url without padding (RFC 4648, section 5).
    static func text(_ bytes: [UInt8]) -> String {
        var out = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let chunk = bytes[start..<min(start + 3, bytes.count)]
            var word = chunk.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            word <<= UInt32(3 - chunk.count) * 8
            for index in 0...chunk.count { out.append(alphabet[Int(word >> UInt32(18 - 6 * index)) & 63]) }
        }
        return out
    }

    /// True for a text that can be a token; nothing else is looked up.
    static func isPlausible(_ text: some StringProtocol) -> Bool {
        text.utf8.count == characters && text.allSatisfy { alphabet.contains($0) }
    }
}

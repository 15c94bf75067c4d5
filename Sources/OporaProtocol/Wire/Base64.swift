/// Base64 with `+`, `/` and padding (RFC 4648, section 4): how bytes travel in JSON.
public enum Base64 {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The value of each digit; 255 for a byte that is none.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()

    /// Characters that so many bytes take.
    public static func characters(of bytes: Int) -> Int { (bytes + 2) / 3 * 4 }

    public static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(characters(of: bytes.count))
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            var group = UInt32(bytes[start]) << 16
            if count > 1 { group |= UInt32(bytes[start + 1]) << 8 }
            if count > 2 { group |= UInt32(bytes[start + 2]) }
            for place in 0..<4 {
                text.append(place <= count ? digits[Int(group >> UInt32(18 - 6 * place) & 63)] : 0x3d)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes, or nil for a text that is no whole Base64: wrong letters, wrong length, padding in the middle, bits left over.
    public static func decode(_ text: String) -> [UInt8]? {
        let source = Array(text.utf8)
        guard source.count % 4 == 0 else { return nil }
        let padding = source.suffix(2).count { $0 == 0x3d }
        if padding == 2, source.last != 0x3d || source[source.count - 2] != 0x3d { return nil }
        if padding == 1, source.last != 0x3d { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count / 4 * 3)
        for start in stride(from: 0, to: source.count, by: 4) {
            let empty = start + 4 == source.count ? padding : 0
            var group: UInt32 = 0
            for place in 0..<(4 - empty) {
                let value = values[Int(source[start + place])]
                guard value < 64 else { return nil }
                group |= UInt32(value) << UInt32(18 - 6 * place)
            }
            let parts = [UInt8(group >> 16 & 255), UInt8(group >> 8 & 255), UInt8(group & 255)]
            // What does not fit into a byte must be nothing: else two texts would mean the same bytes.
            guard parts.suffix(empty).allSatisfy({ $0 == 0 }) else { return nil }
            bytes += parts.prefix(3 - empty)
        }
        return bytes
    }
}

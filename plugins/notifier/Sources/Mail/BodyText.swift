import FoundationEssentials

/// The text of a mail as it travels: ASCII lines of at most 76 characters that end with CRLF.
struct BodyText: Hashable, Sendable {
    /// The value of Content-Transfer-Encoding.
    var encoding: String
    var lines: String

    private static let lineBytes = 76

    /// Mostly ASCII stays readable as quoted-printable; other scripts are shorter as Base64.
    init(_ text: String) {
        let normal = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        let others = normal.utf8.count { $0 >= 0x80 }
        if others * 6 <= normal.utf8.count {
            encoding = "quoted-printable"
            lines = normal.split(separator: "\n", omittingEmptySubsequences: false)
                .map { BodyText.quotedPrintable($0) }.joined(separator: "\r\n")
        } else {
            encoding = "base64"
            let data = Data(normal.replacing("\n", with: "\r\n").utf8)
            lines = BodyText.wrapped(data.base64EncodedString())
        }
    }

    private static func wrapped(_ text: String) -> String {
        let bytes = Array(text.utf8)
        return stride(from: 0, to: bytes.count, by: lineBytes).map { start in
            String(decoding: bytes[start..<min(start + lineBytes, bytes.count)], as: UTF8.self)
        }.joined(separator: "\r\n")
    }

    /// One line after RFC 2045 6.7. A dot or `From` at its start is encoded too, so that no relay takes it for a sign.
    private static func quotedPrintable(_ line: Substring) -> String {
        let bytes = Array(line.utf8)
        var out: [UInt8] = []
        var column = 0
        for (index, byte) in bytes.enumerated() {
            let isLast = index == bytes.count - 1
            let isSpace = byte == 0x20 || byte == 0x09
            let isSign = column == 0 && (byte == 0x2e || byte == 0x46)
            let isPlain = byte >= 0x20 && byte < 0x7f && byte != 0x3d && !isSign || byte == 0x09
            let piece = isPlain && !(isSpace && isLast) ? [byte] : Array("=\(hex(byte))".utf8)
            if column + piece.count > lineBytes - 1 {
                out += Array("=\r\n".utf8)
                column = 0
            }
            out += piece
            column += piece.count
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func hex(_ byte: UInt8) -> String { SHA256.hex([byte]).uppercased() }
}

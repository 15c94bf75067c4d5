/// What kind of file some bytes are, as far as their beginning tells.
public enum MediaType {
    /// Bytes from the beginning of a file that are enough to tell.
    public static let headBytes = 512

    /// How a file begins whose kind can be told, and which types it may be called then.
    private struct Signature {
        let bytes: [UInt8]
        let types: Set<String>
        var offset = 0

        func fits(_ head: [UInt8]) -> Bool {
            head.count >= offset + bytes.count && Array(head[offset..<offset + bytes.count]) == bytes
        }
    }

    private static let zipTypes: Set<String> = [
        "application/zip", "application/epub+zip", "application/java-archive", "application/vnd.android.package-archive",
        "application/x-zip-compressed",
    ]
    private static let zipPrefixes = ["application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."]

    private static let signatures: [Signature] = [
        Signature(bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], types: ["image/png"]),
        Signature(bytes: [0xff, 0xd8, 0xff], types: ["image/jpeg"]),
        Signature(bytes: Array("GIF87a".utf8), types: ["image/gif"]),
        Signature(bytes: Array("GIF89a".utf8), types: ["image/gif"]),
        Signature(bytes: Array("WEBP".utf8), types: ["image/webp"], offset: 8),
        Signature(bytes: Array("%PDF-".utf8), types: ["application/pdf"]),
        Signature(bytes: [0x50, 0x4b, 0x03, 0x04], types: zipTypes),
        Signature(bytes: [0x50, 0x4b, 0x05, 0x06], types: zipTypes),
        Signature(
            bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
            types: [
                "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint", "application/vnd.ms-outlook",
            ]),
        Signature(bytes: [0x1f, 0x8b], types: ["application/gzip", "application/x-gzip"]),
        Signature(bytes: [0x4d, 0x5a], types: ["application/x-msdownload", "application/vnd.microsoft.portable-executable"]),
        Signature(bytes: [0x7f, 0x45, 0x4c, 0x46], types: ["application/x-elf", "application/x-executable"]),
        Signature(bytes: Array("#!".utf8), types: ["text/x-shellscript", "application/x-sh", "text/x-python"]),
    ]

    /// Types that nothing but their own signature may be called.
    private static let told: Set<String> = [
        "image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "application/zip",
    ]

    /// Whether a text is a media type: `type/subtype`, lower case, without parameters.
    public static func isValid(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: 0x2f, omittingEmptySubsequences: false)
        return parts.count == 2 && text.utf8.count <= 127
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.allSatisfy { byte in
                        switch byte {
                        case 0x30...0x39, 0x61...0x7a, 0x2b, 0x2d, 0x2e, 0x5f: true
                        default: false
                        }
                    }
            }
    }

    /// The type that the beginning of a file gives away; nil where it gives none away.
    public static func told(by head: [UInt8]) -> String? {
        guard let signature = signatures.first(where: { $0.fits(head) }) else { return nil }
        return signature.types == zipTypes ? "application/zip" : signature.types.sorted().first
    }

    /// Whether a file that begins so may be called that: a page of script is no picture, and a program no text.
    public static func fits(_ type: String, _ head: [UInt8]) -> Bool {
        if let signature = signatures.first(where: { $0.fits(head) }) {
            if type == "application/octet-stream" { return true }
            if signature.types.contains(type) { return true }
            if signature.types == zipTypes { return zipPrefixes.contains { type.hasPrefix($0) } }
            // A script is a text, too.
            return signature.bytes == Array("#!".utf8) && type == "text/plain"
        }
        if told.contains(type) || zipTypes.contains(type) || zipPrefixes.contains(where: { type.hasPrefix($0) }) { return false }
        if type.hasPrefix("text/") { return isText(head) }
        return true
    }

    /// Whether bytes are the beginning of a text: no zero bytes and hardly any other control characters.
    private static func isText(_ head: [UInt8]) -> Bool {
        // UTF-16 has zero bytes and says so.
        if head.starts(with: [0xff, 0xfe]) || head.starts(with: [0xfe, 0xff]) { return true }
        return !head.contains { $0 < 0x09 || ($0 > 0x0d && $0 < 0x20 && $0 != 0x1b) }
    }
}

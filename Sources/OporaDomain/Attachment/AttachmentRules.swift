public import OporaProtocol

/// What files a desk takes. The operator sets it; the rules are the same for everybody.
public struct AttachmentRules: Hashable, Sendable {
    /// Bytes of one file.
    public var maxBytes: Int64
    /// Media types that are refused; `image/*` stands for all of a kind.
    public var refusedTypes: Set<String>
    /// Ends of names that are refused, in lower case, without the dot.
    public var refusedExtensions: Set<String>
    /// How long a file is kept that no message has taken.
    public var looseMilliseconds: Int64

    /// Programs and scripts that a click starts.
    public static let programs: Set<String> = [
        "bat", "cmd", "com", "cpl", "exe", "hta", "jar", "js", "jse", "lnk", "msi", "pif", "ps1", "reg", "scr", "vb", "vbe",
        "vbs",
        "wsf",
    ]

    public init(
        maxBytes: Int64 = Limits.attachmentBytes,
        refusedTypes: Set<String> = [
            "application/x-msdownload", "application/vnd.microsoft.portable-executable", "application/x-elf",
            "application/x-executable",
        ], refusedExtensions: Set<String> = programs, looseMilliseconds: Int64 = Limits.looseAttachmentMilliseconds
    ) {
        self.maxBytes = maxBytes
        self.refusedTypes = refusedTypes
        self.refusedExtensions = refusedExtensions
        self.looseMilliseconds = looseMilliseconds
    }

    /// Refuses a file by what is said of it, before a byte has come.
    public func check(name: String, mediaType: String, size: Int64) throws(Rejection) {
        guard size <= maxBytes else {
            throw .validation(member: "size", reason: "the desk takes files of up to \(maxBytes) bytes, this one has \(size)")
        }
        guard MediaType.isValid(mediaType) else {
            throw .validation(member: "media_type", reason: "must be a type such as image/png, in lower case")
        }
        guard !isRefused(mediaType) else {
            throw .validation(member: "media_type", reason: "the desk does not take files of type \(mediaType)")
        }
        // A path would let a careless client write somewhere else; a dot at the end hides the real extension.
        guard !name.contains("/"), !name.contains("\\"), name != ".", name != ".." else {
            throw .validation(member: "name", reason: "must be the name of a file without folders")
        }
        let trimmed = name.lowercased().reversed().drop { $0 == "." || $0 == " " }.reversed()
        let parts = String(trimmed).split(separator: ".", omittingEmptySubsequences: false)
        if parts.count > 1, let last = parts.last, refusedExtensions.contains(String(last)) {
            throw .validation(member: "name", reason: "the desk does not take files that end in .\(last)")
        }
    }

    /// Refuses a file whose bytes are not what it is called.
    public func check(mediaType: String, head: [UInt8]) throws(Rejection) {
        if let told = MediaType.told(by: head), isRefused(told) {
            throw .validation(member: "media_type", reason: "the desk does not take files of type \(told), which this one is")
        }
        guard MediaType.fits(mediaType, head) else {
            let truth = MediaType.told(by: head).map { ", but of \($0)" } ?? ""
            throw .validation(member: "media_type", reason: "the bytes are not those of \(mediaType)\(truth)")
        }
    }

    private func isRefused(_ type: String) -> Bool {
        let kind = type.prefix { $0 != "/" }
        return refusedTypes.contains(type) || refusedTypes.contains("\(kind)/*")
    }
}

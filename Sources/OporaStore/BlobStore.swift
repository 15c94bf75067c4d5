public import OporaProtocol

/// Where the bytes of attachments are: whole ones by their SHA-256, each once, and those that are still coming.
///
/// Safe to call from any thread. A failure leaves what is there as it was.
public protocol BlobStore: Sendable {
    /// Bytes that have come of an upload so far.
    func received(_ upload: AttachmentID) throws(StoreError) -> Int64
    /// Adds bytes to an upload that has exactly `offset` of them, and returns how many there are now; where it has another
    /// number, adds nothing and returns that.
    func append(_ bytes: [UInt8], to upload: AttachmentID, at offset: Int64) throws(StoreError) -> Int64
    /// The digest of what has come of an upload.
    func digest(_ upload: AttachmentID) throws(StoreError) -> BlobDigest
    /// Puts an upload among the whole ones under its digest. When this returns, it is on disk. Doing it again does no harm. What
    /// came stays an upload as well until `drop`.
    func seal(_ upload: AttachmentID, as sha256: String) throws(StoreError)
    /// Whether a whole one is there.
    func has(_ sha256: String) throws(StoreError) -> Bool
    /// A part of a whole one; shorter at its end. Nil where there is none.
    func read(_ sha256: String, at offset: Int64, count: Int) throws(StoreError) -> [UInt8]?
    /// Takes an upload away, if it is there.
    func drop(_ upload: AttachmentID) throws(StoreError)
    /// Takes a whole one away, if it is there.
    func remove(_ sha256: String) throws(StoreError)
}

/// What an upload is so far.
public struct BlobDigest: Hashable, Sendable {
    public var bytes: Int64
    public var sha256: String
    /// Its first bytes.
    public var head: [UInt8]

    public init(bytes: Int64, sha256: String, head: [UInt8]) {
        self.bytes = bytes
        self.sha256 = sha256
        self.head = head
    }
}

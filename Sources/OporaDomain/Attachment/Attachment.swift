public import OporaProtocol
public import OporaTime

/// A file that belongs to a message, or that somebody is sending. Its bytes are kept outside the database, by their SHA-256.
///
/// It belongs to whoever began to send it until a message takes it; from then on whoever may read the message may read it.
public struct Attachment: Hashable, Sendable {
    public enum State: String, CaseIterable, Sendable {
        /// Bytes are still coming.
        case uploading
        /// All bytes are there and are what was announced.
        case ready
        /// Erased: the collector takes it away.
        case dropped
    }

    public var id: AttachmentID
    /// Who sends it: `user/U-7` or `plugin/mailgate`.
    public var uploader: String
    /// Of its bytes, 64 hexadecimal digits.
    public var sha256: String
    /// Bytes.
    public var size: Int64
    /// As the sender says and as its first bytes bear out, e.g. `image/png`.
    public var mediaType: String
    /// The name of the file for people; no path.
    public var name: String
    public var state: State
    /// The message that has it; nil while it is loose.
    public var message: MessageID?
    public var createdAt: Timestamp

    public init(
        id: AttachmentID, uploader: String, sha256: String, size: Int64, mediaType: String, name: String,
        state: State = .uploading, message: MessageID? = nil, createdAt: Timestamp
    ) {
        self.id = id
        self.uploader = uploader
        self.sha256 = sha256
        self.size = size
        self.mediaType = mediaType
        self.name = name
        self.state = state
        self.message = message
        self.createdAt = createdAt
    }

    /// Makes it a message's. Only its sender can, once, and only when all of it is there.
    public mutating func attach(to message: MessageID, by actor: String) throws(Rejection) {
        // Whoever did not send it learns nothing of it, not even that it is there.
        guard uploader == actor, state != .dropped else { throw .notFound(kind: "attachment", id: "\(id)") }
        guard self.message == nil else {
            throw .validation(member: "attachments", reason: "\(id) belongs to a message already; send the file again")
        }
        guard state == .ready else {
            throw .validation(member: "attachments", reason: "\(id) is not sent in full; end it with attachment.finish")
        }
        self.message = message
    }

    /// Forgets all that says something of a person. The collector frees the bytes, unless another attachment has the same ones.
    public mutating func erase() {
        uploader = ""
        name = ""
        message = nil
        state = .dropped
        createdAt = Timestamp(0)
    }
}

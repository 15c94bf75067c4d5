import OporaDomain
import OporaProtocol

extension JSONWriter {
    /// An attachment as callers see it.
    mutating func attachment(_ attachment: Attachment) {
        beginObject()
        member("id", attachment.id.description)
        member("name", attachment.name)
        member("media_type", attachment.mediaType)
        member("size", attachment.size)
        member("sha256", attachment.sha256)
        member("state", attachment.state.rawValue)
        if let message = attachment.message { member("message", message.description) }
        member("created_at", attachment.createdAt)
        endObject()
    }
}

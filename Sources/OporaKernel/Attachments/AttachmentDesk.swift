import Logging
public import OporaDomain
import OporaProtocol
public import OporaStore
import OporaTime

/// The kernel's side of attachments: what files the desk takes, and where their bytes are.
public struct AttachmentDesk: Sendable {
    public var rules: AttachmentRules
    public var blobs: any BlobStore

    public init(_ blobs: any BlobStore, rules: AttachmentRules = AttachmentRules()) {
        self.blobs = blobs
        self.rules = rules
    }

    /// Bytes of an attachment that have come.
    func received(_ attachment: Attachment) throws(StoreError) -> Int64 {
        attachment.state == .ready ? attachment.size : try blobs.received(attachment.id)
    }
}

extension Writer {
    /// Takes away what nobody wants any more: files that no message took in time, and erased ones. True where more are waiting.
    ///
    /// Bytes go before the row that names them: after a crash in between the row is still there, and is taken up again. Begun
    /// uploads have a row, and rows are made on this thread alone, so nobody can come to need the bytes meanwhile.
    func collectAttachments() throws(StoreError) -> Bool {
        let desk = kernel.attachments
        let old = kernel.clock.now - desk.rules.looseMilliseconds
        let loose = try store.looseAttachments(before: old, limit: Limits.collectedAttachments)
        if loose.isEmpty { return false }
        var commit = Commit()
        for attachment in loose {
            try desk.blobs.drop(attachment.id)
            if try !store.isShared(attachment) { try desk.blobs.remove(attachment.sha256) }
            // Rows go one by one, so that of two with the same bytes the last one takes them along.
            commit.removedAttachments = [attachment.id]
            try store.apply(commit)
        }
        kernel.log.info("files that nobody needs were removed", metadata: ["files": "\(loose.count)"])
        return loose.count == Limits.collectedAttachments
    }
}

import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Announcing files, and giving them to messages. Their bytes never pass the writer.
enum AttachmentCommands {
    static let all: [CommandMethod] = [
        CommandMethod(
            "attachment.begin", "name media_type size sha256", "Announces a file; says how much of it is there already."
        ) { try begin(&$0) }
    ]

    /// What the kernel does by itself once the bytes were checked. No caller can name it.
    static let own: [String: CommandMethod] = [
        AttachmentQueries.sealed: CommandMethod(AttachmentQueries.sealed, "attachment", "Notes that all bytes are on disk.") {
            context in
            var attachment = try context.loose(try context.params.id("attachment"))
            if attachment.state == .uploading {
                attachment.state = .ready
                // Should this transaction fail, the file is sent anew.
                try context.attachments.blobs.drop(attachment.id)
                context.commit.attachments.append(attachment)
            }
            context.answer(attachment, received: attachment.size)
        }
    ]

    private static func begin(_ context: inout CommandContext) throws {
        let params = context.params
        let name = try params.text("name", max: Limits.fileNameCharacters)
        _ = try params.line("name")
        let type = try params.text("media_type", max: 127)
        let size = try params.int("size", in: 1...Limits.safeInteger)
        let sha256 = try params.text("sha256", max: 64)
        guard SHA256.isHex(sha256) else {
            throw RPCError.invalid("/sha256", "format", "must be 64 hexadecimal digits in lower case")
        }
        try context.attachments.rules.check(name: name, mediaType: type, size: size)
        let uploader = try context.cause().actor
        let loose = try context.store.looseAttachments(of: uploader, limit: Limits.looseAttachments)
        // The same file again goes on where it was left, be it after a crash of the caller or of the kernel.
        if let known = loose.first(where: { $0.isSame(name: name, type, size: size, sha256) }) {
            return context.answer(known, received: try context.attachments.received(known))
        }
        guard loose.count < Limits.looseAttachments else {
            throw RPCError(
                .quotaExceeded,
                "\(uploader) has sent \(loose.count) files that no message has; use some, or wait until the kernel has forgotten them"
            )
        }
        context.state.ids.attachment += 1
        let attachment = Attachment(
            id: AttachmentID(rawValue: context.state.ids.attachment), uploader: uploader, sha256: sha256, size: size,
            mediaType: type, name: name, createdAt: context.now)
        // The number may have been another's, whose bytes a crash left behind.
        try context.attachments.blobs.drop(attachment.id)
        context.commit.attachments.append(attachment)
        context.answer(attachment, received: 0)
    }
}

extension Attachment {
    fileprivate func isSame(name: String, _ type: String, size: Int64, _ sha256: String) -> Bool {
        self.sha256 == sha256 && self.name == name && mediaType == type && self.size == size && state != .dropped
    }
}

extension CommandContext {
    /// An attachment that the caller sends and that no message has.
    fileprivate mutating func loose(_ id: AttachmentID) throws -> Attachment {
        guard let found = try store.attachment(id), found.uploader == (try cause().actor), found.message == nil,
            found.state != .dropped
        else { throw Rejection.notFound(kind: "attachment", id: "\(id)") }
        return found
    }

    fileprivate mutating func answer(_ attachment: Attachment, received: Int64) {
        result.name("attachment")
        result.attachment(attachment)
        result.member("received", received)
        result.member("chunk_bytes", Int64(Limits.attachmentChunkBytes))
    }

    /// Gives the files that `attachments` names to a new message.
    mutating func attach(to message: inout Message) throws {
        guard let ids: [AttachmentID] = try params.ids("attachments", max: Limits.attachmentsPerMessage), !ids.isEmpty else {
            return
        }
        guard Set(ids).count == ids.count else { throw RPCError.invalid("/attachments", "format", "names a file twice") }
        let actor = try cause().actor
        for id in ids {
            guard var attachment = try store.attachment(id) else { throw Rejection.notFound(kind: "attachment", id: "\(id)") }
            try attachment.attach(to: message.id, by: actor)
            commit.attachments.append(attachment)
            message.attachments.append(attachment)
        }
    }

    /// Erases the files of a message: what they were called goes at once, their bytes with the next round of the collector,
    /// which begins right after this command.
    mutating func eraseAttachments(of message: Message) {
        for var attachment in message.attachments {
            attachment.erase()
            commit.attachments.append(attachment)
        }
    }
}

import OporaDomain
import OporaProtocol
import OporaStore
import OporaThreads
import OporaTime

/// Sending the bytes of files, and reading them. Runs on the readers' threads: the writer is never held up by a file.
enum AttachmentQueries {
    /// What the writer does once the bytes were checked.
    static let sealed = "$attachment.sealed"

    static let all: [QueryMethod] = [
        QueryMethod("attachment.put", "attachment offset data", "Sends a piece of a file; repeats do no harm.") { try put(&$0) },
        QueryMethod("attachment.finish", "attachment", "Checks that all of a file is there and is what was announced.") {
            try finish(&$0)
        },
        QueryMethod("attachment.get", "attachment offset? length?", "A piece of a file.") { try get(&$0) },
    ]

    private static func put(_ context: inout QueryContext) throws {
        let attachment = try context.loose()
        let offset = try context.params.int("offset", in: 0...Limits.safeInteger)
        let text = try context.params.text("data", max: Base64.characters(of: Limits.attachmentChunkBytes))
        guard let bytes = Base64.decode(text), !bytes.isEmpty else {
            throw RPCError.invalid("/data", "format", "must be Base64 with padding, and not empty")
        }
        var received = try context.attachments.received(attachment)
        guard offset <= received else {
            throw Rejection.validation(member: "offset", reason: "\(received) bytes are there; go on from there")
        }
        let end = offset + Int64(bytes.count)
        guard end <= attachment.size else {
            throw Rejection.validation(
                member: "data", reason: "ends at \(end), the file was announced with \(attachment.size) bytes")
        }
        // A piece that is there already, in part or whole, is passed over: the digest at the end judges all of it.
        if attachment.state == .uploading, end > received {
            let blobs = context.attachments.blobs
            received = try blobs.append(Array(bytes[Int(received - offset)...]), to: attachment.id, at: received)
        }
        context.result.member("received", received)
    }

    private static func finish(_ context: inout QueryContext) throws {
        let attachment = try context.loose()
        let desk = context.attachments
        if attachment.state == .uploading {
            let digest = try desk.blobs.digest(attachment.id)
            guard digest.bytes == attachment.size else {
                throw Rejection.validation(
                    member: "attachment", reason: "\(digest.bytes) of \(attachment.size) bytes are there; send the rest")
            }
            do {
                guard digest.sha256 == attachment.sha256 else {
                    throw Rejection.validation(
                        member: "attachment", reason: "the bytes are not those announced: their SHA-256 is \(digest.sha256)")
                }
                try desk.rules.check(mediaType: attachment.mediaType, head: digest.head)
            } catch let rejection as Rejection {
                // Nothing can be made of these bytes: the next attempt begins anew.
                try desk.blobs.drop(attachment.id)
                throw rejection
            }
            try desk.blobs.seal(attachment.id, as: attachment.sha256)
        }
        try context.seal()
    }

    private static func get(_ context: inout QueryContext) throws {
        let id: AttachmentID = try context.params.id("attachment")
        guard let attachment = try context.store.attachment(id), attachment.state == .ready,
            try context.maySee(attachment)
        else { throw Rejection.notFound(kind: "attachment", id: "\(id)") }
        let offset = try context.params.optionalInt("offset", in: 0...Limits.safeInteger) ?? 0
        let most = Int64(Limits.attachmentChunkBytes)
        let length = try context.params.optionalInt("length", in: 1...most) ?? most
        guard let bytes = try context.attachments.blobs.read(attachment.sha256, at: offset, count: Int(length)) else {
            throw StoreError.failed("the bytes of \(id) are not there; put \(attachment.sha256) back from a backup")
        }
        let end = offset + Int64(bytes.count)
        context.result.name("attachment")
        context.result.attachment(attachment)
        context.result.member("offset", offset)
        context.result.member("data", Base64.encode(bytes))
        context.result.name("next_offset")
        if end < attachment.size { context.result.int(end) } else { context.result.null() }
    }
}

extension QueryContext {
    var attachments: AttachmentDesk { kernel.attachments }

    /// Who acts, as `CommandContext.cause` says it.
    private var actor: String {
        if let user = job.request.meta.onBehalfOf ?? kernel.user(of: job.identity.name) { return "user/\(user)" }
        return "plugin/\(job.identity.name)"
    }

    /// The attachment that the caller sends; nobody else sees it before a message has it.
    fileprivate func loose() throws -> Attachment {
        let id: AttachmentID = try params.id("attachment")
        guard let found = try store.attachment(id), found.uploader == actor, found.message == nil, found.state != .dropped else {
            throw Rejection.notFound(kind: "attachment", id: "\(id)")
        }
        return found
    }

    /// Whoever may read the message may read its files; a file that no message has is its sender's alone.
    fileprivate func maySee(_ attachment: Attachment) throws -> Bool {
        guard let message = attachment.message else { return attachment.uploader == actor }
        return try store.message(message).map { try sees($0) } ?? false
    }

    /// Has the writer note that the bytes are on disk; its answer is the caller's.
    fileprivate mutating func seal() throws {
        var request = job.request
        request.method = AttachmentQueries.sealed
        let command = CommandJob(
            request: request, identity: job.identity, replyTo: job.replyTo, arrivedMicroseconds: kernel.clock.microseconds(),
            then: nil)
        guard kernel.commands.put(.command(command)) else { throw kernel.isStopping ? Kernel.stopping : Kernel.busy }
        isPassedOn = true
    }
}

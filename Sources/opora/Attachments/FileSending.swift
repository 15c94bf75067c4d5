import OporaPluginKit

/// Sends one file in pieces, from where the kernel has it.
struct FileSending {
    var path: String
    /// Nil where it follows from the name.
    var type: String?

    /// Types by the end of a name; others are `application/octet-stream`.
    private static let types: [String: String] = [
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
        "pdf": "application/pdf", "txt": "text/plain", "log": "text/plain", "csv": "text/csv", "md": "text/markdown",
        "html": "text/html", "json": "application/json", "xml": "application/xml", "zip": "application/zip",
        "gz": "application/gzip", "mp4": "video/mp4", "mp3": "audio/mpeg",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt": "application/vnd.oasis.opendocument.text", "doc": "application/msword", "xls": "application/vnd.ms-excel",
    ]

    /// - Returns: the attachment, ready for a message.
    func send(_ desk: Desk, as actor: UserID?) async throws -> JSON {
        let source = try open()
        var hash = SHA256()
        var size: Int64 = 0
        try source.pieces { piece in
            hash.update(piece)
            size += Int64(piece.count)
        }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let end = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        // Announcing a file again answers the same attachment: a lost answer does no harm.
        let begun = try await desk.ask(
            "attachment.begin",
            [
                "name": .string(name), "media_type": .string(type ?? Self.types[end] ?? "application/octet-stream"),
                "size": .int(size), "sha256": .string(hash.hex()),
            ], as: actor)
        guard let id = begun["attachment"]?["id"]?.string, let chunk = begun["chunk_bytes"]?.int, chunk > 0,
            var received = begun["received"]?.int
        else { throw Failure.badAnswer("attachment.begin") }
        let file = try open()
        try file.skip(Int(received))
        while received < size {
            let piece = try file.next(Int(min(chunk, size - received)))
            guard !piece.isEmpty else { throw Failure.changed(path) }
            let params: JSON = [
                "attachment": .string(id), "offset": .int(received), "data": .string(Base64.encode(piece)),
            ]
            received = try await desk.ask("attachment.put", params, as: actor)["received"]?.int ?? received
        }
        let done = try await desk.ask("attachment.finish", ["attachment": .string(id)], as: actor)
        guard let attachment = done["attachment"] else { throw Failure.badAnswer("attachment.finish") }
        return attachment
    }

    private func open() throws -> PieceReader { try PieceReader(path) }
}

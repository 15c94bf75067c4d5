import Glibc
import OporaPluginKit

/// Fetches one file in pieces, checks it against its digest, and puts it in place whole.
struct FileFetching {
    var attachment: AttachmentID
    /// Nil for standard output.
    var path: String?

    func fetch(_ desk: Desk) async throws {
        let temporary = path.map { "\($0).part" }
        let file = try temporary.map { (path) throws(Failure) -> Int32 in
            let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
            guard file >= 0 else { throw FileFetching.failure(path) }
            return file
        }
        defer { if let file { close(file) } }
        var hash = SHA256()
        var offset: Int64? = 0
        var digest = ""
        while let start = offset {
            let answer = try await desk.read("attachment.get", ["attachment": .id(attachment), "offset": .int(start)])
            guard let bytes = answer["data"]?.string.flatMap(Base64.decode) else { throw Failure.badAnswer("attachment.get") }
            hash.update(bytes)
            try write(bytes, file ?? STDOUT_FILENO)
            digest = answer["attachment"]?["sha256"]?.string ?? ""
            offset = answer["next_offset"]?.int
        }
        guard hash.hex() == digest else {
            throw Failure.badData(
                "\(attachment): the bytes that came are not those that were sent", ru: "\(attachment): файл пришёл повреждённым")
        }
        guard let path, let temporary else { return }
        // `link` fails where the name is taken: nothing is overwritten.
        guard link(temporary, path) == 0 else { throw FileFetching.failure(path) }
        unlink(temporary)
    }

    private func write(_ bytes: [UInt8], _ file: Int32) throws(Failure) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress?.advanced(by: done), $0.count - done) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileFetching.failure(path ?? "-") }
            done += count
        }
    }

    private static func failure(_ path: String) -> Failure {
        let reason = SystemReason.text(errno)
        return Failure(
            .ioError, "cant_write", Bilingual("\(path) can't be written: \(reason.en)", ru: "\(path) не записать: \(reason.ru)"))
    }
}

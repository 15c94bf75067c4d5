import Glibc
import OporaDomain
public import OporaProtocol
public import OporaStore

/// Attachments as files of a folder: `blobs/ab/cdef…` by SHA-256, `uploads/A-5` while bytes are coming.
///
/// A whole file appears by one `link` after it was flushed, so it is there entirely or not at all. Two uploads of the same
/// bytes end in one file. A lock on the upload's file keeps two writers of one upload apart.
public struct BlobFolder: BlobStore {
    /// Bytes that are hashed at once.
    private static let hashedBytes = 262_144

    private let folder: String

    /// Makes the folders where they are missing.
    public init(_ folder: String) throws(StoreError) {
        self.folder = folder
        for path in [folder, "\(folder)/blobs", "\(folder)/uploads"] { try Self.make(path) }
    }

    private static func make(_ path: String) throws(StoreError) {
        guard mkdir(path, 0o750) != 0, errno != EEXIST else { return }
        throw Self.error("the folder \(path) can't be made")
    }

    private func path(_ upload: AttachmentID) -> String { "\(folder)/uploads/\(upload)" }
    private func shelf(_ sha256: String) -> String { "\(folder)/blobs/\(sha256.prefix(2))" }
    private func path(_ sha256: String) -> String { "\(shelf(sha256))/\(sha256.dropFirst(2))" }

    public func received(_ upload: AttachmentID) throws(StoreError) -> Int64 {
        var found = stat()
        if stat(path(upload), &found) == 0 { return Int64(found.st_size) }
        guard errno == ENOENT else { throw Self.error("\(path(upload)) can't be looked at") }
        return 0
    }

    public func append(_ bytes: [UInt8], to upload: AttachmentID, at offset: Int64) throws(StoreError) -> Int64 {
        let file = try OpenFile(path(upload), O_RDWR | O_CREAT)
        try file.lock()
        let length = try file.length()
        guard length == offset else { return length }
        do throws(StoreError) {
            try file.write(bytes, at: offset)
        } catch {
            // Half a piece would look like one that came.
            ftruncate(file.descriptor, off_t(length))
            throw error
        }
        return offset + Int64(bytes.count)
    }

    public func digest(_ upload: AttachmentID) throws(StoreError) -> BlobDigest {
        guard let file = try OpenFile.existing(path(upload)) else {
            return BlobDigest(bytes: 0, sha256: SHA256.hex([]), head: [])
        }
        var hash = SHA256()
        var head: [UInt8] = []
        var offset: Int64 = 0
        while true {
            let piece = try file.read(at: offset, count: Self.hashedBytes)
            if piece.isEmpty { break }
            if head.isEmpty { head = Array(piece.prefix(MediaType.headBytes)) }
            hash.update(piece)
            offset += Int64(piece.count)
        }
        return BlobDigest(bytes: offset, sha256: hash.hex(), head: head)
    }

    public func seal(_ upload: AttachmentID, as sha256: String) throws(StoreError) {
        let target = path(sha256)
        if let file = try OpenFile.existing(path(upload)) {
            try file.flush()
            try Self.make(shelf(sha256))
            guard link(path(upload), target) == 0 || errno == EEXIST else { throw Self.error("\(target) can't be made") }
            for path in [shelf(sha256), "\(folder)/blobs"] { try OpenFile(path, O_RDONLY | O_DIRECTORY).flush() }
        } else if try !has(sha256) {
            throw .failed("the upload \(upload) is gone")
        }
    }

    public func has(_ sha256: String) throws(StoreError) -> Bool {
        if access(path(sha256), F_OK) == 0 { return true }
        guard errno == ENOENT else { throw Self.error("\(path(sha256)) can't be looked at") }
        return false
    }

    public func read(_ sha256: String, at offset: Int64, count: Int) throws(StoreError) -> [UInt8]? {
        try OpenFile.existing(path(sha256)).map { (file) throws(StoreError) in try file.read(at: offset, count: count) }
    }

    public func drop(_ upload: AttachmentID) throws(StoreError) { try Self.remove(path(upload)) }
    public func remove(_ sha256: String) throws(StoreError) { try Self.remove(path(sha256)) }

    private static func remove(_ path: String) throws(StoreError) {
        guard unlink(path) != 0, errno != ENOENT else { return }
        throw error("\(path) can't be removed")
    }

    /// What the system said of the last call.
    static func error(_ what: String) -> StoreError {
        let code = errno
        if code == ENOSPC || code == EDQUOT { return .full }
        return .failed("\(what): \(String(cString: strerror(code)))")
    }
}

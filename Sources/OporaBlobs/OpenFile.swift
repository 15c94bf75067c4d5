import Glibc
import OporaStore

/// An open file that is closed when nobody holds it any more.
final class OpenFile {
    let descriptor: Int32
    private let path: String

    init(_ path: String, _ flags: Int32) throws(StoreError) {
        self.path = path
        descriptor = open(path, flags | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw BlobFolder.error("\(path) can't be opened") }
    }

    deinit { close(descriptor) }

    /// The file for reading; nil where there is none.
    static func existing(_ path: String) throws(StoreError) -> OpenFile? {
        guard access(path, F_OK) == 0 else {
            if errno == ENOENT { return nil }
            throw BlobFolder.error("\(path) can't be looked at")
        }
        return try OpenFile(path, O_RDONLY)
    }

    /// Waits until nobody else holds the file; it is free again once this is closed.
    func lock() throws(StoreError) {
        guard flock(descriptor, LOCK_EX) == 0 else { throw BlobFolder.error("\(path) can't be locked") }
    }

    func length() throws(StoreError) -> Int64 {
        var found = stat()
        guard fstat(descriptor, &found) == 0 else { throw BlobFolder.error("\(path) can't be looked at") }
        return Int64(found.st_size)
    }

    func write(_ bytes: [UInt8], at offset: Int64) throws(StoreError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                pwrite(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done, off_t(offset) + off_t(done))
            }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw BlobFolder.error("\(path) can't be written")
            }
            done += count
        }
    }

    /// Bytes from there on; fewer at the end.
    func read(at offset: Int64, count: Int) throws(StoreError) -> [UInt8] {
        var got = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
            while got >= 0, got < count {
                let next = pread(descriptor, buffer.baseAddress?.advanced(by: got), count - got, off_t(offset) + off_t(got))
                if next < 0, errno == EINTR { continue }
                if next < 0 { got = -1 } else { got += next }
                if next <= 0 { break }
            }
            length = max(0, got)
        }
        guard got >= 0 else { throw BlobFolder.error("\(path) can't be read") }
        return bytes
    }

    /// Returns when it is on disk.
    func flush() throws(StoreError) {
        guard fsync(descriptor) == 0 else { throw BlobFolder.error("\(path) can't be flushed") }
    }
}

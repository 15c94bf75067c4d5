import Glibc

/// The right to run a desk in a folder; one process has it, until it ends.
struct FolderLock: ~Copyable {
    private let file: Int32

    /// Takes the lock and writes this process's number into the file.
    init(_ path: String) throws(Failure) {
        file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .folder(path, reason: String(cString: strerror(errno))) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            var bytes = [UInt8](repeating: 0, count: 16)
            let count = read(file, &bytes, bytes.count)
            close(file)
            throw .alreadyRuns(path, pid: String(decoding: bytes.prefix(max(0, count)), as: UTF8.self))
        }
        let pid = Array("\(getpid())".utf8)
        ftruncate(file, 0)
        pwrite(file, pid, pid.count, 0)
    }

    deinit { close(file) }
}

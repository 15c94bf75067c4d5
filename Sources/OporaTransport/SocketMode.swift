import CZeroMQ
import Glibc

/// Files of ipc endpoints get their mode from the umask at bind; a chmod afterwards would leave a gap.
enum SocketMode {
    /// Gives the calling thread a umask of its own, so that files that others make meanwhile keep theirs. Where the system
    /// refuses that, the process's is changed for the moment of a bind.
    static func separate() { _ = unshare(CLONE_FS) }

    static func during<T, Failure: Error>(_ body: () throws(Failure) -> T) throws(Failure) -> T {
        let mask = umask(0o117)
        defer { umask(mask) }
        return try body()
    }
}

import Glibc
import OporaPluginKit

/// Finds out at once whether somebody listens where `kernel.json` says: after a crash the file is still there, and
/// ZeroMQ would wait for the kernel without a word.
enum ListenerProbe {
    /// Throws where the kernel's socket takes no connection. Endpoints other than files are not looked at.
    static func check(_ location: DeskLocation) throws {
        let discovery: Discovery
        do { discovery = try location.discover() } catch { throw Failure(any: error) }
        let endpoint = location.keyFile == nil ? discovery.rpc : discovery.rpcCurve ?? discovery.rpc
        guard endpoint.hasPrefix("ipc://"), !endpoint.hasPrefix("ipc://@") else { return }
        let path = String(endpoint.dropFirst(6))
        let code = connect(path)
        guard code != 0 else { return }
        if code == EACCES || code == EPERM {
            throw Failure(
                .forbidden, "no_access",
                Bilingual("your account may not open \(path)", ru: "у вашей учётной записи нет доступа к \(path)"),
                hint: RejectionHint.hint(.forbidden))
        }
        throw Failure(
            .unavailable, "no_kernel",
            Bilingual(
                "no kernel listens at \(path), although \(location.runFolder)/kernel.json names it (process \(discovery.pid)): "
                    + SystemReason.text(code).en,
                ru: "по адресу \(path) никто не отвечает, хотя \(location.runFolder)/kernel.json указывает на него "
                    + "(процесс \(discovery.pid)): \(SystemReason.text(code).ru)"),
            hint: Failure.startOne)
    }

    /// 0, or the system's code. A path that does not fit a socket's address is left to ZeroMQ.
    private static func connect(_ path: String) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return errno }
        defer { close(socket) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return result == 0 ? 0 : errno
    }
}

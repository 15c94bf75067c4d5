import Foundation
import Glibc
import OporaProtocol

/// A small file of JSON that is put in the old one's place whole: after a power cut there is the old one or the new one.
enum DurableFile {
    static func write(_ json: JSON, to path: String, mode: Int) throws {
        let temporary = "\(path).new"
        let made = FileManager.default.createFile(
            atPath: temporary, contents: Data(json.bytes + [0x0a]), attributes: [.posixPermissions: mode])
        guard made, flush(temporary), rename(temporary, path) == 0,
            flush(URL(fileURLWithPath: path).deletingLastPathComponent().path)
        else {
            throw StartFailure(message: "\(path) can't be written: \(String(cString: strerror(errno)))", exitCode: 73)
        }
    }

    private static func flush(_ path: String) -> Bool {
        let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        return fsync(file) == 0
    }
}

import FoundationEssentials
import Glibc

/// A folder that lives as long as a demo.
enum ScratchFolder {
    /// A new folder, for its owner alone, in a place with a short path.
    static func make() throws(Failure) -> String {
        let place = ProcessInfo.processInfo.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        var template = Array("\(place)/opora-demo-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw .folder(place, reason: String(cString: strerror(errno))) }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}

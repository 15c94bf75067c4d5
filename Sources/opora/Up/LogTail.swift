import Glibc
import OporaPluginKit

/// The last troubles in a service's log, as a person reads them.
enum LogTail {
    static let lines = 12
    /// Enough for so many lines; a log may be large.
    private static let bytes = 16_384

    /// The size of a log now, to show later only what came after.
    static func size(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// The last lines that were written after `start`.
    static func read(_ path: String, after start: Int) -> [String] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: Self.bytes)
        let count = pread(file, &bytes, bytes.count, max(start, size(path) - bytes.count))
        return plain(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self))
    }

    /// Troubles as `message (name: value, ...)` and lines that are no entries as they are; the rest is no news.
    static func plain(_ text: String) -> [String] {
        text.split(separator: "\n").compactMap { line -> String? in
            guard let entry = try? JSON(parsing: String(line)), let message = entry["message"]?.string else {
                return String(line)
            }
            guard ["warning", "error", "critical"].contains(entry["level"]?.string) else { return nil }
            let details = (entry.object?.members ?? []).filter { !["at_ms", "level", "service", "message"].contains($0.name) }
                .map { "\($0.name): \($0.value.string ?? $0.value.text)" }
            return details.isEmpty ? message : "\(message) (\(details.joined(separator: ", ")))"
        }.suffix(lines)
    }
}

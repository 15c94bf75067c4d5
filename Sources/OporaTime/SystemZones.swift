import Glibc
import Synchronization

/// The zone files of the machine, each read once: the only place that touches them.
///
/// Safe to use from any thread.
public final class SystemZones: Sendable {
    private let folder: String
    private let loaded = Mutex<[String: ZoneRules]>([:])

    /// - Parameter folder: where Debian's tzdata and its like keep the compiled zones.
    public init(folder: String = "/usr/share/zoneinfo") {
        self.folder = folder
    }

    /// The rules of an IANA name; nil where the machine has no such zone.
    public func zone(_ name: String) -> ZoneRules? {
        if name == "UTC" { return .utc }
        if let known = loaded.withLock({ $0[name] }) { return known }
        guard SystemZones.isPlausible(name), let bytes = SystemZones.read("\(folder)/\(name)"),
            let rules = TZif.parse(bytes, name: name)
        else { return nil }
        loaded.withLock { $0[name] = rules }
        return rules
    }

    /// The name of the zone that the machine is set to; `UTC` where that can't be told.
    public static func localName() -> String {
        if let variable = getenv("TZ") {
            let name = String(cString: variable)
            if isPlausible(name) { return name }
        }
        var buffer = [CChar](repeating: 0, count: 512)
        let count = readlink("/etc/localtime", &buffer, buffer.count - 1)
        guard count > 0 else { return "UTC" }
        let target = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard let range = target.firstRange(of: "zoneinfo/") else { return "UTC" }
        let name = String(target[range.upperBound...])
        return name == "Etc/UTC" ? "UTC" : name
    }

    /// Zone names reach the file system: only the characters of the tz database, and no way upwards.
    private static func isPlausible(_ name: String) -> Bool {
        guard !name.isEmpty, name.utf8.count <= 64, name.first?.isLetter == true, !name.contains("..") else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2b, 0x2d, 0x2f, 0x5f: true
            default: false
            }
        }
    }

    private static func read(_ path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 8192)
        while bytes.count < 1 << 20 {
            let count = Glibc.read(file, &chunk, chunk.count)
            if count < 0 { return nil }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
        }
        return nil
    }
}

import FoundationEssentials
import Glibc
public import Logging

/// Writes one line of JSON for each log entry to standard error, where systemd and `opora up` pick it up.
///
/// Messages are constants; what varies is metadata. No personal data goes into either.
public struct LineLog: LogHandler {
    private let label: String
    public var metadata: Logger.Metadata = [:]
    public var logLevel: Logger.Level

    /// - Parameter label: the process, e.g. `oporad`.
    public init(label: String, level: Logger.Level) {
        self.label = label
        logLevel = level
    }

    /// A logger that writes so.
    public static func logger(_ label: String, level: Logger.Level) -> Logger {
        Logger(label: label) { LineLog(label: $0, level: level) }
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        var fields = ["\"at_ms\":\(Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)"]
        fields.append("\"level\":\(LineLog.quoted(event.level.rawValue))")
        fields.append("\"service\":\(LineLog.quoted(label))")
        fields.append("\"message\":\(LineLog.quoted("\(event.message)"))")
        let all = self.metadata.merging(event.metadata ?? [:]) { _, new in new }
        for (name, value) in all.sorted(by: { $0.key < $1.key }) {
            fields.append("\(LineLog.quoted(name)):\(LineLog.quoted("\(value)"))")
        }
        let line = Array("{\(fields.joined(separator: ","))}\n".utf8)
        _ = Glibc.write(STDERR_FILENO, line, line.count)
    }

    private static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case _ where scalar.value < 0x20: out += " "
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}

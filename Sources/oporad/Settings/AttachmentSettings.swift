import OporaDomain
import OporaProtocol
import OporaService

extension AttachmentRules {
    /// `attachments.*`: what files the desk takes.
    init(reading config: Config) {
        let standard = AttachmentRules()
        self.init(
            maxBytes: Int64(config.int("attachments.max_bytes", default: Int(standard.maxBytes), in: 1...2_147_483_648)),
            refusedTypes: Self.words(config, "attachments.refused_types", standard.refusedTypes),
            refusedExtensions: Self.words(config, "attachments.refused_extensions", standard.refusedExtensions),
            looseMilliseconds: Int64(config.int("attachments.loose_hours", default: 24, in: 1...720)) * 3_600_000)
        for type in refusedTypes where !MediaType.isValid(type.replacing("*", with: "x")) {
            config.reject("attachments.refused_types", "\"\(type)\" is no media type such as image/png or video/*")
        }
        for end in refusedExtensions where end.hasPrefix(".") {
            config.reject("attachments.refused_extensions", "write \(end.dropFirst()), without the dot")
        }
    }

    private static func words(_ config: Config, _ path: String, _ standard: Set<String>) -> Set<String> {
        let given = config.strings(path)
        return given.isEmpty ? standard : Set(given.map { $0.lowercased() })
    }
}

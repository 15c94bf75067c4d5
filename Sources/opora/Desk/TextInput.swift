import Glibc
import OporaPluginKit

/// A text given as an option, or on standard input where it is `-`.
enum TextInput {
    /// Bytes that are taken from standard input; more would be refused by the kernel anyway.
    static let bytes = Limits.bodyBytes

    /// The text; a text from standard input loses its last line feed.
    static func read(_ text: String, _ option: String) throws -> String {
        guard text == "-" else { return text }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(STDIN_FILENO, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= TextInput.bytes else {
                throw Failure.badData(
                    "\(option): standard input has more than \(TextInput.bytes) bytes",
                    ru: "\(option): на стандартном вводе больше \(TextInput.bytes) байт")
            }
        }
        guard var whole = String(validating: bytes, as: UTF8.self) else {
            throw Failure.badData("\(option): standard input is not UTF-8", ru: "\(option): стандартный ввод — не UTF-8")
        }
        if whole.hasSuffix("\r\n") || whole.hasSuffix("\n") { whole.removeLast() }
        return whole
    }
}

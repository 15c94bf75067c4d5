import Glibc

/// Somewhere that bytes come from, in order.
protocol ByteSource {
    /// Appends up to `count` bytes; false at the end.
    mutating func read(_ count: Int, into bytes: inout [UInt8]) throws(ReadFault) -> Bool
}

/// A file, or standard input, read once from its beginning.
final class FileSource: ByteSource {
    /// The name for people.
    let name: String
    /// Bytes of the file; nil where it is none whose size is known.
    let size: Int?
    private let descriptor: Int32

    /// - Parameter path: `-` for standard input.
    init(_ path: String) throws(ReadFault) {
        name = path
        guard path != "-" else {
            descriptor = STDIN_FILENO
            size = nil
            return
        }
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ReadFault(name: path, code: errno) }
        var info = stat()
        let isFile = fstat(descriptor, &info) == 0 && info.st_mode & S_IFMT == S_IFREG
        size = isFile ? Int(info.st_size) : nil
    }

    func read(_ count: Int, into bytes: inout [UInt8]) throws(ReadFault) -> Bool {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: count))
        var got = -1
        repeat {
            got = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + start }, count)
            }
        } while got < 0 && errno == EINTR
        let code = errno
        bytes.removeLast(count - max(0, got))
        guard got >= 0 else { throw ReadFault(name: name, code: code) }
        return got > 0
    }

    deinit { if descriptor > STDIN_FILENO { close(descriptor) } }
}

/// A file that can't be read.
struct ReadFault: Error, Hashable, Sendable {
    var name: String
    var code: Int32

    /// What a person is told.
    var failure: Failure {
        let reason = SystemReason.text(code)
        return Failure(
            .noInput, "no_input", Bilingual("\(name) can't be read: \(reason.en)", ru: "\(name) не читается: \(reason.ru)"),
            hint: Bilingual("Check the name of the file and its mode.", ru: "Проверьте имя файла и права доступа."))
    }
}

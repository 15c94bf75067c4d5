@testable import opora

/// Bytes from memory, at most `portion` at once.
struct MemorySource: ByteSource {
    var bytes: [UInt8]
    var portion = Int.max

    init(_ text: String, portion: Int = .max) {
        bytes = Array(text.utf8)
        self.portion = portion
    }

    init(bytes: [UInt8], portion: Int = .max) {
        self.bytes = bytes
        self.portion = portion
    }

    mutating func read(_ count: Int, into target: inout [UInt8]) throws(ReadFault) -> Bool {
        let taken = min(count, portion, bytes.count)
        target.append(contentsOf: bytes.prefix(taken))
        bytes.removeFirst(taken)
        return taken > 0
    }
}

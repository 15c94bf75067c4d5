import GRDBSQLite
import OporaStore

/// Splits a text into runs of letters and digits and takes case and accents off them: SQLite's own `unicode61`, with ё as е.
final class Folding {
    /// A run of letters and digits.
    struct Part {
        /// Where its folded bytes are.
        var range: Range<Int>
        /// Where it is in the text, in bytes.
        var start: Int
        var end: Int
    }

    private let tokenizer: fts5_tokenizer
    private let instance: OpaquePointer

    /// - Parameter api: of a connection that outlives it.
    init(_ api: FTS5) throws(StoreError) {
        var found = fts5_tokenizer()
        var context: UnsafeMutableRawPointer?
        var made: OpaquePointer?
        guard api.pointer.pointee.xFindTokenizer?(api.pointer, "unicode61", &context, &found) == SQLITE_OK else {
            throw .failed("this SQLite has no tokenizer unicode61")
        }
        let code = "remove_diacritics".withCString { name in
            "2".withCString { value in
                var arguments: [UnsafePointer<CChar>?] = [name, value]
                return found.xCreate?(context, &arguments, 2, &made) ?? SQLITE_ERROR
            }
        }
        guard code == SQLITE_OK, let made else { throw .failed("the tokenizer unicode61 can't be made (\(code))") }
        tokenizer = found
        instance = made
    }

    deinit { tokenizer.xDelete?(instance) }

    /// What the callback of the tokenizer adds to.
    private struct Sink {
        var parts: [Part]
        var bytes: [UInt8]
        var limit: Int
    }

    /// Appends the parts of a text and their folded bytes, each cut to `limit` bytes.
    func fold(_ text: UnsafeBufferPointer<UInt8>, limit: Int, into parts: inout [Part], _ bytes: inout [UInt8]) {
        guard let start = text.baseAddress else { return }
        var sink = Sink(parts: [], bytes: [], limit: limit)
        swap(&sink.parts, &parts)
        swap(&sink.bytes, &bytes)
        start.withMemoryRebound(to: CChar.self, capacity: text.count) { bytes in
            withUnsafeMutablePointer(to: &sink) { sink in
                _ = tokenizer.xTokenize?(
                    instance, UnsafeMutableRawPointer(sink), FTS5_TOKENIZE_DOCUMENT, bytes, Int32(text.count), Folding.take)
            }
        }
        swap(&sink.parts, &parts)
        swap(&sink.bytes, &bytes)
    }

    private static let take:
        @convention(c) (
            UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, Int32, Int32, Int32
        ) -> Int32 = { context, _, token, count, start, end in
            guard let context, let token else { return SQLITE_OK }
            let sink = context.assumingMemoryBound(to: Sink.self)
            let from = sink.pointee.bytes.count
            token.withMemoryRebound(to: UInt8.self, capacity: Int(count)) { token in
                var rest = UnsafeBufferPointer(start: token, count: Int(count))[...]
                if rest.count > sink.pointee.limit {
                    // Not in the middle of a character.
                    var cut = sink.pointee.limit
                    while cut > 0, rest[cut] & 0xc0 == 0x80 { cut -= 1 }
                    rest = rest.prefix(cut)
                }
                sink.pointee.bytes.append(contentsOf: rest)
            }
            Folding.plainE(&sink.pointee.bytes, from: from)
            sink.pointee.parts.append(Part(range: from..<sink.pointee.bytes.count, start: Int(start), end: Int(end)))
            return SQLITE_OK
        }

    /// ё is D1 91, е is D0 B5.
    private static func plainE(_ bytes: inout [UInt8], from: Int) {
        var index = from
        while index + 1 < bytes.count {
            if bytes[index] == 0xd1, bytes[index + 1] == 0x91 {
                bytes[index] = 0xd0
                bytes[index + 1] = 0xb5
            }
            index += 1
        }
    }
}

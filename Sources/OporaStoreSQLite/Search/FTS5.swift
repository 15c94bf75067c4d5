import GRDBSQLite
import OporaStore

/// SQLite's full-text engine on one connection, taught our words and our ranking.
final class FTS5 {
    /// The name under which tables ask for our tokenizer.
    static let tokenizer = "opora"

    let pointer: UnsafeMutablePointer<fts5_api>

    init(_ db: OpaquePointer) throws(StoreError) {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, nil) == SQLITE_OK else {
            throw .failed("this SQLite has no FTS5")
        }
        defer { sqlite3_finalize(statement) }
        var api: UnsafeMutablePointer<fts5_api>?
        sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", nil)
        sqlite3_step(statement)
        guard let api, api.pointee.iVersion >= 2 else { throw .failed("this SQLite has no FTS5 that can be extended") }
        pointer = api
    }

    /// Makes the tokenizer and the ranking known on the connection.
    func register() throws(StoreError) {
        // The words live as long as the connection; SQLite lets go of them when it closes.
        let words = Unmanaged.passRetained(Words(try Folding(self)))
        var tokenizer = TokenizerCalls.all
        let code = pointer.pointee.xCreateTokenizer?(pointer, Self.tokenizer, words.toOpaque(), &tokenizer) { words in
            if let words { Unmanaged<Words>.fromOpaque(words).release() }
        }
        guard code == SQLITE_OK else {
            words.release()
            throw .failed("the tokenizer can't be made known (\(code ?? SQLITE_ERROR))")
        }
        guard pointer.pointee.xCreateFunction?(pointer, Ranking.name, nil, Ranking.function, nil) == SQLITE_OK else {
            throw .failed("the ranking can't be made known")
        }
    }
}

/// What SQLite calls to have a text taken apart.
private enum TokenizerCalls {
    static var all: fts5_tokenizer { fts5_tokenizer(xCreate: create, xDelete: { _ in }, xTokenize: tokenize) }

    private typealias Take =
        @convention(c) (
            UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, Int32, Int32, Int32
        ) -> Int32

    private static let create:
        @convention(c) (
            UnsafeMutableRawPointer?, UnsafeMutablePointer<UnsafePointer<CChar>?>?, Int32, UnsafeMutablePointer<OpaquePointer?>?
        ) -> Int32 = { words, _, _, made in
            guard let words else { return SQLITE_ERROR }
            // All tables of a connection share its words.
            made?.pointee = OpaquePointer(words)
            return SQLITE_OK
        }

    private static let tokenize:
        @convention(c) (
            OpaquePointer?, UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, Int32, Take?
        ) -> Int32 = { words, context, flags, text, count, take in
            guard let words, let text, let take, count > 0 else { return SQLITE_OK }
            return text.withMemoryRebound(to: UInt8.self, capacity: Int(count)) { text in
                let text = UnsafeBufferPointer(start: text, count: Int(count))
                // A query holds terms already, with blanks between them.
                if flags & FTS5_TOKENIZE_QUERY != 0 { return passOn(text, context, take) }
                let words = Unmanaged<Words>.fromOpaque(UnsafeRawPointer(words)).takeUnretainedValue()
                return emit(words, text, context, take)
            }
        }

    private static func emit(
        _ words: Words, _ text: UnsafeBufferPointer<UInt8>, _ context: UnsafeMutableRawPointer?, _ take: Take
    ) -> Int32 {
        words.read(text)
        return words.bytes.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { bytes in
                for term in words.terms {
                    let code = take(
                        context, term.isColocated ? FTS5_TOKEN_COLOCATED : 0,
                        bytes.baseAddress.map { $0 + term.range.lowerBound },
                        Int32(term.range.count), Int32(term.start), Int32(term.end))
                    if code != SQLITE_OK { return code }
                }
                return SQLITE_OK
            }
        }
    }

    private static func passOn(
        _ text: UnsafeBufferPointer<UInt8>, _ context: UnsafeMutableRawPointer?, _ take: Take
    ) -> Int32 {
        text.withMemoryRebound(to: CChar.self) { text in
            var start = 0
            while start < text.count {
                var end = start
                while end < text.count, text[end] != 0x20 { end += 1 }
                if end > start {
                    let code = take(context, 0, text.baseAddress.map { $0 + start }, Int32(end - start), Int32(start), Int32(end))
                    if code != SQLITE_OK { return code }
                }
                start = end + 1
            }
            return SQLITE_OK
        }
    }
}

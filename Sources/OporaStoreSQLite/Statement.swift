import GRDBSQLite
import OporaProtocol
import OporaStore
import OporaTime

/// A prepared statement. Bind in order, then `run` or step through `next`.
final class Statement {
    private let handle: OpaquePointer
    private let connection: OpaquePointer
    private var nextIndex: Int32 = 1

    init(_ connection: OpaquePointer, _ sql: String) throws(StoreError) {
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard code == SQLITE_OK, let prepared else { throw Connection.error(connection, code) }
        handle = prepared
        self.connection = connection
    }

    deinit { sqlite3_finalize(handle) }

    /// Asks SQLite to copy what is bound, for the bytes may be gone before the statement runs.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    @discardableResult
    func bind(_ value: Int64) -> Statement {
        sqlite3_bind_int64(handle, nextIndex, value)
        nextIndex += 1
        return self
    }

    @discardableResult
    func bind(_ value: Int64?) -> Statement {
        guard let value else { return bindNull() }
        return bind(value)
    }

    @discardableResult
    func bind(_ value: Timestamp?) -> Statement { bind(value?.rawValue) }

    @discardableResult
    func bind(_ value: String?) -> Statement {
        guard var value else { return bindNull() }
        value.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { text in
                _ = sqlite3_bind_text(handle, nextIndex, text.baseAddress, Int32(text.count), Statement.transient)
            }
        }
        nextIndex += 1
        return self
    }

    @discardableResult
    func bind(blob: [UInt8]) -> Statement {
        sqlite3_bind_blob(handle, nextIndex, blob, Int32(blob.count), Statement.transient)
        nextIndex += 1
        return self
    }

    @discardableResult
    private func bindNull() -> Statement {
        sqlite3_bind_null(handle, nextIndex)
        nextIndex += 1
        return self
    }

    /// Runs a statement that returns no rows, and makes it ready for the next use.
    func run() throws(StoreError) {
        let code = sqlite3_step(handle)
        reset()
        guard code == SQLITE_DONE || code == SQLITE_ROW else { throw Connection.error(connection, code) }
    }

    /// Steps to the next row; false after the last, when the statement is ready for its next use.
    func next() throws(StoreError) -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        reset()
        guard code == SQLITE_DONE else { throw Connection.error(connection, code) }
        return false
    }

    /// Makes the statement ready for its next use before its last row.
    func reset() {
        sqlite3_reset(handle)
        nextIndex = 1
    }

    /// The first row's value, or nil where there is no row.
    func first<T>(_ read: (Statement) throws(StoreError) -> T) throws(StoreError) -> T? {
        guard try next() else { return nil }
        defer { reset() }
        return try read(self)
    }

    /// All rows' values.
    func all<T>(_ read: (Statement) throws(StoreError) -> T) throws(StoreError) -> [T] {
        // A row that can't be read leaves the statement half way: ready it for its next use all the same.
        defer { reset() }
        var result: [T] = []
        while try next() { result.append(try read(self)) }
        return result
    }

    func int(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }
    func double(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }
    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }
    func optionalInt(_ column: Int32) -> Int64? { isNull(column) ? nil : int(column) }
    func time(_ column: Int32) -> Timestamp { Timestamp(int(column)) }
    func optionalTime(_ column: Int32) -> Timestamp? { optionalInt(column).map { Timestamp($0) } }
    func id<T: EntityID>(_ column: Int32) -> T { T(rawValue: int(column)) }
    func optionalID<T: EntityID>(_ column: Int32) -> T? { optionalInt(column).map { T(rawValue: $0) } }
    func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }
    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    func bytes(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(handle, column) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }

    /// A word of one of our vocabularies. A word that is none of it means that somebody else wrote the file.
    func word<T: RawRepresentable<String>>(_ column: Int32) throws(StoreError) -> T {
        let text = text(column)
        guard let value = T(rawValue: text) else { throw .corrupt("\"\(text)\" is no \(T.self)") }
        return value
    }

    func eventName(_ column: Int32) throws(StoreError) -> EventName {
        let text = text(column)
        guard let name = EventName(text) else { throw .corrupt("\"\(text)\" is no type of event") }
        return name
    }

    func optionalWord<T: RawRepresentable<String>>(_ column: Int32) throws(StoreError) -> T? {
        isNull(column) ? nil : try word(column)
    }

    func json(_ column: Int32) throws(StoreError) -> JSON {
        do throws(JSONError) { return try JSONParser.parse(bytes(column)) } catch { throw .corrupt("\(error)") }
    }
}

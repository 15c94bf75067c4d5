import GRDB

/// What a plugin may do inside a transaction of its store. Use it only inside the closure that got it.
public struct StoreTransaction {
    private let db: Database

    init(_ db: Database) { self.db = db }

    /// Runs a statement. Returns the number of rows it changed.
    @discardableResult
    public func run(_ sql: String, _ arguments: [StoreValue] = []) throws -> Int {
        try db.cachedStatement(sql: sql).execute(arguments: StatementArguments(arguments.map(\.databaseValue)))
        return db.changesCount
    }

    /// The rows of a query.
    public func rows(_ sql: String, _ arguments: [StoreValue] = []) throws -> [StoreRow] {
        let statement = try db.cachedStatement(sql: sql)
        return try Row.fetchAll(statement, arguments: StatementArguments(arguments.map(\.databaseValue))).map { row in
            StoreRow(values: row.databaseValues.map { StoreValue($0) })
        }
    }

    /// Hands the rows of a query over one by one, so that memory does not grow with their number.
    public func forEach(_ sql: String, _ arguments: [StoreValue] = [], _ body: (StoreRow) throws -> Void) throws {
        let statement = try db.cachedStatement(sql: sql)
        let cursor = try Row.fetchCursor(statement, arguments: StatementArguments(arguments.map(\.databaseValue)))
        while let row = try cursor.next() { try body(StoreRow(values: row.databaseValues.map { StoreValue($0) })) }
    }
}

/// One row: values by position.
public struct StoreRow: Sendable {
    let values: [StoreValue]

    /// An integer; 0 where the column is null.
    public func int(_ column: Int) -> Int64 { optionalInt(column) ?? 0 }
    /// An integer, or nil for null.
    public func optionalInt(_ column: Int) -> Int64? {
        if case .int(let value) = values[column] { value } else { nil }
    }
    /// A text; empty where the column is null.
    public func text(_ column: Int) -> String { optionalText(column) ?? "" }
    /// A text, or nil for null.
    public func optionalText(_ column: Int) -> String? {
        if case .text(let value) = values[column] { value } else { nil }
    }
}

/// A value in a plugin's store.
public enum StoreValue: Hashable, Sendable, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByNilLiteral {
    case null
    case int(Int64)
    case real(Double)
    case text(String)

    public init(integerLiteral value: Int64) { self = .int(value) }
    public init(stringLiteral value: String) { self = .text(value) }
    public init(nilLiteral: ()) { self = .null }

    /// A text, or null for nil.
    public static func optional(_ text: String?) -> StoreValue { text.map { .text($0) } ?? .null }
    /// An integer, or null for nil.
    public static func optional(_ number: Int64?) -> StoreValue { number.map { .int($0) } ?? .null }

    init(_ value: DatabaseValue) {
        switch value.storage {
        case .null: self = .null
        case .int64(let number): self = .int(number)
        case .double(let number): self = .real(number)
        case .string(let text): self = .text(text)
        case .blob(let data): self = .text(String(decoding: data, as: UTF8.self))
        }
    }

    var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .int(let number): number.databaseValue
        case .real(let number): number.databaseValue
        case .text(let text): text.databaseValue
        }
    }
}

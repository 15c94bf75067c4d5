/// The id of a JSON-RPC request, given back unchanged. A missing id makes a notification; `null` is an id.
public enum RequestID: Hashable, Sendable {
    case null
    case int(Int64)
    case string(String)

    /// The id of that value, or nil where a value can't be one: fractions, objects, booleans, too long, out of range.
    public init?(_ value: JSON) {
        switch value {
        case .null: self = .null
        case .int(let number):
            guard number.magnitude <= UInt64(Limits.safeInteger) else { return nil }
            self = .int(number)
        case .string(let text):
            guard text.utf8.count <= Limits.idBytes else { return nil }
            self = .string(text)
        case .bool, .double, .array, .object: return nil
        }
    }

    /// Appends the id as a value.
    public func write(to writer: inout JSONWriter) {
        switch self {
        case .null: writer.null()
        case .int(let number): writer.int(number)
        case .string(let text): writer.string(text)
        }
    }
}

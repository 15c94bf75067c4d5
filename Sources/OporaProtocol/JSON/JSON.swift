/// A JSON value as it stands on the wire: members keep their order, integers keep all their digits.
///
/// `JSONParser` makes it from bytes, `JSONWriter` writes it back.
public enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number written without fraction and exponent that fits 64 bits.
    case int(Int64)
    /// Any other number.
    case double(Double)
    case string(String)
    case array([JSON])
    case object(JSONObject)

    /// The members of an object, or nil for any other value.
    public var object: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }
    /// The items of an array, or nil for any other value.
    public var array: [JSON]? {
        if case .array(let value) = self { value } else { nil }
    }
    /// The text of a string, or nil for any other value.
    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }
    /// The value of an integer, or nil for any other value.
    public var int: Int64? {
        if case .int(let value) = self { value } else { nil }
    }
    /// The value of a boolean, or nil for any other value.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }
    /// The value of any number, or nil for any other value.
    public var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        case .null, .bool, .string, .array, .object: nil
        }
    }
    /// True for `null`.
    public var isNull: Bool { self == .null }

    /// A member of an object; nil where this is no object or has no such member.
    public subscript(_ name: String) -> JSON? { object?[name] }

    /// What kind of value this is, in JSON Schema's words, for messages about wrong types.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .int: "integer"
        case .double: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}

/// The members of a JSON object in the order in which they were written; names are unique.
public struct JSONObject: Hashable, Sendable {
    /// Name and value, in order.
    public private(set) var members: [(name: String, value: JSON)]

    /// An object of these members; the caller vouches that no name is there twice.
    public init(_ members: [(name: String, value: JSON)] = []) { self.members = members }

    /// The value of a member. Setting nil takes the member away; setting a new name appends it.
    public subscript(_ name: String) -> JSON? {
        get { members.first { $0.name == name }?.value }
        set {
            let index = members.firstIndex { $0.name == name }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append((name, value))
            case (nil, nil): break
            }
        }
    }

    /// Whether both have the same members, in whatever order.
    public static func == (a: JSONObject, b: JSONObject) -> Bool {
        guard a.members.count == b.members.count else { return false }
        // Mostly the order is the same; where it is not, sorting keeps a hostile object from costing its square.
        var first = 0
        while first < a.members.count, JSONName(a.members[first].name) == JSONName(b.members[first].name) {
            guard a.members[first].value == b.members[first].value else { return false }
            first += 1
        }
        guard first < a.members.count else { return true }
        return zip(a.sorted(from: first), b.sorted(from: first)).allSatisfy {
            JSONName($0.name) == JSONName($1.name) && $0.value == $1.value
        }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(members.count)
        for member in sorted(from: 0) {
            hasher.combine(member.name)
            hasher.combine(member.value)
        }
    }

    private func sorted(from first: Int) -> [(name: String, value: JSON)] {
        members[first...].sorted { JSONName($0.name) < JSONName($1.name) }
    }
}

/// The name of a member as JSON compares names: byte by byte. Swift takes texts for the same that Unicode only calls equivalent.
struct JSONName: Hashable, Comparable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (a: JSONName, b: JSONName) -> Bool { a.text == b.text && a.text.utf8.elementsEqual(b.text.utf8) }
    static func < (a: JSONName, b: JSONName) -> Bool { a.text.utf8.lexicographicallyPrecedes(b.text.utf8) }

    func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
        hasher.combine(0xff as UInt8)
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .int(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    /// Members whose value is nil are left out.
    public init(dictionaryLiteral elements: (String, JSON?)...) {
        self = .object(JSONObject(elements.compactMap { name, value in value.map { (name, $0) } }))
    }
}

extension JSON {
    /// A string, or nil for nil: for members that may be absent.
    public static func optional(_ text: String?) -> JSON? { text.map { .string($0) } }

    /// This value as compact JSON text in UTF-8.
    public var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.value(self)
        return writer.bytes
    }

    /// This value as compact JSON text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Reads one JSON text; throws what is wrong with it and where.
    public init(parsing text: String) throws(JSONError) {
        self = try JSONParser.parse(Array(text.utf8))
    }
}

/// A JSON Schema (draft-07) of the subset that plugins may use: compiled once, checked often, pure.
///
/// Keywords: `type, enum, const, required, properties, additionalProperties, items, minimum, maximum, minLength, maxLength,
/// minItems, maxItems`, and `true` and `false` as schemas. Others are not checked; `ignored` names them.
public struct Schema: Hashable, Sendable {
    /// What does not fit a schema, and where.
    public struct Violation: Hashable, Sendable, CustomStringConvertible {
        /// A JSON pointer into the value.
        public var path: String
        /// What was broken, one word: `unknown`, `required`, `type`, `enum`, `range`.
        public var rule: String
        /// For people.
        public var message: String

        public init(path: String, rule: String, message: String) {
            self.path = path
            self.rule = rule
            self.message = message
        }

        public var description: String { "\(path): \(message)" }
    }

    /// Schemas within a schema, values that it lists, names that it requires: together at most so many.
    public static let parts = 2000
    /// Schemas nested deeper are refused.
    public static let depth = 32
    /// Violations that one check names at most.
    public static let violations = 5

    /// As it was given.
    public let source: JSON
    /// Where keywords stand that are not checked, e.g. `/properties/a/pattern`.
    public let ignored: [String]
    private let nodes: [SchemaNode]

    /// Compiles a schema; throws where it is none.
    public init(_ source: JSON) throws(SchemaError) {
        var compiler = SchemaCompiler()
        try compiler.compile(source)
        self.source = source
        ignored = compiler.ignored
        nodes = compiler.nodes
    }

    /// What of a value does not fit: nothing where all is well, else the first few. A value that takes more than
    /// `Limits.schemaSteps` to check does not fit, either.
    public func check(_ value: JSON) -> [Violation] {
        var checker = SchemaChecker(nodes: nodes)
        checker.check(value, 0)
        return checker.violations
    }
}

/// Why a text is no schema.
public struct SchemaError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A JSON pointer into the schema.
    public var path: String
    public var message: String

    public var description: String { "\(path): \(message)" }
}

/// The types that a schema names.
enum SchemaType: String, CaseIterable {
    case null, boolean, integer, number, string, array, object

    func holds(_ value: JSON) -> Bool {
        switch (self, value) {
        case (.null, .null), (.boolean, .bool), (.string, .string), (.array, .array), (.object, .object): true
        case (.number, .int), (.number, .double), (.integer, .int): true
        // A number without a fraction is an integer however it is written.
        case (.integer, .double(let number)): number.rounded() == number
        default: false
        }
    }
}

/// One schema within a schema. Others are named by their place in the table.
struct SchemaNode: Hashable, Sendable {
    /// What becomes of members that `properties` does not name.
    enum Others: Hashable, Sendable {
        case any, none
        case node(Int)
    }

    /// The schema `false`.
    var isNever = false
    /// Empty means any.
    var types: Set<SchemaType> = []
    /// Values of `enum`, in plain form.
    var values: Set<JSON>?
    /// The value of `const`, in plain form.
    var constant: JSON?
    var required: [String] = []
    var properties: [String: Int] = [:]
    var others = Others.any
    var items: Int?
    var minimum: JSON?
    var maximum: JSON?
    var minimumLength: Int64 = 0
    var maximumLength = Int64.max
    var minimumItems: Int64 = 0
    var maximumItems = Int64.max
}

extension JSON {
    /// The value with one form for each number, so that 1 and 1.0 are equal.
    var plain: JSON {
        switch self {
        case .double(let number): Int64(exactly: number).map { .int($0) } ?? self
        case .array(let items): .array(items.map(\.plain))
        case .object(let object): .object(JSONObject(object.members.map { ($0.name, $0.value.plain) }))
        case .null, .bool, .int, .string: self
        }
    }

    /// How many values it is made of.
    var size: Int {
        switch self {
        case .array(let items): items.reduce(1) { $0 + $1.size }
        case .object(let object): object.members.reduce(1) { $0 + $1.value.size }
        case .null, .bool, .int, .double, .string: 1
        }
    }

    /// How many values it is made of, counted until there are more than `most`.
    func size(upTo most: Int) -> Int {
        var size = 1
        switch self {
        case .array(let items): for item in items where size <= most { size += item.size(upTo: most - size) }
        case .object(let object): for member in object.members where size <= most { size += member.value.size(upTo: most - size) }
        case .null, .bool, .int, .double, .string: break
        }
        return size
    }

    /// A name as one step of a JSON pointer.
    static func pointer(_ name: String) -> String {
        guard name.utf8.contains(where: { $0 == 0x7e || $0 == 0x2f }) else { return "/\(name)" }
        return "/" + name.map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }.joined()
    }
}

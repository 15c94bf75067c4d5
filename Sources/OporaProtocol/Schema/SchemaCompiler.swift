/// Reads a schema into a table of nodes; the first is the whole.
struct SchemaCompiler {
    /// Keywords that say something to people and check nothing.
    private static let notes: Set<String> = [
        "$schema", "$id", "$comment", "title", "description", "default", "examples", "readOnly", "writeOnly",
    ]

    private(set) var nodes: [SchemaNode] = []
    private(set) var ignored: [String] = []
    private var parts = 0

    mutating func compile(_ source: JSON) throws(SchemaError) { _ = try node(source, "", depth: 1) }

    /// Counts something in; throws where the schema grows too large.
    private mutating func count(_ more: Int, _ path: String) throws(SchemaError) {
        parts += more
        guard parts <= Schema.parts else {
            throw SchemaError(path: path, message: "the schema has more than \(Schema.parts) parts")
        }
    }

    /// Adds the schema to the table; returns its place.
    private mutating func node(_ source: JSON, _ path: String, depth: Int) throws(SchemaError) -> Int {
        guard depth <= Schema.depth else { throw SchemaError(path: path, message: "is nested deeper than \(Schema.depth)") }
        try count(1, path)
        let place = nodes.count
        nodes.append(SchemaNode())
        if let flag = source.bool {
            nodes[place].isNever = !flag
            return place
        }
        guard let object = source.object else {
            throw SchemaError(path: path, message: "a schema is an object, true or false, not \(source.kind)")
        }
        var node = SchemaNode()
        for member in object.members {
            let at = path + JSON.pointer(member.name)
            if try !read(member.name, member.value, at, depth, &node) { ignored.append(at) }
        }
        nodes[place] = node
        return place
    }

    /// Reads one keyword; false where it is outside the subset.
    private mutating func read(
        _ name: String, _ value: JSON, _ path: String, _ depth: Int, _ node: inout SchemaNode
    ) throws(SchemaError) -> Bool {
        switch name {
        case "type": node.types = try types(value, path)
        case "enum":
            guard let values = value.array else { throw SchemaError(path: path, message: "must be an array") }
            try count(JSON.array(values).size, path)
            node.values = Set(values.map(\.plain))
        case "const":
            try count(value.size, path)
            node.constant = value.plain
        case "required": node.required = try names(value, path)
        case "properties":
            guard let members = value.object?.members else { throw SchemaError(path: path, message: "must be an object") }
            for member in members {
                node.properties[member.name] = try self.node(member.value, path + JSON.pointer(member.name), depth: depth + 1)
            }
        case "additionalProperties":
            switch value {
            case .bool(let isAllowed): node.others = isAllowed ? .any : .none
            default: node.others = .node(try self.node(value, path, depth: depth + 1))
            }
        // The form with one schema for each place is outside the subset.
        case "items": if value.array == nil { node.items = try self.node(value, path, depth: depth + 1) } else { return false }
        case "minimum": node.minimum = try number(value, path)
        case "maximum": node.maximum = try number(value, path)
        case "minLength": node.minimumLength = try size(value, path)
        case "maxLength": node.maximumLength = try size(value, path)
        case "minItems": node.minimumItems = try size(value, path)
        case "maxItems": node.maximumItems = try size(value, path)
        default: return Self.notes.contains(name)
        }
        return true
    }

    private func types(_ value: JSON, _ path: String) throws(SchemaError) -> Set<SchemaType> {
        var types: Set<SchemaType> = []
        for word in value.array ?? [value] {
            guard let type = word.string.flatMap(SchemaType.init(rawValue:)) else {
                let known = SchemaType.allCases.map(\.rawValue).joined(separator: ", ")
                throw SchemaError(path: path, message: "must be one of \(known), or several of them")
            }
            types.insert(type)
        }
        guard !types.isEmpty else { throw SchemaError(path: path, message: "names no type") }
        return types
    }

    private mutating func names(_ value: JSON, _ path: String) throws(SchemaError) -> [String] {
        guard let items = value.array else { throw SchemaError(path: path, message: "must be an array of names") }
        try count(items.count, path)
        let names = items.compactMap(\.string)
        guard names.count == items.count else { throw SchemaError(path: path, message: "must be an array of names") }
        return names
    }

    private func number(_ value: JSON, _ path: String) throws(SchemaError) -> JSON {
        guard value.number != nil else { throw SchemaError(path: path, message: "must be a number") }
        return value.plain
    }

    private func size(_ value: JSON, _ path: String) throws(SchemaError) -> Int64 {
        guard let size = value.plain.int, size >= 0 else {
            throw SchemaError(path: path, message: "must be an integer, not below 0")
        }
        return size
    }
}

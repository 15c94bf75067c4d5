/// Holds one value against a table of nodes. Ends early once enough is found.
struct SchemaChecker {
    /// An object with more members is looked through by a set of its names.
    private static let fewMembers = 16

    let nodes: [SchemaNode]
    private(set) var violations: [Schema.Violation] = []

    init(nodes: [SchemaNode]) { self.nodes = nodes }

    private var isFull: Bool { violations.count >= Schema.violations }

    private mutating func note(_ path: String, _ rule: String, _ message: String) {
        if !isFull { violations.append(.init(path: path, rule: rule, message: message)) }
    }

    mutating func check(_ value: JSON, _ place: Int, _ path: String) {
        if isFull { return }
        let node = nodes[place]
        if node.isNever { return note(path, "unknown", "nothing is allowed here") }
        if !node.types.isEmpty, !node.types.contains(where: { $0.holds(value) }) {
            let wanted = SchemaType.allCases.filter(node.types.contains).map(\.rawValue).joined(separator: " or ")
            return note(path, "type", "must be \(wanted), not \(value.kind)")
        }
        checkChoice(value, node, path)
        switch value {
        case .object(let object): checkObject(object, node, path)
        case .array(let items): checkItems(items, node, path)
        case .string(let text): checkText(text, node, path)
        case .int, .double: checkNumber(value, node, path)
        case .null, .bool: break
        }
    }

    private mutating func checkChoice(_ value: JSON, _ node: SchemaNode, _ path: String) {
        if node.values == nil, node.constant == nil { return }
        let value = value.plain
        if let values = node.values, !values.contains(value) {
            let few = values.count <= 12 && values.allSatisfy { $0.array == nil && $0.object == nil }
            note(
                path, "enum",
                few ? "must be one of \(values.map(\.text).sorted().joined(separator: ", "))" : "is none of the values allowed")
        }
        if let constant = node.constant, constant != value {
            note(path, "enum", constant.size == 1 ? "must be \(constant.text)" : "is not the value allowed")
        }
    }

    private mutating func checkObject(_ object: JSONObject, _ node: SchemaNode, _ path: String) {
        if !node.required.isEmpty {
            let names = object.members.count > Self.fewMembers ? Set(object.members.map(\.name)) : nil
            for name in node.required where !(names?.contains(name) ?? (object[name] != nil)) {
                note(path + JSON.pointer(name), "required", "is missing")
            }
        }
        for member in object.members {
            if isFull { return }
            let at = path + JSON.pointer(member.name)
            if let place = node.properties[member.name] {
                check(member.value, place, at)
            } else {
                switch node.others {
                case .any: break
                case .none: note(at, "unknown", "is not known here")
                case .node(let place): check(member.value, place, at)
                }
            }
        }
    }

    private mutating func checkItems(_ items: [JSON], _ node: SchemaNode, _ path: String) {
        if items.count < node.minimumItems { note(path, "range", "has fewer than \(node.minimumItems) items") }
        if items.count > node.maximumItems { note(path, "range", "has more than \(node.maximumItems) items") }
        guard let place = node.items else { return }
        for (index, item) in items.enumerated() {
            if isFull { return }
            check(item, place, "\(path)/\(index)")
        }
    }

    private mutating func checkText(_ text: String, _ node: SchemaNode, _ path: String) {
        if node.minimumLength == 0, node.maximumLength == .max { return }
        let length = text.unicodeScalars.count
        if length < node.minimumLength { note(path, "range", "is shorter than \(node.minimumLength) characters") }
        if length > node.maximumLength { note(path, "range", "is longer than \(node.maximumLength) characters") }
    }

    private mutating func checkNumber(_ value: JSON, _ node: SchemaNode, _ path: String) {
        if let minimum = node.minimum, SchemaChecker.isLess(value, minimum) { note(path, "range", "is below \(minimum.text)") }
        if let maximum = node.maximum, SchemaChecker.isLess(maximum, value) { note(path, "range", "is above \(maximum.text)") }
    }

    /// Whether one number lies below another. Integers keep all their digits.
    private static func isLess(_ a: JSON, _ b: JSON) -> Bool {
        if let a = a.int, let b = b.int { return a < b }
        guard let a = a.number, let b = b.number else { return false }
        return a < b
    }
}

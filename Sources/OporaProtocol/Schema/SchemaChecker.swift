/// Holds one value against a table of nodes. Ends early once enough is found, and where it takes too many steps.
struct SchemaChecker {
    /// An object with more members is looked through by a set of its names.
    private static let fewMembers = 16

    /// A step from a value to one within it.
    private enum Step {
        case name(String)
        case index(Int)
    }

    let nodes: [SchemaNode]
    private(set) var violations: [Schema.Violation] = []
    /// Where the value that is looked at stands. It becomes text only where something is wrong: a long name above many values
    /// would be copied for each of them.
    private var path: [Step] = []
    private var stepsLeft = Limits.schemaSteps

    init(nodes: [SchemaNode]) { self.nodes = nodes }

    private var isFull: Bool { violations.count >= Schema.violations || stepsLeft <= 0 }

    private mutating func note(_ name: String? = nil, _ rule: String, _ message: String) {
        if isFull { return }
        var text = ""
        for step in path + (name.map { [.name($0)] } ?? []) {
            switch step {
            case .name(let name): text += JSON.pointer(name)
            case .index(let index): text += "/\(index)"
            }
        }
        violations.append(.init(path: text, rule: rule, message: message))
    }

    /// Counts work; false, once and for all, where it grows too much. Then the value counts as one that does not fit.
    private mutating func spend(_ steps: Int) -> Bool {
        guard stepsLeft > 0 else { return false }
        stepsLeft -= steps
        guard stepsLeft <= 0 else { return true }
        violations = [
            .init(path: "", rule: "range", message: "takes more than \(Limits.schemaSteps) steps to check; send less at once")
        ]
        return false
    }

    private mutating func check(_ value: JSON, _ place: Int, at step: Step) {
        path.append(step)
        check(value, place)
        path.removeLast()
    }

    mutating func check(_ value: JSON, _ place: Int) {
        if isFull || !spend(1) { return }
        let node = nodes[place]
        if node.isNever { return note(nil, "unknown", "nothing is allowed here") }
        if !node.types.isEmpty, !node.types.contains(where: { $0.holds(value) }) {
            let wanted = SchemaType.allCases.filter(node.types.contains).map(\.rawValue).joined(separator: " or ")
            return note(nil, "type", "must be \(wanted), not \(value.kind)")
        }
        checkChoice(value, node)
        switch value {
        case .object(let object): checkObject(object, node)
        case .array(let items): checkItems(items, node)
        case .string(let text): checkText(text, node)
        case .int, .double: checkNumber(value, node)
        case .null, .bool: break
        }
    }

    private mutating func checkChoice(_ value: JSON, _ node: SchemaNode) {
        if node.values == nil, node.constant == nil { return }
        // What is larger than a schema may be is none of its values, and is not gone through.
        let size = value.size(upTo: Schema.parts)
        guard spend(size) else { return }
        guard size <= Schema.parts else { return note(nil, "enum", "is not a value that is allowed") }
        let value = value.plain
        if let values = node.values, !values.contains(value) {
            let few = values.count <= 12 && values.allSatisfy { $0.array == nil && $0.object == nil }
            note(
                nil, "enum",
                few ? "must be one of \(values.map(\.text).sorted().joined(separator: ", "))" : "is none of the values allowed")
        }
        if let constant = node.constant, constant != value {
            note(nil, "enum", constant.size == 1 ? "must be \(constant.text)" : "is not the value allowed")
        }
    }

    private mutating func checkObject(_ object: JSONObject, _ node: SchemaNode) {
        if !node.required.isEmpty {
            guard spend(node.required.count) else { return }
            let names = object.members.count > Self.fewMembers ? Set(object.members.map(\.name)) : nil
            for name in node.required where !(names?.contains(name) ?? (object[name] != nil)) {
                note(name, "required", "is missing")
            }
        }
        for member in object.members {
            if isFull { return }
            if let place = node.properties[member.name] {
                check(member.value, place, at: .name(member.name))
            } else {
                switch node.others {
                case .any: break
                case .none: note(member.name, "unknown", "is not known here")
                case .node(let place): check(member.value, place, at: .name(member.name))
                }
            }
        }
    }

    private mutating func checkItems(_ items: [JSON], _ node: SchemaNode) {
        if items.count < node.minimumItems { note(nil, "range", "has fewer than \(node.minimumItems) items") }
        if items.count > node.maximumItems { note(nil, "range", "has more than \(node.maximumItems) items") }
        guard let place = node.items else { return }
        for (index, item) in items.enumerated() {
            if isFull { return }
            check(item, place, at: .index(index))
        }
    }

    private mutating func checkText(_ text: String, _ node: SchemaNode) {
        if node.minimumLength == 0, node.maximumLength == .max { return }
        let length = text.unicodeScalars.count
        if length < node.minimumLength { note(nil, "range", "is shorter than \(node.minimumLength) characters") }
        if length > node.maximumLength { note(nil, "range", "is longer than \(node.maximumLength) characters") }
    }

    private mutating func checkNumber(_ value: JSON, _ node: SchemaNode) {
        if let minimum = node.minimum, SchemaChecker.isLess(value, minimum) { note(nil, "range", "is below \(minimum.text)") }
        if let maximum = node.maximum, SchemaChecker.isLess(maximum, value) { note(nil, "range", "is above \(maximum.text)") }
    }

    /// Whether one number lies below another. Integers keep all their digits.
    private static func isLess(_ a: JSON, _ b: JSON) -> Bool {
        if let a = a.int, let b = b.int { return a < b }
        guard let a = a.number, let b = b.number else { return false }
        return a < b
    }
}

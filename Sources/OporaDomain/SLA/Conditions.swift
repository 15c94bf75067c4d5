public import OporaProtocol

extension SLAPolicy {
    /// Which tickets a policy is for. All that are set must hold; an empty one holds for every ticket.
    public struct Conditions: Hashable, Sendable {
        public var priorities: Set<Priority> = []
        public var groups: Set<GroupID> = []
        public var organizations: Set<OrganizationID> = []
        public var channels: Set<Channel> = []
        public var types: Set<TicketType> = []
        /// Any of these tags.
        public var tags: Set<String> = []
        /// Custom fields: for each name any of these values.
        public var fields: [String: Set<JSON>] = [:]

        public init() {}

        /// Whether they say anything of what a ticket's events do not tell: tags and values of custom fields.
        public var needsContent: Bool { !tags.isEmpty || !fields.isEmpty }

        func hold(for ticket: Ticket) -> Bool {
            (priorities.isEmpty || priorities.contains(ticket.priority))
                && (channels.isEmpty || channels.contains(ticket.channel))
                && (groups.isEmpty || ticket.group.map { groups.contains($0) } ?? false)
                && (organizations.isEmpty || ticket.organization.map { organizations.contains($0) } ?? false)
                && (types.isEmpty || ticket.type.map { types.contains($0) } ?? false)
                && (tags.isEmpty || ticket.tags.contains { tags.contains($0) })
                && (fields.isEmpty
                    || fields.allSatisfy { name, values in ticket.fields[name].map { values.contains($0) } ?? false })
        }
    }
}

extension SLAPolicy.Conditions {
    static let members = ["priority", "group", "organization", "channel", "type", "tags", "fields"]

    /// Reads conditions as they are given and kept; `null` is none.
    /// - Throws: `invalid_params` with the path below `/conditions`.
    public init(reading value: JSON) throws(RPCError) {
        guard !value.isNull else { return }
        guard let object = value.object else { throw .invalid("/conditions", "type", "must be an object, not \(value.kind)") }
        for member in object.members {
            let items = try Self.items(member.value, "/conditions/\(member.name)")
            switch member.name {
            case "priority": priorities = try Self.words(items, member.name)
            case "channel": channels = try Self.words(items, member.name)
            case "type": types = try Self.words(items, member.name)
            case "group": groups = try Self.ids(items, member.name)
            case "organization": organizations = try Self.ids(items, member.name)
            case "tags": tags = try Self.texts(items, member.name)
            case "fields": fields = try Self.fields(member.value)
            default:
                throw .invalid(
                    "/conditions/\(member.name)", "unknown", "conditions are \(Self.members.joined(separator: ", "))")
            }
        }
    }

    /// The conditions as they are shown and kept; a condition that is not set is absent.
    public var json: JSON {
        func list(_ words: [String]) -> JSON? { words.isEmpty ? nil : .array(words.sorted().map { .string($0) }) }
        let named = fields.sorted { $0.key < $1.key }.map { name, values in
            (name: name, value: JSON.array(values.sorted { $0.text < $1.text }))
        }
        return [
            "priority": list(priorities.map(\.rawValue)), "group": list(groups.map(\.description)),
            "organization": list(organizations.map(\.description)), "channel": list(channels.map(\.rawValue)),
            "type": list(types.map(\.rawValue)), "tags": list(Array(tags)),
            "fields": named.isEmpty ? nil : .object(JSONObject(named)),
        ]
    }

    /// Several values; one may stand without an array.
    private static func items(_ value: JSON, _ path: String) throws(RPCError) -> [JSON] {
        let items = value.isNull ? [] : value.array ?? [value]
        guard items.count <= Limits.conditionValues else {
            throw .invalid(path, "range", "names more than \(Limits.conditionValues) values")
        }
        return items
    }

    private static func words<T: RawRepresentable<String> & CaseIterable & Hashable>(
        _ items: [JSON], _ name: String
    ) throws(RPCError) -> Set<T> {
        var result: Set<T> = []
        for (index, item) in items.enumerated() {
            guard let word = item.string.flatMap(T.init(rawValue:)) else {
                let known = T.allCases.map(\.rawValue).joined(separator: ", ")
                throw .invalid("/conditions/\(name)/\(index)", "enum", "must be one of \(known)")
            }
            result.insert(word)
        }
        return result
    }

    private static func ids<T: EntityID>(_ items: [JSON], _ name: String) throws(RPCError) -> Set<T> {
        var result: Set<T> = []
        for (index, item) in items.enumerated() {
            guard let id = item.string.flatMap({ T($0) }) else {
                throw .invalid("/conditions/\(name)/\(index)", "format", "must be an id such as \(T.letter)-1")
            }
            result.insert(id)
        }
        return result
    }

    private static func texts(_ items: [JSON], _ name: String) throws(RPCError) -> Set<String> {
        var result: Set<String> = []
        for (index, item) in items.enumerated() {
            guard let text = item.string, !text.isEmpty, text.unicodeScalars.count <= Limits.nameCharacters else {
                throw .invalid("/conditions/\(name)/\(index)", "type", "must be a short text")
            }
            result.insert(text)
        }
        return result
    }

    private static func fields(_ value: JSON) throws(RPCError) -> [String: Set<JSON>] {
        guard !value.isNull else { return [:] }
        guard let object = value.object, object.members.count <= Limits.fields else {
            throw .invalid("/conditions/fields", "type", "must be an object of at most \(Limits.fields) fields")
        }
        var result: [String: Set<JSON>] = [:]
        for member in object.members {
            let path = "/conditions/fields/\(member.name)"
            let values = try items(member.value, path)
            guard !values.isEmpty, values.allSatisfy({ $0.array == nil && $0.object == nil && !$0.isNull }) else {
                throw .invalid(path, "type", "must be a text, a number, true or false, or several in an array")
            }
            result[member.name] = Set(values)
        }
        return result
    }
}

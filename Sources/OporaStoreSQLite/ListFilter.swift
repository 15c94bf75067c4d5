import OporaDomain
import OporaProtocol
import OporaTime

/// A filter as a condition of SQL: it lets through all that match, and of the others as few as is cheap. What SQL can't say
/// well is left to `ViewFilter.matches`, which has the last word.
struct ListFilter {
    enum Value {
        case int(Int64)
        case text(String)
    }

    private(set) var parts: [String] = []
    private(set) var values: [Value] = []

    var sql: String { parts.isEmpty ? "1" : parts.joined(separator: " AND ") }

    /// - Parameter limits: what the caller may see.
    init(_ filter: ViewFilter, within limits: [Sight.Limit]) {
        parts.append(filter.isDeleted ? "deleted_at IS NOT NULL" : "deleted_at IS NULL")
        addState(filter)
        addPeople(filter)
        addContent(filter)
        add("created_at", filter.created)
        add("updated_at", filter.updated)
        add("due_at", filter.due)
        switch filter.sla {
        case .breached: parts.append("targets <> '[]'")
        case .running, .atRisk: parts.append("due_at IS NOT NULL")
        case nil: break
        }
        for limit in limits { add(limit) }
        // An OR inside must not leak out.
        parts = parts.map { "(\($0))" }
    }

    /// The condition of `Sight.includes`.
    private mutating func add(_ limit: Sight.Limit) {
        switch limit {
        case .nothing: parts.append("0")
        case .requester(let person):
            parts.append("requester_id = ?")
            values.append(.int(person.rawValue))
        case .organization(let organization, let person):
            parts.append("organization_id = ? OR requester_id = ?")
            values += [.int(organization.rawValue), .int(person.rawValue)]
        case .groups(let groups, let person):
            // Numbers of the desk's own.
            let known = groups.map(\.rawValue).sorted().map(String.init).joined(separator: ", ")
            parts.append("group_id IS NULL OR group_id IN (\(known)) OR requester_id = ? OR assignee_id = ?")
            values += [.int(person.rawValue), .int(person.rawValue)]
        }
    }

    private mutating func addState(_ filter: ViewFilter) {
        if filter.isUnsolved { parts.append("status NOT IN ('solved', 'closed')") }
        if filter.isWaking { parts.append("wake_at IS NOT NULL") }
        if !filter.statuses.isEmpty {
            let marks = Self.marks(filter.statuses.count)
            parts.append("status IN (\(marks)) OR custom_status IN (\(marks))")
            values += (filter.statuses + filter.statuses).map { .text($0) }
        }
        add("status", filter.categories.map(\.rawValue))
        add("priority", filter.priorities.map(\.rawValue))
        add("type", filter.types.map(\.rawValue))
        add("channel", filter.channels.map(\.rawValue))
        if !filter.tiers.isEmpty {
            parts.append("coalesce(tier, 0) IN (\(Self.marks(filter.tiers.count)))")
            values += filter.tiers.map { .int(Int64($0)) }
        }
    }

    private mutating func addPeople(_ filter: ViewFilter) {
        add("group_id", filter.groups)
        add("assignee_id", filter.assignees)
        add("requester_id", filter.requesters)
        add("organization_id", filter.organizations)
        let followers = filter.followers.map { choice -> String in
            guard case .id(let id) = choice else { return "followers IS NULL" }
            values.append(.text(",\(id.rawValue),"))
            return "instr(followers, ?) > 0"
        }
        if !followers.isEmpty { parts.append(followers.joined(separator: " OR ")) }
    }

    private mutating func addContent(_ filter: ViewFilter) {
        if let external = filter.externalID { add("external_id", [external]) }
        for tag in filter.tags {
            parts.append("instr(tags, ?) > 0")
            values.append(.text(",\(tag),"))
        }
        for field in filter.fields.members {
            parts.append("instr(fields, ?) > 0")
            values.append(.text("\"\(field.name)\""))
        }
    }

    private mutating func add(_ column: String, _ words: [String]) {
        if words.isEmpty { return }
        parts.append("\(column) IN (\(Self.marks(words.count)))")
        values += words.map { .text($0) }
    }

    private mutating func add<ID: EntityID>(_ column: String, _ choices: [ViewFilter.Choice<ID>]) {
        if choices.isEmpty { return }
        var some: [String] = choices.contains(.none) ? ["\(column) IS NULL"] : []
        let ids = choices.compactMap { choice -> Int64? in
            if case .id(let id) = choice { id.rawValue } else { nil }
        }
        if !ids.isEmpty {
            some.append("\(column) IN (\(Self.marks(ids.count)))")
            values += ids.map { .int($0) }
        }
        parts.append(some.joined(separator: " OR "))
    }

    private mutating func add(_ column: String, _ span: ViewFilter.Span) {
        if let after = span.after {
            parts.append("\(column) >= ?")
            values.append(.int(after.rawValue))
        }
        if let before = span.before {
            parts.append("\(column) < ?")
            values.append(.int(before.rawValue))
        }
    }

    private static func marks(_ count: Int) -> String { [String](repeating: "?", count: count).joined(separator: ", ") }
}

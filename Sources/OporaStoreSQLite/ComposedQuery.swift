import OporaDomain
import OporaProtocol
import OporaStore

/// A query that is put together from the filters that were given. Values are always bound.
struct ComposedQuery {
    private enum Value {
        case int(Int64)
        case text(String)
    }

    private let select: String
    private var conditions: [String] = []
    private var values: [Value] = []
    private var ordering = "id"

    init(_ select: String) { self.select = select }

    mutating func equal(_ column: String, _ value: Int64?) {
        guard let value else { return }
        conditions.append("\(column) = ?")
        values.append(.int(value))
    }

    mutating func equal(_ column: String, _ value: String?) {
        guard let value else { return }
        conditions.append("\(column) = ?")
        values.append(.text(value))
    }

    /// Whether a column has no value.

    mutating func like(_ column: String, _ pattern: String) {
        conditions.append("\(column) LIKE ?")
        values.append(.text(pattern))
    }

    /// Tickets within what somebody may see: the condition of `Sight.includes`.
    mutating func within(_ limit: Sight.Limit) {
        switch limit {
        case .nothing: conditions.append("0")
        case .requester(let person): equal("requester_id", person.rawValue)
        case .organization(let organization, let person):
            conditions.append("(organization_id = ? OR requester_id = ?)")
            values += [.int(organization.rawValue), .int(person.rawValue)]
        case .groups(let groups, let person):
            // Numbers of the desk's own, in one order: one statement for each set of groups.
            let known = groups.map(\.rawValue).sorted().map(String.init).joined(separator: ", ")
            conditions.append("(group_id IS NULL OR group_id IN (\(known)) OR requester_id = ? OR assignee_id = ?)")
            values += [.int(person.rawValue), .int(person.rawValue)]
        }
    }

    /// Rows after an id, in order of id.
    mutating func after(_ id: Int64) {
        conditions.append("id > ?")
        values.append(.int(id))
    }

    /// Tickets that were told of as forgotten, the longest forgotten first, after a place.
    mutating func stuck(after place: TicketQuery.Place?) {
        conditions.append("stuck_at IS NOT NULL")
        ordering = "stuck_at, id"
        guard let place else { return }
        conditions.append("(stuck_at, id) > (?, ?)")
        values += [.int(place.value), .int(place.id)]
    }

    func statement(_ db: Connection, limit: Int) throws(StoreError) -> Statement {
        let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
        let statement = try db.statement(composed: "\(select)\(filter) ORDER BY \(ordering) LIMIT \(limit)")
        for value in values {
            switch value {
            case .int(let number): statement.bind(number)
            case .text(let text): statement.bind(text)
            }
        }
        return statement
    }
}

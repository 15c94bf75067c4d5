import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// The statement that finds documents, newest first: words in the index, conditions and rights in the desk as it is now.
struct CandidateQuery {
    private var conditions: [String] = []
    private var values: [Value] = []

    private enum Value {
        case int(Int64)
        case text(String)
    }

    init(_ search: TicketSearch) {
        for condition in search.query.filter.conditions { add(condition) }
        for limit in search.sight.limits { add(limit) }
    }

    /// Documents that match: ticket, source, when written, rank.
    func documents(_ expression: String, _ search: TicketSearch, _ db: Connection) throws(StoreError) -> Statement {
        var filter = conditions
        if !search.sight.seesInternal || search.query.filter.visibility == .public { filter.append("d.internal = 0") }
        if search.query.filter.visibility == .internal { filter.append("d.internal = 1") }
        // Without conditions on the ticket it is looked up for the hits of the page alone.
        let ticket = conditions.isEmpty ? "" : "CROSS JOIN desk.ticket t ON t.id = d.ticket_id"
        let statement = try db.statement(
            composed: """
                SELECT d.ticket_id, d.source, d.created_at, \(Ranking.name)(word) FROM word CROSS JOIN doc d ON d.id = word.rowid \
                \(ticket) WHERE word MATCH ? AND d.source IS NOT NULL AND d.created_at <= ? \
                \(filter.map { "AND \($0)" }.joined(separator: " ")) ORDER BY word.rowid DESC LIMIT \(Limits.searchCandidates + 1)
                """
        ).bind(expression).bind(search.asOf)
        return bind(statement)
    }

    /// The ticket that a word names by its id here or in another system, where it holds the conditions.
    func ticket(named word: String, _ sight: Sight, _ db: Connection) throws(StoreError) -> TicketID? {
        let id = TicketID(word.uppercased())?.rawValue
        // Its id elsewhere is the desk's own affair.
        if id == nil, !sight.seesInternal { return nil }
        let filter = conditions.map { "AND \($0)" }.joined(separator: " ")
        let statement = try db.statement(
            composed: "SELECT t.id FROM desk.ticket t WHERE \(id == nil ? "t.external_id = ?" : "t.id = ?") \(filter) LIMIT 1")
        if let id { statement.bind(id) } else { statement.bind(word) }
        return try bind(statement).first { TicketID(rawValue: $0.int(0)) }
    }

    private func bind(_ statement: Statement) -> Statement {
        for value in values {
            switch value {
            case .int(let number): statement.bind(number)
            case .text(let text): statement.bind(text)
            }
        }
        return statement
    }

    private mutating func add(_ condition: TicketCondition) {
        switch condition {
        case .status(let words): among("t.status", words.map(\.rawValue))
        case .priority(let words): among("t.priority", words.map(\.rawValue))
        case .type(let words): among("t.type", words.map(\.rawValue))
        case .channel(let words): among("t.channel", words.map(\.rawValue))
        case .group(let id): equal("t.group_id", id?.rawValue)
        case .assignee(let id): equal("t.assignee_id", id?.rawValue)
        case .requester(let id): equal("t.requester_id", id.rawValue)
        case .organization(let id): equal("t.organization_id", id.rawValue)
        case .tag(let tag):
            // Tags stand between commas.
            conditions.append("instr(t.tags, ?) > 0")
            values.append(.text(",\(tag),"))
        case .created(let span): within("t.created_at", span)
        case .updated(let span): within("t.updated_at", span)
        }
    }

    /// The condition of `Sight.includes`.
    private mutating func add(_ limit: Sight.Limit) {
        switch limit {
        case .nothing: conditions.append("0")
        case .requester(let person): equal("t.requester_id", person.rawValue)
        case .organization(let organization, let person):
            conditions.append("(t.organization_id = ? OR t.requester_id = ?)")
            values += [.int(organization.rawValue), .int(person.rawValue)]
        case .groups(let groups, let person):
            // Numbers of the desk's own.
            let known = groups.map(\.rawValue).sorted().map(String.init).joined(separator: ", ")
            conditions.append("(t.group_id IS NULL OR t.group_id IN (\(known)) OR t.requester_id = ? OR t.assignee_id = ?)")
            values += [.int(person.rawValue), .int(person.rawValue)]
        }
    }

    private mutating func equal(_ column: String, _ value: Int64?) {
        guard let value else { return conditions.append("\(column) IS NULL") }
        conditions.append("\(column) = ?")
        values.append(.int(value))
    }

    private mutating func within(_ column: String, _ span: TimeSpan) {
        for (instant, comparison) in [(span.from, ">="), (span.before, "<")] {
            guard let instant else { continue }
            conditions.append("\(column) \(comparison) ?")
            values.append(.int(instant.rawValue))
        }
    }

    private mutating func among(_ column: String, _ words: [String]) {
        conditions.append("\(column) IN (\(marks(words)))")
        values += words.map { .text($0) }
    }

    private func marks(_ values: [some Any]) -> String { values.map { _ in "?" }.joined(separator: ", ") }
}

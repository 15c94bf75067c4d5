import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Lists of tickets: bounded looks along an index, in keyset order.
struct TicketListing {
    let db: Connection
    let query: TicketQuery
    private let filter: ListFilter

    init(_ query: TicketQuery, _ db: Connection) {
        self.query = query
        self.db = db
        filter = ListFilter(query.filter, within: query.limits)
    }

    /// A page. It may come short where it looked at as many tickets as it may; then it says where to go on.
    func page() throws(StoreError) -> TicketPage {
        switch try way() {
        case .few(let index, let conditions): try sorted(index, conditions)
        case .along(let index): try along(index)
        }
    }

    /// How many there are, as far as one look goes.
    func count() throws(StoreError) -> TicketCount {
        let statement: Statement
        switch try way() {
        case .few(let index, let conditions):
            statement = try self.statement(index, conditions, ordering: nil, limit: query.looks + 1)
        case .along(let index):
            statement = try self.statement(index, bounds(), ordering: nil, limit: query.looks + 1)
        }
        defer { statement.reset() }
        var count: Int64 = 0
        var looked = 0
        while try statement.next() {
            looked += 1
            if looked > query.looks { return TicketCount(count: count, isExact: false) }
            if try match(statement) != nil { count += 1 }
        }
        return TicketCount(count: count, isExact: true)
    }

    /// The first way that names no more tickets than may be sorted; the last one is open to all.
    func way() throws(StoreError) -> ListPath {
        let ways = ListPath.ways(query.filter, query.sort)
        guard let best = ways.first else { throw .failed("no index leads to tickets by \(query.sort.rawValue)") }
        guard ways.count > 1, case .few(let index, let conditions) = best else { return best }
        return try isSmall(index, conditions) ? best : ways[1]
    }

    private func isSmall(_ index: String, _ conditions: [ListPath.Condition]) throws(StoreError) -> Bool {
        let filter = conditions.map(\.sql).joined(separator: " AND ")
        let statement = try db.statement(
            composed: "SELECT count(*) FROM (SELECT 1 FROM ticket INDEXED BY \(index) WHERE \(filter) LIMIT \(query.sorted + 1))")
        bind(conditions, statement)
        return try statement.first { $0.int(0) } ?? 0 <= query.sorted
    }

    /// Tickets that an index names, then sorted: SQLite keeps only those of the page while it sorts.
    private func sorted(_ index: String, _ conditions: [ListPath.Condition]) throws(StoreError) -> TicketPage {
        let all = sortedConditions(conditions)
        return try read(statement(index, all, ordering: ordering, limit: query.looks + 1, isFiltered: true))
    }

    private func sortedConditions(_ conditions: [ListPath.Condition]) -> [ListPath.Condition] {
        conditions + [ListPath.Condition(sql: "\(column) IS NOT NULL")] + place()
    }

    private var ordering: String {
        let direction = query.sort.isDescending ? "DESC" : "ASC"
        return column == "id" ? "id \(direction)" : "\(column) \(direction), id \(direction)"
    }

    /// Along an order; tickets that do not match are passed over without being read.
    private func along(_ index: String?) throws(StoreError) -> TicketPage {
        try read(statement(index, bounds(), ordering: ordering, limit: nil))
    }

    /// The statement of a page along each way, for whoever wants to know its plan.
    func alongSQL(_ index: String?) -> String { sql(index, bounds(), ordering: ordering, limit: nil, isFiltered: false) }
    func sortedSQL(_ index: String, _ conditions: [ListPath.Condition]) -> String {
        sql(index, sortedConditions(conditions), ordering: ordering, limit: query.looks + 1, isFiltered: true)
    }

    /// What the index of an order starts from: the place, or an end that lies before all.
    private func bounds() -> [ListPath.Condition] {
        let isDescending = query.sort.isDescending
        let span = range
        let after = query.after ?? firstPlace
        var bounds: [ListPath.Condition]
        if column == "id" {
            bounds = [ListPath.Condition(sql: "id \(isDescending ? "<" : ">") ?", values: [after.id])]
        } else {
            bounds = [
                ListPath.Condition(sql: "(\(column), id) \(isDescending ? "<" : ">") (?, ?)", values: [after.value, after.id])
            ]
        }
        // The index of due instants holds only tickets with one, and SQLite wants to hear that nothing else is asked for.
        if column == "due_at" { bounds.append(ListPath.Condition(sql: "due_at IS NOT NULL")) }
        // The other end of a span ends the look early.
        if let last = isDescending ? span?.after : span?.before {
            bounds.append(ListPath.Condition(sql: "\(column) \(isDescending ? ">=" : "<") ?", values: [last.rawValue]))
        }
        return bounds
    }

    /// The place before all that are wanted: the near end of a span, where there is one.
    private var firstPlace: TicketQuery.Place {
        if query.sort.isDescending {
            return TicketQuery.Place(value: range?.before?.rawValue ?? .max, id: range?.before == nil ? .max : .min)
        }
        return TicketQuery.Place(
            value: range?.after.map { $0.rawValue - 1 } ?? .min, id: range?.after == nil ? .min : .max)
    }

    private var range: ViewFilter.Span? {
        switch query.sort {
        case .created, .lastCreated: query.filter.created
        case .updated, .lastUpdated: query.filter.updated
        case .due, .lastDue: query.filter.due
        default: nil
        }
    }

    private func place() -> [ListPath.Condition] {
        guard let after = query.after else { return [] }
        let comparison = query.sort.isDescending ? "<" : ">"
        return [ListPath.Condition(sql: "(\(column), id) \(comparison) (?, ?)", values: [after.value, after.id])]
    }

    /// The sort value in SQL.
    private var column: String {
        switch query.sort {
        case .id, .newest: "id"
        case .created, .lastCreated: "created_at"
        case .updated, .lastUpdated: "updated_at"
        case .due, .lastDue: "due_at"
        case .wake, .lastWake: "wake_at"
        case .priority, .mostPressing: "CASE priority WHEN 'low' THEN 0 WHEN 'normal' THEN 1 WHEN 'high' THEN 2 ELSE 3 END"
        }
    }

    /// - Parameter isFiltered: rows that do not match are left out by SQL; else they come with a mark, so that they are counted.
    func statement(
        _ index: String?, _ conditions: [ListPath.Condition], ordering: String?, limit: Int?, isFiltered: Bool = false
    ) throws(StoreError) -> Statement {
        let statement = try db.statement(
            composed: sql(index, conditions, ordering: ordering, limit: limit, isFiltered: isFiltered))
        if !isFiltered { bindFilter(statement) }
        bind(conditions, statement)
        if isFiltered { bindFilter(statement) }
        return statement
    }

    func sql(
        _ index: String?, _ conditions: [ListPath.Condition], ordering: String?, limit: Int?, isFiltered: Bool
    ) -> String {
        let mark = isFiltered ? "1" : filter.sql
        let source = index.map { "ticket INDEXED BY \($0)" } ?? "ticket"
        let all = conditions.map(\.sql) + (isFiltered ? [filter.sql] : [])
        return "SELECT \(TicketRow.columns), \(mark) AS hit, \(column) FROM \(source) WHERE \(all.joined(separator: " AND "))"
            + (ordering.map { " ORDER BY \($0)" } ?? "") + (limit.map { " LIMIT \($0)" } ?? "")
    }

    private func bindFilter(_ statement: Statement) {
        for value in filter.values {
            switch value {
            case .int(let number): statement.bind(number)
            case .text(let text): statement.bind(text)
            }
        }
    }

    private func bind(_ conditions: [ListPath.Condition], _ statement: Statement) {
        for condition in conditions {
            for value in condition.values { statement.bind(value) }
            if let text = condition.text { statement.bind(text) }
        }
    }

    /// The ticket of a row, if it is one of those that are wanted.
    private func match(_ row: Statement) throws(StoreError) -> Ticket? {
        guard row.int(TicketRow.count) == 1 else { return nil }
        let ticket = try TicketRow.read(row)
        let sight = Sight(limits: query.limits, seesInternal: true)
        return query.filter.matches(ticket, now: query.now) && sight.includes(ticket) ? ticket : nil
    }

    private func read(_ statement: Statement) throws(StoreError) -> TicketPage {
        defer { statement.reset() }
        var page = TicketPage(tickets: [], reached: nil)
        var looked = 0
        while try statement.next() {
            // One more than wanted shows that there is more; it is not taken.
            if page.tickets.count == query.limit || looked == query.looks { return page }
            looked += 1
            if let ticket = try match(statement) { page.tickets.append(ticket) }
            page.reached = TicketQuery.Place(value: statement.int(TicketRow.count + 1), id: statement.int(0))
        }
        page.reached = nil
        return page
    }
}

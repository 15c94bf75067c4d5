import OporaDomain
import OporaProtocol

/// The way to the tickets of a list: along an index that names a few, which are then sorted, or along an order, looking at each.
///
/// Every way goes through an index; which one, is decided here alone, and does not depend on SQLite's statistics.
enum ListPath: Hashable {
    /// Tickets that an index names, then sorted.
    case few(index: String, conditions: [Condition])
    /// Along an order, from the place on.
    case along(index: String?)

    /// A part of the WHERE that the index answers.
    struct Condition: Hashable {
        var sql: String
        var values: [Int64] = []
        var text: String?
    }

    private static let open = [Condition(sql: "solved_at IS NULL"), Condition(sql: "closed_at IS NULL")]

    /// Ways from the best to the last one, which is always possible but for orders that no index has.
    static func ways(_ filter: ViewFilter, _ sort: TicketSort) -> [ListPath] {
        [few(filter, sort), isAlong(sort) ? .along(index: index(of: sort)) : nil].compactMap { $0 }
    }

    /// An index that names few tickets, as far as the filter tells.
    private static func few(_ filter: ViewFilter, _ sort: TicketSort) -> ListPath? {
        if let external = filter.externalID {
            return .few(index: "ticket_external", conditions: [Condition(sql: "external_id = ?", text: external)])
        }
        let isOpen = filter.impliesUnsolved || sort == .wake || sort == .lastWake
        if isOpen, let assignees = among("assignee_id", filter.assignees) {
            return .few(index: "ticket_open_assignee", conditions: open + [assignees])
        }
        if isOpen, let groups = among("group_id", filter.groups) {
            return .few(index: "ticket_open_group", conditions: open + [groups])
        }
        if isOpen, filter.groups == [.none] {
            return .few(index: "ticket_open_group", conditions: open + [Condition(sql: "group_id IS NULL")])
        }
        if let requesters = among("requester_id", filter.requesters) {
            return .few(index: "ticket_requester", conditions: [requesters])
        }
        if let organizations = among("organization_id", filter.organizations) {
            return .few(index: "ticket_organization", conditions: [organizations])
        }
        // The order of due instants has hardly more than the open ones; the others have all tickets of the desk.
        if isOpen, sort != .due, sort != .lastDue { return .few(index: "ticket_open_group", conditions: open) }
        return nil
    }

    private static func among<ID: EntityID>(_ column: String, _ choices: [ViewFilter.Choice<ID>]) -> Condition? {
        var ids: [Int64] = []
        for choice in choices {
            guard case .id(let id) = choice else { return nil }
            ids.append(id.rawValue)
        }
        if ids.isEmpty { return nil }
        return Condition(sql: "\(column) IN (\(ids.map { _ in "?" }.joined(separator: ", ")))", values: ids)
    }

    private static func isAlong(_ sort: TicketSort) -> Bool {
        switch sort {
        case .priority, .mostPressing, .wake, .lastWake: false
        default: true
        }
    }

    private static func index(of sort: TicketSort) -> String? {
        switch sort {
        case .created, .lastCreated: "ticket_created"
        case .updated, .lastUpdated: "ticket_updated"
        case .due, .lastDue: "ticket_due"
        default: nil
        }
    }
}

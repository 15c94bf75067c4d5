import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Lists of tickets by filter and sort.
enum TicketLists {
    static let all: [QueryMethod] = [
        QueryMethod("ticket.list", "\(ViewFilter.signature) sort? limit? cursor? expand?", "Tickets by filters, in order.") {
            context in
            let sort: TicketSort = try context.params.optionalWord("sort") ?? .newest
            try context.params.checkStatuses("status", context.kernel.desk)
            try context.list(try ViewFilter(reading: context.params), sort)
        },
        QueryMethod("ticket.count", ViewFilter.signature, "How many tickets there are by filters, as far as one look goes.") {
            context in
            try context.params.checkStatuses("status", context.kernel.desk)
            try context.count(try ViewFilter(reading: context.params))
        },
    ]
}

extension QueryContext {
    /// The person who asks; nil for a program.
    var viewer: UserID? { job.request.meta.onBehalfOf ?? kernel.user(of: job.identity.name) }

    /// The groups of whoever asks.
    func groupsOfViewer() throws -> [GroupID] {
        guard let me = viewer else { return [] }
        var query = PeopleQuery()
        query.limit = Limits.pageItems
        var found: [GroupID] = []
        while true {
            let page = try store.groups(query)
            found += page.filter { $0.members.contains(me) || $0.lead == me }.map(\.id)
            guard page.count == query.limit, let last = page.last else { return found }
            query.after = last.id.rawValue
        }
    }

    /// The filter as it is meant by whoever asks, now.
    private func resolve(_ filter: ViewFilter) throws -> ViewFilter {
        var result = try filter.resolved(for: viewer, groups: filter.groups.contains(.mine) ? groupsOfViewer() : [], now: now)
        // Whoever sees their own tickets alone has an index that names them.
        if result.requesters.isEmpty, case .requester(let person)? = sight.limits.first { result.requesters = [.id(person)] }
        return result
    }

    /// Writes a page of tickets.
    mutating func list(_ filter: ViewFilter, _ sort: TicketSort) throws {
        guard filter.allows(sort) else {
            throw Rejection.validation(
                member: "sort",
                reason:
                    "\(sort.rawValue) is an order of few tickets: ask for unsolved ones, or for a requester's or an organization's"
            )
        }
        var query = TicketQuery(now: now)
        query.filter = try resolve(filter)
        query.limits = sight.limits
        query.sort = sort
        query.limit = try params.limit()
        query.after = try cursor().map { .init(value: $0.value, id: $0.id) }
        let page = try store.tickets(query)
        let (book, sight) = (book, sight)
        let shown = self.page(
            page.tickets, limit: query.limit, cursor: { Cursor(value: sort.value(of: $0) ?? 0, id: $0.id.rawValue) },
            reached: page.reached.map { Cursor(value: $0.value, id: $0.id) }
        ) { $0.ticket($1, book, sight) }
        try include(with: shown)
    }

    /// Writes a number of tickets.
    mutating func count(_ filter: ViewFilter) throws {
        var query = TicketQuery(now: now)
        query.filter = try resolve(filter)
        query.limits = sight.limits
        query.looks = Limits.countLooks
        let found = try store.count(query)
        result.member("count", found.count)
        result.member("exact", found.isExact)
        result.member("as_of_seq", head.seq)
        result.member("epoch", head.epoch)
    }
}

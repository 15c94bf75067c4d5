import Foundation
import GRDBSQLite
import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime
import Testing

@testable import OporaStoreSQLite

@Suite("Lists of tickets")
struct ListTests {
    private static let start: Int64 = 1_795_420_800_000
    private static let now = Timestamp(start + 50_000)

    /// A store with tickets of every kind, the same in each run.
    private func withTickets(_ count: Int, _ body: (Connection, [Ticket]) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("list-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("opora.db").path
        let writer = try SQLiteStore(path: path, newLogID: "log").makeWriter()
        var dice = Dice(state: 7)
        let tickets = (1...count).map { Self.ticket(Int64($0), &dice) }
        try writer.begin()
        var commit = Commit()
        commit.tickets = tickets
        try writer.apply(commit)
        try writer.commit()
        try body(try Connection(path: path, isWriter: false), tickets)
    }

    /// A generator of numbers that are the same in each run (SplitMix64).
    struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var z = state
            z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
            z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
            return z ^ (z >> 31)
        }

        mutating func below(_ count: Int64) -> Int64 { Int64(next() % UInt64(count)) }
        mutating func one<T>(_ items: [T]) -> T { items[Int(below(Int64(items.count)))] }
        mutating func maybe<T>(_ value: T) -> T? { below(2) == 0 ? nil : value }
    }

    private static func ticket(_ id: Int64, _ dice: inout Dice) -> Ticket {
        let at = Timestamp(start + dice.below(100_000))
        let status = dice.one(TicketStatus.allCases)
        var ticket = Ticket(
            id: TicketID(rawValue: id), subject: "s", status: status, priority: dice.one(Priority.allCases),
            type: dice.maybe(dice.one(TicketType.allCases)), channel: dice.one(Channel.allCases),
            requester: UserID(rawValue: 1 + dice.below(4)), organization: dice.maybe(OrganizationID(rawValue: 1 + dice.below(2))),
            group: dice.maybe(GroupID(rawValue: 1 + dice.below(3))), tier: dice.maybe(Int(1 + dice.below(3))),
            assignee: dice.maybe(UserID(rawValue: 5 + dice.below(3))), tags: dice.one([[], ["vip"], ["vip", "eu"], ["vipper"]]),
            followers: dice.one([[], [UserID(rawValue: 5)], [UserID(rawValue: 55), UserID(rawValue: 6)]]),
            fields: dice.one([JSONObject(), JSONObject([("model", "x")]), JSONObject([("model", "y"), ("floor", 3)])]),
            externalID: dice.maybe("e\(dice.below(20))"), createdAt: at, updatedAt: at + dice.below(1000))
        if status == .solved { ticket.solvedAt = at }
        if status == .closed { ticket.closedAt = at }
        if status.isWaiting { ticket.wakeAt = dice.maybe(at + 5000 + dice.below(50)) }
        if dice.below(3) > 0 { ticket.targets = [target(at, &dice)] }
        if dice.below(10) == 0 { ticket.deletedAt = at }
        return ticket
    }

    private static func target(_ at: Timestamp, _ dice: inout Dice) -> SLATarget {
        let state = dice.one([TargetState.running, .met, .breached])
        return SLATarget(
            kind: .resolution, cycle: 1, policy: PolicyID(rawValue: 1), policyVersion: 1, calendar: CalendarID(rawValue: 1),
            calendarVersion: 1, startedAt: at, budget: 1000, state: state, dueAt: at + dice.below(100_000),
            warnings: [.init(.percent(75), at: at + dice.below(100_000))], endedAt: state == .running ? nil : at,
            breachedAt: state == .breached ? at : nil)
    }

    /// Filters of every member, alone and together, some of which find nothing.
    private static func filter(_ dice: inout Dice) -> ViewFilter {
        var filter = ViewFilter()
        for _ in 0..<(1 + dice.below(3)) {
            switch dice.below(18) {
            case 0: filter.isUnsolved = true
            case 1: filter.categories = [dice.one(TicketStatus.allCases), .open]
            case 2: filter.statuses = [dice.one(TicketStatus.allCases).rawValue]
            case 3: filter.priorities = [dice.one(Priority.allCases)]
            case 4: filter.types = [dice.one(TicketType.allCases)]
            case 5: filter.channels = [dice.one(Channel.allCases), .email]
            case 6: filter.groups = dice.one([[.none], [.id(GroupID(rawValue: 1))], [.id(GroupID(rawValue: 2)), .none]])
            case 7: filter.tiers = dice.one([[0], [1, 2]])
            case 8: filter.assignees = dice.one([[.none], [.id(UserID(rawValue: 5))], [.id(UserID(rawValue: 9)), .none]])
            case 9: filter.requesters = [.id(UserID(rawValue: 1 + dice.below(4)))]
            case 10: filter.followers = dice.one([[.none], [.id(UserID(rawValue: 5))], [.id(UserID(rawValue: 6)), .none]])
            case 11: filter.organizations = dice.one([[.none], [.id(OrganizationID(rawValue: 1))]])
            case 12: filter.externalID = "e\(dice.below(20))"
            case 13: filter.tags = dice.one([["vip"], ["vip", "eu"]])
            case 14: filter.fields = dice.one([JSONObject([("model", "y")]), JSONObject([("floor", 3)])])
            case 15: filter.sla = dice.one(ViewFilter.SLAState.allCases)
            case 16: filter.isWaking = true
            default:
                let span = ViewFilter.Span(after: Timestamp(start + dice.below(50_000)), before: dice.maybe(now))
                switch dice.below(3) {
                case 0: filter.created = span
                case 1: filter.updated = span
                default: filter.due = span
                }
            }
        }
        filter.withoutTags = dice.below(5) == 0 ? ["eu"] : []
        filter.isDeleted = dice.below(8) == 0
        return filter
    }

    @Test("Page by page every filter in every order finds what the rule says, each ticket once")
    func agreement() throws {
        try withTickets(300) { db, tickets in
            var dice = Dice(state: 11)
            for round in 0..<400 {
                let filter = Self.filter(&dice)
                let sort = dice.one(TicketSort.allCases)
                guard filter.allows(sort) else { continue }
                var query = TicketQuery(now: Self.now)
                query.filter = filter
                query.sort = sort
                query.limit = 7
                query.looks = dice.one([5, 50, 20_000])
                var found: [TicketID] = []
                for _ in 0..<200 {
                    let page = try TicketListing(query, db).page()
                    #expect(page.tickets.count <= query.limit)
                    found += page.tickets.map(\.id)
                    query.after = page.reached
                    if page.reached == nil { break }
                }
                #expect(query.after == nil, "round \(round) does not end: \(filter) \(sort)")
                #expect(found == Self.expected(tickets, filter, sort), "round \(round): \(filter) \(sort)")
                query.after = nil
                query.looks = 1000
                let count = try TicketListing(query, db).count()
                #expect(count.isExact)
                // An order leaves out tickets that have no place in it; a count takes them all.
                query.sort = .newest
                #expect(
                    try TicketListing(query, db).count().count == Int64(tickets.count { filter.matches($0, now: Self.now) }))
            }
        }
    }

    private static func expected(_ tickets: [Ticket], _ filter: ViewFilter, _ sort: TicketSort) -> [TicketID] {
        let places = tickets.filter { filter.matches($0, now: now) }
            .compactMap { ticket in sort.value(of: ticket).map { (value: $0, id: ticket.id) } }
        let inOrder = places.sorted { ($0.value, $0.id.rawValue) < ($1.value, $1.id.rawValue) }
        return (sort.isDescending ? inOrder.reversed() : inOrder).map(\.id)
    }

    /// What SQLite says about the way of a query.
    private func plan(_ filter: ViewFilter, _ sort: TicketSort, _ db: Connection) throws -> String {
        var query = TicketQuery(now: Self.now)
        query.filter = filter
        query.sort = sort
        query.after = TicketQuery.Place(value: 5, id: 5)
        let listing = TicketListing(query, db)
        let sql =
            switch try listing.way() {
            case .few(let index, let conditions): listing.sortedSQL(index, conditions)
            case .along(let index): listing.alongSQL(index)
            }
        let rows = try db.statement(composed: "EXPLAIN QUERY PLAN \(sql)").all { (row) throws(StoreError) in row.text(3) }
        return rows.joined(separator: "; ")
    }

    private static func filter(_ set: (inout ViewFilter) -> Void) -> ViewFilter {
        var filter = ViewFilter()
        set(&filter)
        return filter
    }

    private static let group = [ViewFilter.Choice.id(GroupID(rawValue: 1))]
    private static let agent = [ViewFilter.Choice.id(UserID(rawValue: 5))]

    /// Views that every desk begins with, and combinations of filters: the index that each goes along, and whether it is sorted
    /// afterwards.
    @Test(
        "No list reads the whole table: each goes along an index",
        arguments: [
            (filter { ($0.isUnsolved, $0.assignees) = (true, agent) }, .mostPressing, "ticket_open_assignee", true),
            (
                filter { ($0.isUnsolved, $0.groups, $0.assignees) = (true, group, [.none]) }, .mostPressing, "ticket_open_group",
                true
            ),
            (filter { ($0.isUnsolved, $0.due) = (true, .init(before: now)) }, .due, "ticket_due", false),
            (filter { ($0.isUnsolved, $0.sla) = (true, .breached) }, .mostPressing, "ticket_open_group", true),
            (filter { $0.isWaking = true }, .wake, "ticket_open_group", true),
            (filter { _ in }, .newest, "INTEGER PRIMARY KEY", false), (filter { _ in }, .id, "INTEGER PRIMARY KEY", false),
            (filter { _ in }, .updated, "ticket_updated", false), (filter { _ in }, .lastUpdated, "ticket_updated", false),
            (filter { _ in }, .created, "ticket_created", false), (filter { _ in }, .lastCreated, "ticket_created", false),
            (filter { _ in }, .due, "ticket_due", false), (filter { _ in }, .lastDue, "ticket_due", false),
            (filter { $0.requesters = agent }, .newest, "ticket_requester", false),
            (filter { $0.requesters = agent }, .priority, "ticket_requester", true),
            (filter { $0.organizations = [.id(OrganizationID(rawValue: 1))] }, .updated, "ticket_organization", true),
            (filter { $0.externalID = "e1" }, .newest, "ticket_external", false),
            (filter { $0.groups = group }, .lastUpdated, "ticket_updated", false),
            (filter { $0.tags = ["vip"] }, .newest, "INTEGER PRIMARY KEY", false),
            (filter { ($0.groups, $0.categories) = (group, [.open, .pending]) }, .due, "ticket_open_group", true),
            (filter { $0.categories = [.solved] }, .lastUpdated, "ticket_updated", false),
            (filter { $0.followers = agent }, .newest, "INTEGER PRIMARY KEY", false),
            (filter { ($0.isUnsolved, $0.fields) = (true, JSONObject([("model", "x")])) }, .newest, "ticket_open_group", true),
            (filter { $0.isDeleted = true }, .newest, "INTEGER PRIMARY KEY", false),
        ] as [(ViewFilter, TicketSort, String, Bool)])
    func plans(filter: ViewFilter, sort: TicketSort, index: String, isSorted: Bool) throws {
        try withTickets(20) { db, _ in
            let plan = try plan(filter, sort, db)
            #expect(plan.contains(index), "\(plan)")
            #expect(plan.contains("USE TEMP B-TREE FOR ORDER BY") == isSorted, "\(plan)")
            // A scan is one of an index that holds open tickets alone, or none.
            #expect(!plan.contains("SCAN") || plan.contains("SCAN ticket USING INDEX ticket_open_group"), "\(plan)")
        }
    }

    @Test("Where too many are named for sorting, the list goes along its order")
    func tooMany() throws {
        try withTickets(50) { db, _ in
            var query = TicketQuery(now: Self.now)
            query.filter.requesters = [.id(UserID(rawValue: 1))]
            query.sorted = 3
            #expect(try TicketListing(query, db).way() == .along(index: nil))
            // An order without an index of its own has no other way.
            query.sort = .priority
            guard case .few = try TicketListing(query, db).way() else {
                Issue.record("priority goes along no index")
                return
            }
        }
    }
}

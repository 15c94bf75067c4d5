import OporaDomain
import OporaProtocol
import OporaTime
import Testing

@Suite("Filters of tickets")
struct ViewFilterTests {
    private let now = Timestamp(1_000_000)

    @Test("What is mine is the asking person's, and means nothing to a program")
    func mine() throws {
        var filter = ViewFilter()
        filter.assignees = [.mine, .none]
        filter.groups = [.mine]
        let resolved = try filter.resolved(
            for: UserID(rawValue: 7), groups: [GroupID(rawValue: 1), GroupID(rawValue: 2)], now: now)
        #expect(Set(resolved.assignees) == [.id(UserID(rawValue: 7)), .none])
        #expect(resolved.groups == [.id(GroupID(rawValue: 1)), .id(GroupID(rawValue: 2))])
        #expect(throws: Rejection.self) { try filter.resolved(for: nil, groups: [], now: now) }
        // Of a person without groups nothing is found, and not everything.
        let lonely = try filter.resolved(for: UserID(rawValue: 7), groups: [], now: now)
        #expect(lonely.groups == [.id(GroupID(rawValue: 0))])
    }

    @Test("Spans around now become instants, and the narrower end holds")
    func spans() throws {
        var filter = ViewFilter()
        filter.created.within = 1000
        filter.due = ViewFilter.Span(before: now + 5, within: 1000)
        filter.quiet = 300
        filter.updated.before = now - 200
        let resolved = try filter.resolved(for: nil, groups: [], now: now)
        #expect(resolved.created == ViewFilter.Span(after: now - 1000))
        #expect(resolved.due == ViewFilter.Span(before: now + 5))
        #expect(resolved.updated == ViewFilter.Span(before: now - 300) && resolved.quiet == nil)
    }

    @Test(
        "Orders that no index has are for few tickets",
        arguments: [(TicketSort.priority, false), (.mostPressing, false), (.newest, true), (.lastDue, true), (.wake, true)]
            as [(TicketSort, Bool)])
    func orders(sort: TicketSort, isForAll: Bool) {
        #expect(ViewFilter().allows(sort) == isForAll)
        var open = ViewFilter()
        open.isUnsolved = true
        #expect(open.allows(sort))
    }
}

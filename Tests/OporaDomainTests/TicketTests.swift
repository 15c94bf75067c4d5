import OporaDomain
import OporaProtocol
import OporaTime
import Testing

/// A ticket under the rules, with a clock that the test sets.
struct Bench {
    var book = SLABook()
    var ticket: Ticket
    var facts: [EventDraft] = []

    /// Monday 2026-11-23, 08:00 UTC; an always open calendar; normal: 60 and 240 minutes, urgent: 30 and 60.
    static let start = Timestamp(1_795_420_800_000)

    init(calendar text: String = #"{"zone":"UTC","always_open":true}"#, hasPolicy: Bool = true) throws {
        let spec = try CalendarSpec(reading: try #require(try JSON(parsing: text).object))
        book.add(BusinessCalendar(spec, zone: .utc), id: CalendarID(rawValue: 1))
        if hasPolicy {
            book.add(
                SLAPolicy(
                    id: PolicyID(rawValue: 1), version: 1, name: "Standard", position: 1, calendar: CalendarID(rawValue: 1),
                    targets: [
                        .normal: [.firstResponse: 60 * 60_000, .resolution: 240 * 60_000],
                        .urgent: [.firstResponse: 30 * 60_000, .resolution: 60 * 60_000],
                        .low: [.resolution: 480 * 60_000],
                    ],
                    warnings: WarningPlan()))
        }
        ticket = Ticket(
            id: TicketID(rawValue: 1), subject: "x", channel: .email, requester: UserID(rawValue: 1), createdAt: Self.start,
            updatedAt: Self.start)
        facts = ticket.create(opening: nil, book)
    }

    func at(_ minutes: Int64) -> Timestamp { Self.start + minutes * 60_000 }

    mutating func run(_ verb: (inout Ticket, SLABook) throws -> [EventDraft]) rethrows { facts += try verb(&ticket, book) }

    mutating func reply(_ kind: AuthorKind, _ minutes: Int64, then status: TicketStatus? = nil) throws {
        let message = Message(
            id: MessageID(rawValue: 1), ticket: ticket.id, author: UserID(rawValue: 2), authorKind: kind, visibility: .public,
            channel: .email, createdAt: at(minutes), text: "x")
        facts += try ticket.reply(message, then: status.map { Status($0) }, book)
    }

    mutating func status(_ next: TicketStatus, _ minutes: Int64) throws {
        facts += try ticket.setStatus(next, at: at(minutes), book)
    }

    mutating func tick(_ minutes: Int64) { facts += ticket.tick(now: at(minutes), book) }

    /// The facts as `type@minutes`, for one look at a whole story.
    var story: [String] { facts.map { "\($0.name.text)@\(($0.at - Self.start) / 60_000)" } }

    func target(_ kind: TargetKind) -> SLATarget? { ticket.targets.last { $0.kind == kind } }
}

@Suite("Tickets")
struct TicketTests {
    @Test(
        "Every move between statuses is allowed or refused as the table says", arguments: TicketStatus.allCases,
        TicketStatus.allCases)
    func transitions(from: TicketStatus, to: TicketStatus) throws {
        var bench = try Bench(hasPolicy: false)
        bench.ticket.status = from
        let before = bench.ticket
        let allowed = Ticket.allowed(from: from)
        if from == to {
            #expect(try bench.ticket.setStatus(to, at: bench.at(1), bench.book).isEmpty)
        } else if allowed.contains(to) {
            #expect(try bench.ticket.setStatus(to, at: bench.at(1), bench.book).map(\.type) == [.ticketStatusChanged])
            #expect(bench.ticket.status == to && bench.ticket.version == before.version + 1)
        } else {
            #expect(
                throws: Rejection.invalidTransition(
                    from: from.rawValue, to: to.rawValue, allowed: allowed.map(\.rawValue))
            ) {
                try bench.ticket.setStatus(to, at: bench.at(1), bench.book)
            }
            #expect(bench.ticket == before)
        }
    }

    @Test("Nothing leaves closed")
    func closed() throws {
        var bench = try Bench()
        try bench.status(.solved, 1)
        try bench.status(.closed, 2)
        #expect(bench.ticket.closedAt == bench.at(2))
        #expect(throws: Rejection.self) { try bench.reply(.requester, 3) }
        #expect(throws: Rejection.self) { try bench.status(.open, 3) }
        #expect(Ticket.allowed(from: .closed).isEmpty)
    }

    @Test("A waiting status takes a reason and wakes up by itself")
    func waking() throws {
        var bench = try Bench(hasPolicy: false)
        bench.facts += try bench.ticket.setStatus(.onHold, reason: "vendor", wakeAt: bench.at(30), at: bench.at(10), bench.book)
        #expect(bench.ticket.nextInstant == bench.at(30))
        bench.tick(29)
        #expect(bench.ticket.status == .onHold)
        bench.tick(45)
        #expect(bench.ticket.status == .open && bench.ticket.statusReason == nil && bench.ticket.wakeAt == nil)
        #expect(bench.story == ["ticket.created@0", "ticket.status_changed@10", "ticket.status_changed@30"])
        #expect(throws: Rejection.self) { try bench.ticket.setStatus(.solved, reason: "x", at: bench.at(50), bench.book) }
        #expect(throws: Rejection.self) {
            try bench.ticket.setStatus(.pending, wakeAt: bench.at(49), at: bench.at(50), bench.book)
        }
    }

    @Test(
        "What a message does to the status",
        arguments: [
            (TicketStatus.new, AuthorKind.agent, TicketStatus.open), (.new, .requester, .new), (.new, .bot, .new),
            (.pending, .requester, .open), (.onHold, .requester, .open), (.solved, .requester, .open),
            (.pending, .agent, .pending),
            (.solved, .bot, .solved), (.open, .agent, .open),
        ])
    func messages(status: TicketStatus, author: AuthorKind, expected: TicketStatus) throws {
        var bench = try Bench(hasPolicy: false)
        bench.ticket.status = status
        try bench.reply(author, 5)
        #expect(bench.ticket.status == expected)
    }

    @Test("What is so already is no fact")
    func noChange() throws {
        var bench = try Bench()
        let before = bench.ticket
        #expect(bench.ticket.assign(group: nil, assignee: nil, at: bench.at(1), bench.book).isEmpty)
        #expect(bench.ticket.setPriority(.normal, at: bench.at(1), bench.book).isEmpty)
        #expect(try bench.ticket.setStatus(.new, at: bench.at(1), bench.book).isEmpty)
        #expect(bench.ticket.setFields(JSONObject(), at: bench.at(1)).isEmpty)
        #expect(bench.ticket == before)
    }

    @Test("Each fact is one more version, and bears it")
    func versions() throws {
        var bench = try Bench()
        try bench.reply(.agent, 10, then: .pending)
        try bench.status(.solved, 20)
        let versions = bench.facts.filter { $0.subject == "ticket/T-1" }.map(\.entityVersion)
        #expect(versions == Array(1...Int64(versions.count)))
        #expect(bench.ticket.version == versions.last)
    }

    @Test("History is not bound by the rules of moving")
    func history() throws {
        var bench = try Bench(hasPolicy: false)
        bench.facts += bench.ticket.apply(ImportedState(status: .closed), at: bench.at(5), bench.book)
        bench.facts += bench.ticket.apply(ImportedState(status: .new, priority: .low), at: bench.at(9), bench.book)
        bench.facts += bench.ticket.apply(ImportedState(status: .onHold, reason: "vendor"), at: bench.at(12), bench.book)
        bench.facts += bench.ticket.apply(ImportedState(status: .onHold, reason: "problem"), at: bench.at(13), bench.book)
        bench.facts += bench.ticket.apply(ImportedState(status: .onHold, reason: "problem"), at: bench.at(14), bench.book)
        #expect(
            bench.story == [
                "ticket.created@0", "ticket.status_changed@5", "ticket.priority_changed@9", "ticket.status_changed@9",
                "ticket.status_changed@12", "ticket.status_changed@13",
            ])
        #expect(bench.ticket.solvedAt == nil && bench.ticket.closedAt == nil)
    }
}

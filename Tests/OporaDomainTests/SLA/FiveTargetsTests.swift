import OporaDomain
import OporaProtocol
import OporaTime
import Testing

@Suite("The five targets")
struct FiveTargetsTests {
    @Test("The next response starts at the oldest unanswered message, after the first response, and an agent's reply ends it")
    func nextResponse() throws {
        var desk = try Desk([.firstResponse: 60, .nextResponse: 30])
        try desk.says(.requester, 5)
        #expect(desk.states(.nextResponse).isEmpty, "nobody has answered yet: the first response is what is waited for")
        try desk.says(.agent, 10)
        try desk.says(.requester, 20)
        try desk.says(.requester, 40)
        #expect(desk.dues(.nextResponse) == [50])
        try desk.says(.agent, 45)
        try desk.says(.requester, 100)
        desk.tick(131)
        try desk.says(.agent, 140)
        #expect(desk.states(.nextResponse) == [.met, .breached])
        #expect(desk.target(.nextResponse)?.cycle == 2 && desk.target(.nextResponse)?.endedAt == desk.at(140))
        #expect(
            desk.story == [
                "applied first_response@0", "met first_response@10", "applied next_response@20", "met next_response@45",
                "applied next_response@100", "breached next_response@130",
            ])
    }

    @Test(
        "What is no answer and no question",
        arguments: [
            (AuthorKind.bot, false), (.system, false), (.agent, true), (.requester, true),
        ] as [(AuthorKind, Bool)])
    func silent(author: AuthorKind, isAutomatic: Bool) throws {
        var desk = try Desk([.firstResponse: 60, .nextResponse: 30, .periodicUpdate: 120])
        try desk.says(author, 1, isAutomatic: isAutomatic)
        #expect(desk.target(.firstResponse)?.state == .running && desk.ticket.status == .new)
        try desk.says(.agent, 2, then: .pending)
        let before = desk.ticket.targets
        try desk.says(author, 3, isAutomatic: isAutomatic)
        #expect(desk.ticket.targets == before && desk.ticket.status == .pending)
        let told = desk.facts.last { $0.type == .messageAdded }?.data["automatic"]
        #expect(told == (isAutomatic ? true : nil))
    }

    @Test("An update is promised from each message of an agent to the next, and stands still while the ticket waits")
    func periodicUpdate() throws {
        var desk = try Desk([.periodicUpdate: 60])
        try desk.says(.requester, 1)
        #expect(desk.ticket.targets.isEmpty)
        try desk.says(.agent, 10)
        #expect(desk.dues(.periodicUpdate) == [70])
        try desk.says(.agent, 50, then: .pending)
        #expect(desk.states(.periodicUpdate) == [.met, .paused] && desk.target(.periodicUpdate)?.dueAt == nil)
        try desk.says(.requester, 500)
        #expect(desk.target(.periodicUpdate)?.dueAt == desk.at(560))
        desk.tick(561)
        #expect(desk.states(.periodicUpdate) == [.met, .breached])
        try desk.says(.agent, 600, then: .solved)
        #expect(desk.states(.periodicUpdate) == [.met, .breached], "who solves with a message promises no further one")
        try desk.goes(.open, 700)
        #expect(desk.target(.periodicUpdate)?.dueAt == desk.at(760))
    }

    @Test("Solved, the next response and the update stand still; closed, they are cancelled")
    func solved() throws {
        var desk = try Desk([.nextResponse: 30, .periodicUpdate: 60, .resolution: 600])
        try desk.says(.agent, 1)
        try desk.says(.requester, 10)
        try desk.goes(.solved, 20)
        #expect(desk.states(.nextResponse) == [.paused] && desk.states(.periodicUpdate) == [.paused])
        #expect(desk.states(.resolution) == [.met])
        desk.tick(9000)
        #expect(desk.breaches().isEmpty)
        try desk.goes(.open, 9000)
        #expect(desk.target(.nextResponse)?.dueAt == desk.at(9020))
        try desk.goes(.solved, 9001)
        try desk.goes(.closed, 9002)
        #expect(desk.states(.nextResponse) == [.cancelled] && desk.ticket.nextSLAInstant() == nil)
    }

    @Test("The time in a group begins on entering it and ends on leaving it; who has the ticket there changes nothing")
    func tierTime() throws {
        var desk = try Desk([.tierTime: 60, .resolution: 600])
        #expect(desk.states(.tierTime).isEmpty, "no group, no time in it")
        desk.moves(to: 1, 10)
        #expect(desk.dues(.tierTime) == [70])
        desk.facts += desk.ticket.assign(group: GroupID(rawValue: 1), assignee: UserID(rawValue: 3), at: desk.at(20), desk.book)
        #expect(desk.dues(.tierTime) == [70])
        desk.moves(to: 2, 50)
        desk.tick(111)
        try desk.goes(.solved, 120)
        #expect(desk.states(.tierTime) == [.met, .breached] && desk.dues(.tierTime) == [70, 110])
        try desk.goes(.open, 200)
        #expect(desk.dues(.tierTime) == [70, 110, 260])
        desk.moves(to: nil, 210)
        #expect(desk.states(.tierTime) == [.met, .breached, .met] && desk.target(.resolution)?.state == .running)
        var inGroup = try Desk([.tierTime: 60], group: 4)
        #expect(inGroup.dues(.tierTime) == [60])
        inGroup.tick(61)
        #expect(inGroup.story == ["applied tier_time@0", "breached tier_time@60"])
    }

    @Test(
        "A phone ticket that an agent typed is answered at its creation, unless the policy says otherwise",
        arguments: [
            (Channel.phone, true, true, true), (.phone, true, false, false), (.phone, false, true, false),
            (.email, true, true, false),
        ] as [(Channel, Bool, Bool, Bool)])
    func phone(channel: Channel, isTyped: Bool, phoneAnswers: Bool, isMet: Bool) throws {
        let desk = try Desk([.firstResponse: 60], channel: channel, isTypedByAgent: isTyped) { $0.phoneAnswers = phoneAnswers }
        #expect(desk.target(.firstResponse)?.state == (isMet ? .met : .running))
        #expect(desk.target(.firstResponse)?.endedAt == (isMet ? desk.at(0) : nil))
    }

    @Test(
        "Which statuses pause which target",
        arguments: [
            (TargetKind.resolution, #"{}"#, TicketStatus.pending, true), (.resolution, #"{}"#, .onHold, false),
            (.resolution, #"{"resolution":["on_hold"]}"#, .onHold, true),
            (.resolution, #"{"resolution":["on_hold"]}"#, .pending, false),
            (.resolution, #"{"resolution":[]}"#, .pending, false),
            (.resolution, #"{"tier_time":"pending"}"#, .pending, true),
            (.tierTime, #"{}"#, .pending, false), (.tierTime, #"{"tier_time":["pending","on_hold"]}"#, .onHold, true),
            (.firstResponse, #"{"resolution":["on_hold"]}"#, .onHold, false), (.firstResponse, #"{}"#, .pending, false),
        ] as [(TargetKind, String, TicketStatus, Bool)])
    func pausePlan(kind: TargetKind, plan: String, status: TicketStatus, isPaused: Bool) throws {
        var desk = try Desk([kind: 60], group: 1) { $0.pauses = try PausePlan(reading: JSON(parsing: plan)) }
        try desk.goes(status, 10)
        #expect(desk.target(kind)?.state == (isPaused ? .paused : .running))
        try desk.goes(.open, 30)
        #expect(desk.target(kind)?.dueAt == desk.at(isPaused ? 80 : 60))
    }

    @Test("Two pauses back to back, one without an end, and one of no time at all")
    func pauses() throws {
        var desk = try Desk([.resolution: 60]) {
            $0.pauses = try PausePlan(reading: ["resolution": ["pending", "on_hold"]])
        }
        try desk.goes(.pending, 10)
        try desk.goes(.onHold, 20)
        #expect(desk.target(.resolution)?.pauses.count == 1, "one wait turns into another: the pause goes on")
        try desk.goes(.open, 30)
        try desk.goes(.pending, 30)
        try desk.goes(.open, 30)
        #expect(desk.target(.resolution)?.dueAt == desk.at(80))
        try desk.goes(.pending, 40)
        desk.tick(100_000)
        #expect(desk.target(.resolution)?.state == .paused && desk.breaches().isEmpty && desk.ticket.nextSLAInstant() == nil)
        let calendar = try #require(desk.book.calendars[Desk.calendar]?.calendar)
        #expect(desk.target(.resolution)?.remaining(at: desk.at(100_000), calendar) == 40 * Desk.minute)
    }

    @Test("A note that is made public counts as a message of that instant")
    func published() throws {
        var desk = try Desk([.firstResponse: 60, .nextResponse: 30])
        var note = Message(
            id: MessageID(rawValue: 9), ticket: desk.ticket.id, author: UserID(rawValue: 2), authorKind: .agent,
            visibility: .internal, channel: .api, createdAt: desk.at(3), text: "n")
        desk.facts += desk.ticket.note(note)
        #expect(desk.target(.firstResponse)?.state == .running)
        desk.facts += try desk.ticket.publish(&note, by: UserID(rawValue: 2), at: desk.at(20), desk.book)
        #expect(desk.target(.firstResponse)?.endedAt == desk.at(20) && desk.ticket.status == .open)
        try desk.says(.requester, 25)
        #expect(desk.dues(.nextResponse) == [55])
    }

    @Test("Very many exchanges leave a bounded number of targets, and cycles are counted on")
    func bounded() throws {
        var desk = try Desk([.firstResponse: 60, .nextResponse: 30, .periodicUpdate: 60, .resolution: 100_000])
        for turn in 0..<200 {
            try desk.says(.agent, Int64(turn) * 10 + 5)
            try desk.says(.requester, Int64(turn) * 10 + 7)
        }
        #expect(desk.ticket.targets.count == Limits.ticketTargets)
        #expect(desk.target(.nextResponse)?.cycle == 200 && desk.target(.resolution)?.state == .running)
        for turn in 0..<Int64(Limits.targetPauses) + 50 {
            try desk.goes(.pending, 3000 + turn * 2)
            try desk.goes(.open, 3001 + turn * 2)
        }
        #expect(desk.target(.resolution)?.pauses.count == Limits.targetPauses)
    }
}

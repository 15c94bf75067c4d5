import OporaDomain
import OporaProtocol
import OporaTime
import Testing

@Suite("SLA")
struct SLATests {
    @Test("A reply in the very millisecond of the due instant meets it, one later does not")
    func exactly() throws {
        var met = try Bench()
        met.tick(60)
        try met.reply(.agent, 60)
        #expect(met.target(.firstResponse)?.state == .met)
        var late = try Bench()
        late.facts += late.ticket.tick(now: late.at(60) + 1, late.book)
        try late.reply(.agent, 61)
        #expect(late.target(.firstResponse)?.state == .breached)
        #expect(late.target(.firstResponse)?.breachedAt == late.at(60))
        #expect(late.target(.firstResponse)?.endedAt == late.at(61))
    }

    @Test("The timer is asked for the warning first, then for the moment after due")
    func instants() throws {
        var bench = try Bench()
        #expect(bench.ticket.nextInstant == bench.at(45))
        bench.tick(45)
        #expect(bench.story.last == "sla.warning@45")
        #expect(bench.ticket.nextInstant == bench.at(60) + 1)
    }

    @Test("After downtime a breach bears its true instant, once, and the overtaken warning is not given")
    func downtime() throws {
        var bench = try Bench()
        bench.tick(200)
        bench.tick(201)
        // The resolution's warning at 180 is still true; the first response's at 45 is not.
        #expect(bench.story == ["ticket.created@0", "sla.applied@0", "sla.breached@60", "sla.warning@180"])
        bench.tick(1000)
        #expect(bench.story.filter { $0.hasPrefix("sla.breached") } == ["sla.breached@60", "sla.breached@240"])
        #expect(bench.ticket.nextInstant == nil)
    }

    @Test("Pending pauses the resolution and nothing else; on_hold pauses nothing")
    func pauses() throws {
        var bench = try Bench()
        try bench.reply(.agent, 10, then: .pending)
        #expect(bench.target(.resolution)?.state == .paused && bench.target(.resolution)?.dueAt == nil)
        #expect(bench.ticket.nextInstant == nil)
        bench.tick(5000)
        try bench.reply(.requester, 110)
        #expect(bench.target(.resolution)?.dueAt == bench.at(340))
        try bench.status(.onHold, 120)
        #expect(bench.target(.resolution)?.dueAt == bench.at(340))
        try bench.status(.pending, 130)
        try bench.status(.open, 140)
        #expect(bench.target(.resolution)?.dueAt == bench.at(350))
        try bench.status(.solved, 350)
        #expect(bench.target(.resolution)?.state == .met)
        var unanswered = try Bench()
        try unanswered.status(.pending, 10)
        #expect(unanswered.target(.firstResponse)?.dueAt == unanswered.at(60))
    }

    @Test("A pause that begins at the due instant comes too late")
    func latePause() throws {
        var bench = try Bench()
        try bench.reply(.agent, 1)
        try bench.status(.pending, 240)
        #expect(bench.target(.resolution)?.state == .breached && bench.target(.resolution)?.breachedAt == bench.at(240))
    }

    @Test("A priority whose target has passed already breaches at the change, once, with its cause")
    func raised() throws {
        var bench = try Bench()
        try bench.reply(.agent, 1)
        bench.facts += bench.ticket.setPriority(.urgent, at: bench.at(100), bench.book)
        let breaches = bench.facts.filter { $0.type == .slaBreached }
        #expect(breaches.count == 1 && breaches.first?.at == bench.at(100))
        #expect(breaches.first?.data["cause"] == "policy_changed")
        #expect(breaches.first?.data["due_at"]?.string == bench.at(60).text)
        bench.tick(1000)
        #expect(bench.facts.filter { $0.type == .slaBreached }.count == 1)
    }

    @Test("A breach is not taken back by a lower priority; the new due instant is shown")
    func lowered() throws {
        var bench = try Bench()
        try bench.reply(.agent, 1)
        bench.tick(300)
        bench.facts += bench.ticket.setPriority(.low, at: bench.at(310), bench.book)
        #expect(bench.target(.resolution)?.state == .breached && bench.target(.resolution)?.breachedAt == bench.at(240))
        #expect(bench.target(.resolution)?.dueAt == bench.at(480))
        bench.tick(1000)
        #expect(bench.facts.filter { $0.type == .slaBreached }.count == 1)
    }

    @Test("A change counts from the original start with the original pauses")
    func recomputed() throws {
        var bench = try Bench()
        try bench.reply(.agent, 10, then: .pending)
        try bench.status(.open, 40)
        bench.facts += bench.ticket.setPriority(.urgent, at: bench.at(50), bench.book)
        #expect(bench.target(.resolution)?.dueAt == bench.at(90))
        bench.facts += bench.ticket.setPriority(.low, at: bench.at(55), bench.book)
        #expect(bench.target(.resolution)?.dueAt == bench.at(510))
        #expect(bench.target(.firstResponse)?.state == .met)
    }

    @Test("What nobody promises any more is cancelled")
    func cancelled() throws {
        var bench = try Bench()
        bench.facts += bench.ticket.setPriority(.high, at: bench.at(5), bench.book)
        #expect(bench.ticket.targets.map(\.state) == [.cancelled, .cancelled])
        #expect(bench.ticket.nextInstant == nil && bench.story.last == "sla.cancelled@5")
    }

    @Test("What is promised again goes on from its own start, with the pauses it had meanwhile")
    func promisedAgain() throws {
        var bench = try Bench()
        try bench.reply(.agent, 1)
        bench.facts += bench.ticket.setPriority(.high, at: bench.at(5), bench.book)
        try bench.status(.pending, 10)
        try bench.status(.open, 40)
        bench.facts += bench.ticket.setPriority(.normal, at: bench.at(50), bench.book)
        #expect(bench.target(.resolution)?.state == .running)
        #expect(bench.target(.resolution)?.pauses == [.init(from: bench.at(10), to: bench.at(40))])
        #expect(bench.target(.resolution)?.dueAt == bench.at(270))
        #expect(bench.ticket.targets.filter { $0.kind == .resolution }.count == 1)
        #expect(bench.target(.firstResponse)?.state == .met)
        // Answered while nobody promised an answer: that is over.
        var answered = try Bench()
        answered.facts += answered.ticket.setPriority(.high, at: answered.at(5), answered.book)
        try answered.reply(.agent, 6)
        answered.facts += answered.ticket.setPriority(.normal, at: answered.at(7), answered.book)
        #expect(answered.target(.firstResponse)?.state == .cancelled)
    }

    @Test("A change during a pause that uses up the budget breaches at the change")
    func raisedWhilePaused() throws {
        var bench = try Bench()
        try bench.reply(.agent, 1)
        try bench.status(.pending, 90)
        bench.facts += bench.ticket.setPriority(.urgent, at: bench.at(500), bench.book)
        let breach = bench.facts.last { $0.type == .slaBreached }
        #expect(breach?.at == bench.at(500) && breach?.data["cause"] == "policy_changed")
        try bench.status(.open, 600)
        bench.tick(9000)
        #expect(bench.facts.filter { $0.type == .slaBreached }.count == 1)
    }

    @Test("Who in the group has the ticket changes no promise; another group may")
    func reassigned() throws {
        var bench = try Bench()
        let before = bench.ticket.targets
        let facts = bench.ticket.assign(group: nil, assignee: UserID(rawValue: 4), at: bench.at(3), bench.book)
        #expect(facts.map(\.type) == [.ticketAssigned] && bench.ticket.targets == before)
    }

    @Test("A shorter promise whose warning has passed already warns at once")
    func lateWarning() throws {
        var bench = try Bench()
        try bench.reply(.agent, 1)
        bench.facts += bench.ticket.setPriority(.urgent, at: bench.at(50), bench.book)
        bench.tick(50)
        #expect(bench.story.last == "sla.warning@50")
        bench.tick(55)
        #expect(bench.story.filter { $0.hasPrefix("sla.warning") }.count == 1)
    }

    @Test("A calendar that runs out of working time makes nothing due, and the ticket can be worked on")
    func exhausted() throws {
        var bench = try Bench(calendar: #"{"zone":"UTC","overrides":{"2026-11-23":[["08:00","09:00"]]}}"#)
        #expect(bench.target(.resolution)?.state == .running && bench.target(.resolution)?.dueAt == nil)
        try bench.reply(.agent, 1, then: .pending)
        try bench.status(.open, 10)
        try bench.status(.solved, 20)
        #expect(bench.target(.resolution)?.state == .met && bench.ticket.nextInstant == nil)
    }

    @Test("Nobody can answer a closed ticket: what was promised for it is cancelled")
    func closedUnanswered() throws {
        var bench = try Bench()
        try bench.status(.solved, 5)
        try bench.status(.closed, 6)
        bench.tick(9000)
        #expect(bench.target(.firstResponse)?.state == .cancelled)
        #expect(!bench.story.contains { $0.hasPrefix("sla.breached") })
    }

    @Test("A reopening begins a new cycle with the full budget; the old one keeps its result")
    func reopened() throws {
        var bench = try Bench()
        try bench.reply(.agent, 1)
        try bench.status(.solved, 300)
        bench.facts += try bench.ticket.reopen(at: bench.at(400), bench.book)
        #expect(bench.ticket.targets.filter { $0.kind == .resolution }.map(\.state) == [.breached, .running])
        #expect(bench.target(.resolution)?.cycle == 2 && bench.target(.resolution)?.dueAt == bench.at(640))
        #expect(bench.ticket.targets.filter { $0.kind == .firstResponse }.count == 1)
        try bench.status(.solved, 500)
        #expect(bench.target(.resolution)?.state == .met)
    }

    @Test("An agent's reply is the first response; notes, bots and the requester are not")
    func firstResponse() throws {
        var bench = try Bench()
        try bench.reply(.bot, 1)
        try bench.reply(.requester, 2)
        let note = Message(
            id: MessageID(rawValue: 9), ticket: bench.ticket.id, author: nil, authorKind: .agent, visibility: .internal,
            channel: .api, createdAt: bench.at(3), text: "n")
        bench.facts += bench.ticket.note(note)
        #expect(bench.target(.firstResponse)?.state == .running)
        try bench.reply(.agent, 4)
        #expect(bench.target(.firstResponse)?.state == .met)
    }

    @Test("The first policy by position that matches is the ticket's")
    func conditions() throws {
        var bench = try Bench(hasPolicy: false)
        func policy(_ id: Int64, position: Int64, _ set: (inout SLAPolicy.Conditions) -> Void) -> SLAPolicy {
            var conditions = SLAPolicy.Conditions()
            set(&conditions)
            return SLAPolicy(
                id: PolicyID(rawValue: id), version: 1, name: "p", position: position, calendar: CalendarID(rawValue: 1),
                conditions: conditions, targets: [:])
        }
        bench.book.add(policy(1, position: 9) { _ in })
        bench.book.add(policy(2, position: 2) { $0.channels = [.phone] })
        bench.book.add(policy(3, position: 3) { $0.groups = [GroupID(rawValue: 4)] })
        #expect(bench.book.policy(for: bench.ticket)?.id.rawValue == 1)
        bench.ticket.group = GroupID(rawValue: 4)
        #expect(bench.book.policy(for: bench.ticket)?.id.rawValue == 3)
        bench.ticket.channel = .phone
        #expect(bench.book.policy(for: bench.ticket)?.id.rawValue == 2)
    }
}

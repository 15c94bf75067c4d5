import OporaDomain
import OporaProtocol
import OporaTime
import Testing

@Suite("What is done to tickets besides answering")
struct TicketWorkTests {
    private let ada = UserID(rawValue: 7)
    private let bob = UserID(rawValue: 8)

    private func ticket(_ number: Int64, _ bench: Bench) -> Ticket {
        var ticket = Ticket(
            id: TicketID(rawValue: number), subject: "x", channel: .email, requester: UserID(rawValue: number + 100),
            createdAt: Bench.start, updatedAt: Bench.start)
        _ = ticket.create(opening: nil, bench.book)
        return ticket
    }

    @Test("A claim keeps another out unless they take it, and ends by itself, by solving or by its owner")
    func claims() throws {
        var bench = try Bench()
        _ = try bench.ticket.claim(by: ada, until: bench.at(15), takes: false, at: bench.at(0))
        do {
            var ticket = bench.ticket
            #expect(throws: Rejection.self) { try ticket.claim(by: bob, until: bench.at(20), takes: false, at: bench.at(5)) }
        }
        do {
            var ticket = bench.ticket
            #expect(throws: Rejection.self) { try ticket.release(by: bob, isForced: false, at: bench.at(5)) }
        }
        let taken = try bench.ticket.claim(by: bob, until: bench.at(20), takes: true, at: bench.at(5))
        #expect(taken.first?.data["before"]?["user"] == "U-7" && taken.first?.data["after"]?["user"] == "U-8")
        #expect(bench.ticket.nextInstant == bench.at(20))
        let facts = bench.ticket.passTime(now: bench.at(21), DeskRules(), bench.book)
        #expect(facts.map(\.name.text) == ["ticket.released"] && facts.first?.at == bench.at(20))
        #expect(facts.first?.data["cause"] == "expired" && bench.ticket.claim == nil)
        _ = try bench.ticket.claim(by: ada, until: bench.at(60), takes: false, at: bench.at(22))
        try bench.status(.solved, 23)
        #expect(bench.facts.last?.data["cause"] == "solved" && bench.ticket.claim == nil)
    }

    @Test("Nobody is told of a ticket twice for one stretch without a touch; a touch begins another")
    func stuck() throws {
        let day: Int64 = 24 * 60
        var bench = try Bench(hasPolicy: false)
        let desk = DeskRules()
        #expect(!bench.ticket.holdsNoHang)
        bench.ticket.keepWatch(desk.settings)
        #expect(bench.ticket.nextInstant == bench.at(7 * day) && bench.ticket.holdsNoHang)
        _ = try bench.ticket.setTags(["a"], at: bench.at(2 * day), bench.book)
        bench.ticket.keepWatch(desk.settings)
        #expect(bench.ticket.nextInstant == bench.at(7 * day), "a touch does not move the look")
        #expect(bench.ticket.passTime(now: bench.at(7 * day), desk, bench.book).isEmpty)
        #expect(bench.ticket.nextInstant == bench.at(9 * day), "the look finds out that it came too early")
        let facts = bench.ticket.passTime(now: bench.at(10 * day), desk, bench.book)
        #expect(facts.map(\.name.text) == ["ticket.stuck"] && facts.first?.at == bench.at(9 * day))
        #expect(facts.first?.data["touched_at"] == .string(bench.at(2 * day).text))
        #expect(bench.ticket.passTime(now: bench.at(30 * day), desk, bench.book).isEmpty)
        #expect(bench.ticket.holdsNoHang && bench.ticket.stuckAt == bench.at(9 * day))
        _ = try bench.ticket.follow(ada, at: bench.at(31 * day))
        #expect(bench.ticket.stuckAt == nil)
        let later = (31...60).flatMap { bench.ticket.passTime(now: bench.at($0 * day), desk, bench.book) }
        #expect(later.map(\.name.text) == ["ticket.stuck"] && later.first?.at == bench.at(38 * day))
    }

    @Test("A warning or a breach is no touch; waking up begins a new stretch")
    func touches() throws {
        let day: Int64 = 24 * 60
        var bench = try Bench()
        bench.ticket.keepWatch(DeskSettings())
        _ = bench.ticket.passTime(now: bench.at(3 * day), DeskRules(), bench.book)
        #expect(bench.ticket.targets.allSatisfy { $0.state == .breached } && bench.ticket.touchedAt == bench.at(0))
        _ = try bench.ticket.wait(reason: "vendor", until: bench.at(30 * day), at: bench.at(4 * day), DeskRules(), bench.book)
        var facts: [EventDraft] = []
        for hour in (5 * 24)...(40 * 24) {
            facts += bench.ticket.passTime(now: bench.at(Int64(hour) * 60), DeskRules(), bench.book)
        }
        let told = facts.filter { $0.type == .ticketStuck }
        #expect(told.map(\.at) == [bench.at(37 * day)], "a ticket that waits until a day is not forgotten before it")
    }

    @Test("What is solved closes after the desk's days, at its instant, unless it was opened again")
    func autoClose() throws {
        let day: Int64 = 24 * 60
        var bench = try Bench(hasPolicy: false)
        try bench.status(.solved, 10)
        bench.ticket.keepWatch(DeskSettings())
        var desk = DeskRules()
        desk.settings.autoCloseDays = 3
        bench.ticket.keepWatch(desk.settings)
        #expect(bench.ticket.nextInstant == bench.at(3 * day + 10))
        let facts = bench.ticket.passTime(now: bench.at(5 * day), desk, bench.book)
        #expect(facts.first?.name.text == "ticket.status_changed" && facts.first?.at == bench.at(3 * day + 10))
        #expect(bench.ticket.status == .closed && bench.ticket.nextInstant == nil && bench.ticket.holdsNoHang)
    }

    @Test("A hand-over to where the ticket had been is a bounce")
    func bounces() throws {
        var bench = try Bench()
        let first = Place(group: GroupID(rawValue: 1), tier: 1)
        let second = Place(group: GroupID(rawValue: 1), tier: 2)
        let note = Message(
            id: MessageID(rawValue: 9), ticket: bench.ticket.id, author: ada, authorKind: .agent, visibility: .internal,
            channel: .api, createdAt: bench.at(1), text: "x")
        _ = bench.ticket.assign(group: first.group, tier: 1, assignee: nil, at: bench.at(1), bench.book)
        for (place, bounced) in [(second, false), (first, true), (second, true)] as [(Place, Bool)] {
            let facts = try bench.ticket.handOver(to: place, assignee: nil, note: note, at: bench.at(2), bench.book)
            let fact = try #require(facts.first { $0.type == .ticketHandedOver })
            #expect(fact.data["bounced"] == .bool(bounced) && bench.ticket.place == place)
        }
        #expect(bench.ticket.bounces == 2)
        do {
            var ticket = bench.ticket
            #expect(throws: Rejection.self) {
                try ticket.handOver(to: second, assignee: nil, note: note, at: bench.at(3), bench.book)
            }
        }
    }

    @Test("Undoing a merge puts both tickets back as they stood, with their promises")
    func merge() throws {
        let bench = try Bench()
        var (source, target) = (ticket(1, bench), ticket(2, bench))
        _ = try source.setTags(["vip", "shared"], at: bench.at(1), bench.book)
        _ = try source.follow(ada, at: bench.at(1))
        _ = try target.setTags(["shared"], at: bench.at(1), bench.book)
        _ = try source.setStatus(
            Status(.pending), reason: "vendor", wakeAt: bench.at(500), at: bench.at(10), DeskRules(), bench.book)
        let (was, other) = (source, target)
        let messages = [MessageID(rawValue: 1), MessageID(rawValue: 5)]
        let merged = try source.merge(into: &target, messages: messages, isForced: false, at: bench.at(20), bench.book)
        #expect(source.status == .closed && source.mergedInto == target.id && source.nextInstant == nil)
        #expect(target.followers == [source.requester, ada] && target.tags == ["shared", "vip"])
        #expect(merged.facts.first?.data["messages"] == ["M-1", "M-5"])
        do {
            var (source, target) = (source, target)
            #expect(throws: Rejection.self) {
                try source.merge(into: &target, messages: [], isForced: false, at: bench.at(21), bench.book)
            }
        }
        let facts = try source.unmerge(merged.record, from: &target, messages: messages, at: bench.at(30), bench.book)
        #expect(source.standing == was.standing && source.statusReason == "vendor" && source.wakeAt == bench.at(500))
        #expect(source.targets == was.targets && source.mergedInto == nil && source.closedAt == nil)
        #expect(target.tags == other.tags && target.followers == other.followers)
        #expect(facts.facts.map(\.name.text) == ["ticket.unmerged", "ticket.status_changed", "sla.applied"])
    }

    @Test("Tickets of two organizations are merged by force alone; a closed one takes no other")
    func mergeRefused() throws {
        let bench = try Bench()
        var (source, target) = (ticket(1, bench), ticket(2, bench))
        source.organization = OrganizationID(rawValue: 1)
        do {
            var (source, target) = (source, target)
            #expect(throws: Rejection.self) {
                try source.merge(into: &target, messages: [], isForced: false, at: bench.at(1), bench.book)
            }
        }
        _ = try source.merge(into: &target, messages: [], isForced: true, at: bench.at(1), bench.book)
        var third = ticket(3, bench)
        do {
            var source = source
            #expect(throws: Rejection.self) {
                try third.merge(into: &source, messages: [], isForced: false, at: bench.at(2), bench.book)
            }
        }
    }

    @Test("The bin cancels what was promised; coming back, it goes on from its own start")
    func bin() throws {
        var bench = try Bench()
        let due = bench.ticket.dueAt
        let deleted = bench.ticket.delete(at: bench.at(5), bench.book)
        #expect(deleted.map(\.name.text) == ["ticket.deleted", "sla.cancelled"])
        #expect(bench.ticket.nextInstant == nil && bench.ticket.dueAt == nil && bench.ticket.holdsNoHang)
        #expect(throws: Rejection.self) { try bench.ticket.checkPresent() }
        let restored = bench.ticket.restore(at: bench.at(10), bench.book)
        #expect(restored.map(\.name.text) == ["ticket.restored", "sla.applied"] && bench.ticket.dueAt == due)
        #expect(bench.ticket.restore(at: bench.at(11), bench.book).isEmpty)
    }

    @Test("A note that is published is the reply, at that instant")
    func publish() throws {
        var bench = try Bench()
        var note = Message(
            id: MessageID(rawValue: 4), ticket: bench.ticket.id, author: ada, authorKind: .agent, visibility: .internal,
            channel: .api, createdAt: bench.at(5), text: "x")
        _ = bench.ticket.note(note)
        #expect(bench.target(.firstResponse)?.state == .running)
        let facts = try bench.ticket.publish(&note, by: bob, at: bench.at(9), bench.book)
        #expect(note.visibility == .public && note.publishedAt == bench.at(9))
        #expect(facts.map(\.name.text) == ["message.published", "sla.met", "ticket.status_changed"])
        #expect(bench.target(.firstResponse)?.endedAt == bench.at(9))
        do {
            var (ticket, note) = (bench.ticket, note)
            #expect(throws: Rejection.self) { try ticket.publish(&note, by: bob, at: bench.at(10), bench.book) }
        }
    }
}

import OporaDomain
import OporaProtocol
import OporaTime
import Testing

/// A tiny generator: the same seed gives the same numbers.
private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// Two tickets at which verbs are thrown at random, and what the log says of them.
private struct Story {
    var bench: Bench
    var tickets: [Ticket]
    var folds: [TicketFold]
    var merge: TicketMerge?
    var now = Bench.start
    /// Time has passed and wants to pass again at once: the kernel would look at the ticket without end.
    var isLate = false
    let desk: DeskRules

    init() throws {
        bench = try Bench()
        var desk = DeskRules()
        desk.add(try CustomStatus(word: "vendor", category: .onHold, label: Label(), reason: "vendor", at: now))
        self.desk = desk
        tickets = []
        folds = []
        for number in 1...2 {
            var ticket = Ticket(
                id: TicketID(rawValue: Int64(number)), subject: "x", channel: .email, requester: UserID(rawValue: Int64(number)),
                createdAt: now, updatedAt: now)
            let facts = ticket.create(opening: nil, bench.book)
            tickets.append(ticket)
            folds.append(TicketFold())
            take(facts, number - 1)
        }
    }

    mutating func take(_ facts: [EventDraft], _ index: Int) {
        tickets[index].keepWatch(desk.settings)
        for fact in facts {
            folds[index].apply(
                fact.type, subject: fact.subject, entityVersion: fact.entityVersion, fact.data, of: tickets[index].id)
        }
    }

    private func message(_ number: Int64, _ visibility: Visibility) -> Message {
        Message(
            id: MessageID(rawValue: number), ticket: tickets[0].id, author: UserID(rawValue: 9),
            authorKind: number % 3 == 0 ? .requester : .agent, visibility: visibility, channel: .api, createdAt: now, text: "x")
    }

    /// One step; a refusal changes nothing.
    mutating func step(_ dice: inout Dice) {
        now = now + Int64.random(in: 1...40 * 3_600_000, using: &dice)
        let index = Int.random(in: 0...1, using: &dice)
        var ticket = tickets[index]
        take(ticket.passTime(now: now, desk, bench.book), &ticket, index)
        if let next = ticket.nextInstant, next <= now { isLate = true }
        guard let facts = try? act(&ticket, index, &dice) else { return }
        take(facts, &ticket, index)
    }

    private mutating func take(_ facts: [EventDraft], _ ticket: inout Ticket, _ index: Int) {
        tickets[index] = ticket
        take(facts, index)
        ticket = tickets[index]
    }

    private mutating func act(_ ticket: inout Ticket, _ index: Int, _ dice: inout Dice) throws -> [EventDraft] {
        let (user, group) = (
            UserID(rawValue: .random(in: 7...9, using: &dice)), GroupID(rawValue: .random(in: 1...2, using: &dice))
        )
        let choice = Int.random(in: 0...13, using: &dice)
        if choice < 13 { try ticket.checkPresent() }
        switch choice {
        case 0: return ticket.setPriority(Priority.allCases.randomElement(using: &dice) ?? .low, at: now, bench.book)
        case 1: return ticket.setType(TicketType.allCases.randomElement(using: &dice), at: now, bench.book)
        case 2: return try ticket.setTags([["a"], ["b", "c"], []].randomElement(using: &dice) ?? [], at: now, bench.book)
        case 3: return try ticket.follow(user, at: now)
        case 4: return ticket.unfollow(user, at: now)
        case 5:
            return try ticket.claim(by: user, until: now + 3_600_000, takes: Bool.random(using: &dice), at: now)
        case 6: return try ticket.release(by: user, isForced: false, at: now)
        case 7:
            let word = desk.words.randomElement(using: &dice) ?? "open"
            return try ticket.setStatus(desk.status(word) ?? Status(.open), at: now, desk, bench.book)
        case 8: return try ticket.wait(reason: nil, until: now + 86_400_000, at: now, desk, bench.book)
        case 9: return ticket.assign(group: group, tier: 1, assignee: user, at: now, bench.book)
        case 10:
            return try ticket.handOver(
                to: Place(group: group, tier: Int.random(in: 1...3, using: &dice)), assignee: nil, note: message(1, .internal),
                at: now, bench.book)
        case 11: return try ticket.reply(message(.random(in: 1...9, using: &dice), .public), then: nil, bench.book, desk: desk)
        case 12: return try join(&ticket, index)
        default: return ticket.deletedAt == nil ? ticket.delete(at: now, bench.book) : ticket.restore(at: now, bench.book)
        }
    }

    /// Merges one into the other, or takes them apart.
    private mutating func join(_ ticket: inout Ticket, _ index: Int) throws -> [EventDraft] {
        var other = tickets[1 - index]
        if let made = merge, made.source == ticket.id {
            let facts = try ticket.unmerge(made, from: &other, messages: [], at: now, bench.book)
            merge = nil
            take(facts.targetFacts, &other, 1 - index)
            return facts.facts
        }
        let facts = try ticket.merge(into: &other, messages: [], isForced: false, at: now, bench.book)
        merge = facts.record
        take(facts.targetFacts, &other, 1 - index)
        return facts.facts
    }
}

@Suite("The log tells all")
struct TicketFoldTests {
    @Test("Whatever happens, the fold of the events is the ticket, and no ticket can be forgotten", arguments: 1...40)
    func fold(seed: Int) throws {
        var dice = Dice(state: UInt64(seed))
        var story = try Story()
        for step in 0..<500 {
            story.step(&dice)
            for (ticket, fold) in zip(story.tickets, story.folds) {
                let differences = fold.differences(from: ticket)
                try #require(differences.isEmpty, "seed \(seed), step \(step): \(ticket.id) \(differences)")
                try #require(!story.isLate, "seed \(seed), step \(step): \(ticket.id) is looked at without end")
                try #require(ticket.holdsNoHang, "seed \(seed), step \(step): \(ticket.id) is \(ticket.statusWord)")
            }
        }
    }

    @Test("A change that no event tells is found")
    func planted() throws {
        var story = try Story()
        #expect(story.folds[0].differences(from: story.tickets[0]).isEmpty)
        story.tickets[0].priority = .urgent
        story.tickets[0].tags = ["x"]
        #expect(story.folds[0].differences(from: story.tickets[0]).count == 2)
    }
}

import OporaDomain
import OporaProtocol
import OporaTime
import Testing

@Suite("Who is there, and who could take a ticket")
struct StaffTests {
    static let now = Timestamp(1_000_000)

    private static func user(_ id: Int64, _ work: Work = Work(), roles: Set<UserRole> = [.agent], active: Bool = true) -> User {
        var user = User(
            id: UserID(rawValue: id), name: "U\(id)", roles: roles, isActive: active, createdAt: Timestamp(0),
            updatedAt: Timestamp(0))
        user.work = work
        return user
    }

    private static func away(until: Int64? = nil, _ replacement: Int64? = nil) -> Work {
        Work(
            availability: Availability(
                isAway: true, until: until.map { Timestamp($0) }, replacement: replacement.map { UserID(rawValue: $0) }))
    }

    /// The people by id who replace each other, and who gets the ticket of U-1; nil where nobody does.
    @Test(
        "The first of the chain who is there gets it; a loop and a long chain end",
        arguments: [
            ([user(1)], .replace, 1), ([user(1, away(until: 1_000_000))], .replace, 1),
            ([user(1, away(until: 1_000_001))], .replace, nil), ([user(1, away())], .keep, 1), ([user(1)], .refuse, 1),
            ([user(1, away(2)), user(2)], .refuse, nil), ([user(1, away(2)), user(2)], .replace, 2),
            ([user(1, away(2)), user(2, away(3)), user(3)], .replace, 3),
            ([user(1, away(2)), user(2, away(1))], .replace, nil), ([user(1, away(2)), user(2, away(2))], .replace, nil),
            ([user(1, away(2)), user(2, roles: [.requester])], .replace, nil),
            ([user(1, away(2)), user(2, active: false)], .replace, nil), ([user(1, away(7))], .replace, nil),
            ((1...8).map { user($0, away($0 + 1)) } + [user(9)], .replace, 9),
            ((1...9).map { user($0, away($0 + 1)) } + [user(10)], .replace, nil),
        ] as [([User], StandIn.WhenAway, Int64?)])
    func chain(_ people: [User], _ whenAway: StandIn.WhenAway, _ expected: Int64?) throws {
        func find() throws -> UserID {
            try StandIn.find(for: people[0], whenAway, at: Self.now) { id in people.first { $0.id == id } }.id
        }
        if let expected {
            #expect(try find() == UserID(rawValue: expected))
        } else {
            #expect(throws: Rejection.self) { try find() }
        }
    }

    private static func away(_ replacement: Int64) -> Work { away(until: nil, replacement) }

    @Test("Who is away, full, unskilled or no agent is no candidate; the least loaded is first")
    func rank() {
        let vpn = [Skill(name: "vpn", level: 3)]
        let candidates: [Choice.Candidate] = [
            .init(user: Self.user(1, Work(skills: vpn, capacity: 10)), open: 5),
            .init(user: Self.user(2, Work(skills: vpn, capacity: 20)), open: 6),
            .init(user: Self.user(3, Work(skills: vpn)), open: 2),
            .init(user: Self.user(4, Work(skills: vpn, capacity: 2)), open: 2),
            .init(user: Self.user(5, Work(skills: [Skill(name: "vpn", level: 2)])), open: 0),
            .init(user: Self.user(6, Work(skills: vpn, availability: Availability(isAway: true))), open: 0),
            .init(user: Self.user(7, Work(skills: vpn), roles: [.requester]), open: 0),
            .init(user: Self.user(8, Work(skills: vpn), active: false), open: 0),
            .init(user: Self.user(9, Work(skills: [Skill(name: "vpn", level: 5)])), open: 2),
        ]
        let ranked = Choice.rank(candidates, needs: vpn, now: Self.now)
        #expect(ranked.map(\.user.id.rawValue) == [9, 3, 2, 1])
        #expect(Choice.rank(candidates, needs: [], now: Self.now).map(\.user.id.rawValue) == [5, 3, 9, 2, 1])
    }

    @Test("What is so already is no fact; what can't be is refused")
    func availability() throws {
        var user = Self.user(1)
        #expect(try user.setAvailability(.here, at: Self.now).isEmpty && user.version == 1)
        let facts = try user.setAvailability(Availability(isAway: true, until: Self.now + 5), at: Self.now)
        #expect(facts.map(\.type) == [.userAvailabilityChanged] && user.version == 2)
        #expect(!user.work.availability.isThere(at: Self.now + 4) && user.work.availability.isThere(at: Self.now + 5))
        #expect(throws: Rejection.self) { try user.setAvailability(Availability(isAway: true, until: Self.now), at: Self.now) }
        let own = Availability(isAway: true, replacement: user.id)
        #expect(throws: Rejection.self) { try user.setAvailability(own, at: Self.now) }
        #expect(user.setSkills([Skill(name: "b", level: 1), Skill(name: "a", level: 2)], capacity: 3, at: Self.now).count == 1)
        #expect(user.work.skills.map(\.name) == ["a", "b"] && user.work.level("a") == 2 && user.work.level("c") == 0)
        #expect(user.setSkills([Skill(name: "a", level: 2), Skill(name: "b", level: 1)], capacity: 3, at: Self.now).isEmpty)
    }

    @Test("Members come, change their tier and go")
    func members() throws {
        var group = Group(id: GroupID(rawValue: 1), name: "G", createdAt: Timestamp(0), updatedAt: Timestamp(0))
        let user = UserID(rawValue: 7)
        #expect(try group.add(user, tier: nil, at: Self.now).map(\.type) == [.groupMemberAdded])
        #expect(try group.add(user, tier: nil, at: Self.now).isEmpty && group.version == 2)
        #expect(try group.add(user, tier: 2, at: Self.now).count == 1 && group.tiers == [user: 2] && group.members == [user])
        #expect(group.remove(user, at: Self.now).map(\.type) == [.groupMemberRemoved] && group.tiers.isEmpty)
        #expect(group.remove(user, at: Self.now).isEmpty)
        group.members = (1...Int64(Limits.groupMembers)).map { UserID(rawValue: $0 + 100) }
        #expect(throws: Rejection.self) { try group.add(user, tier: nil, at: Self.now) }
    }

    @Test("An erased person tells nothing; a ticket's texts go once")
    func erasure() {
        var user = User(
            id: UserID(rawValue: 3), name: "Anna", email: "a@b.c", roles: [.requester],
            organization: OrganizationID(rawValue: 1), language: "ru", zone: "UTC", identity: "i", externalID: "e",
            createdAt: Timestamp(0), updatedAt: Timestamp(0))
        let fact = user.erase(subjects: true, at: Self.now)
        #expect(user.isErased && user.organization == nil && user.roles == [.requester] && user.version == 2)
        #expect(fact.type == .userErased && !fact.data.text.contains("Anna"))
        var ticket = Ticket(
            id: TicketID(rawValue: 1), subject: "Anna's printer", channel: .api, requester: user.id,
            fields: JSONObject([("t", "secret"), ("n", 1)]), createdAt: Timestamp(0), updatedAt: Timestamp(0))
        #expect(ticket.eraseSubject(of: user.id, at: Self.now)?.type == .ticketContentErased)
        #expect(ticket.subject == Erasure.marker && ticket.fields == JSONObject([("t", "[erased]"), ("n", 1)]))
        #expect(ticket.eraseSubject(of: user.id, at: Self.now) == nil && ticket.version == 1)
    }
}

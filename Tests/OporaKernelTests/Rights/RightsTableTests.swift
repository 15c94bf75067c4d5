import OporaDomain
import OporaProtocol
import OporaTime
import Testing

@testable import OporaKernel

@Suite("The table of rights")
struct RightsTableTests {
    static let letters: [(UserRole, Character)] = [
        (.requester, "r"), (.agent, "a"), (.lead, "l"), (.manager, "m"), (.admin, "d"), (.bot, "b"),
    ]

    @Test("Every method of the kernel has a line, and every line a method")
    func complete() {
        #expect(RightsTable.all.map(\.method) == MethodTable.specs.map(\.name))
    }

    @Test("A role has the methods of its letter, and no other", arguments: RightsTable.all)
    func roles(_ line: RightsTable.Line) throws {
        let right = try #require(MethodRights.of(line.method))
        for (role, letter) in Self.letters {
            #expect(Grant(role).allows(line.method) == line.roles.contains(letter), "\(role) \(line.method)")
        }
        let reach =
            switch right.reach {
            case .tickets: "tickets"
            case .sight: "sight"
            case .person: "person"
            case .apart: "apart"
            case .desk: "desk"
            }
        #expect(reach == line.reach)
        // What a requester may call says which parameters they may give.
        let spec = try #require(MethodTable.specs.first { $0.name == line.method })
        let known = Set(spec.required + spec.optional)
        #expect(right.open.isSubset(of: known) && (right.open.isEmpty || line.roles.contains("r")))
        if case .tickets(let names) = right.reach { #expect(known.isSuperset(of: names)) }
    }

    /// How a ticket stands to the person U-7 of organization O-1, who is in group G-1.
    enum Relation: String, CaseIterable {
        case own, colleagues, ownGroup, noGroup, assigned, foreign

        var ticket: Ticket {
            var ticket = Ticket(
                id: TicketID(rawValue: 1), subject: "x", channel: .api, requester: UserID(rawValue: 99),
                group: GroupID(rawValue: 9), createdAt: Timestamp(0), updatedAt: Timestamp(0))
            switch self {
            case .own: ticket.requester = UserID(rawValue: 7)
            case .colleagues: ticket.organization = OrganizationID(rawValue: 1)
            case .ownGroup: ticket.group = GroupID(rawValue: 1)
            case .noGroup: ticket.group = nil
            case .assigned: ticket.assignee = UserID(rawValue: 7)
            case .foreign: break
            }
            return ticket
        }
    }

    static let person = Person(id: UserID(rawValue: 7), organization: OrganizationID(rawValue: 1), groups: [GroupID(rawValue: 1)])
    static let seen: [TicketScope: Set<Relation>] = [
        .own: [.own], .organization: [.own, .colleagues], .groups: [.own, .ownGroup, .noGroup, .assigned],
        .all: Set(Relation.allCases),
    ]
    static let scopes: [UserRole: TicketScope] = [
        .requester: .own, .agent: .groups, .lead: .groups, .manager: .all, .admin: .all, .bot: .all,
    ]

    @Test("Each role sees with each method the tickets of its scope: the whole table", arguments: RightsTable.all)
    func table(_ line: RightsTable.Line) throws {
        for (role, letter) in Self.letters {
            let bearer = Rights.Bearer(grants: [Grant(role)], person: Self.person)
            let scope = try #require(Self.scopes[role])
            let isAllowed = line.roles.contains(letter)
            guard isAllowed else {
                #expect(throws: Rights.Denial.method, "\(role) \(line.method)") { try Rights.decide(line.method, [bearer]) }
                continue
            }
            let sight = try Rights.decide(line.method, [bearer])
            for relation in Relation.allCases {
                #expect(
                    sight.includes(relation.ticket) == Self.seen[scope]?.contains(relation),
                    "\(role) \(line.method) \(relation)")
            }
            #expect(sight.seesInternal == (role != .requester))
        }
    }

    @Test("A role of the desk's own with each scope sees with each method what the scope says", arguments: TicketScope.allCases)
    func scopes(_ scope: TicketScope) throws {
        for line in RightsTable.all {
            for seesInternal in [true, false] {
                let grant = Grant(.patterns(["*"], deny: []), tickets: scope, seesInternal: seesInternal)
                let isWhole = scope == .all && seesInternal
                let isDenied = line.reach == "desk" && !isWhole || !seesInternal && !line.roles.contains("r")
                let bearer = Rights.Bearer(grants: [grant], person: Self.person)
                guard !isDenied else {
                    #expect(throws: Rights.Denial.wholeDesk, "\(line.method)") { try Rights.decide(line.method, [bearer]) }
                    continue
                }
                let sight = try Rights.decide(line.method, [bearer])
                let found = Set(Relation.allCases.filter { sight.includes($0.ticket) })
                #expect(found == Self.seen[scope] && sight.seesInternal == seesInternal, "\(line.method) \(scope)")
            }
        }
    }

    @Test("What one bearer may not, both together may not")
    func both() throws {
        let agent = Rights.Bearer(grants: [Grant(.agent)], person: Self.person)
        let requester = Rights.Bearer(grants: [Grant(.requester)], person: Self.person)
        let nobody = Rights.Bearer(grants: [Grant(.agent)], person: nil)
        #expect(throws: Rights.Denial.method) { try Rights.decide("ticket.note", [agent, requester]) }
        #expect(throws: Rights.Denial.method) {
            try Rights.decide("ticket.get", [Rights.Bearer(grants: [], person: Self.person)])
        }
        let sight = try Rights.decide("ticket.get", [agent, requester])
        #expect(!sight.seesInternal && !sight.includes(Relation.ownGroup.ticket) && sight.includes(Relation.own.ticket))
        // Who acts as nobody has no tickets of their own.
        #expect(try !Rights.decide("ticket.get", [nobody]).includes(Relation.noGroup.ticket))
        let denying = Grant(.patterns(["ping"], deny: ["ticket.*"]), tickets: .all, seesInternal: true)
        let denied = Rights.Bearer(grants: [Grant(.admin), denying], person: Self.person)
        #expect(throws: Rights.Denial.method) { try Rights.decide("ticket.get", [denied]) }
        #expect(throws: Rights.Denial.method) { try Rights.decide("no.such", [agent]) }
    }

    @Test("A requester gives the parameters that are open to them, and names nobody else")
    func parameters() throws {
        let requester = Rights.Bearer(grants: [Grant(.requester)], person: Self.person)
        func check(_ method: String, _ params: JSON) throws(Rights.Denial) {
            let sight = try Rights.decide(method, [requester])
            try Rights.check(method, params.object ?? JSONObject(), sight, [requester])
        }
        #expect(throws: Never.self) { try check("ticket.create", ["subject": "x", "text": "y"]) }
        for name in ["group", "assignee", "organization", "external_id"] {
            let params = JSON.object(JSONObject([("subject", "x"), (name, "U-7")]))
            #expect(throws: Rights.Denial.parameter(name)) { try check("ticket.create", params) }
        }
        #expect(throws: Rights.Denial.parameter("requester")) {
            try check("ticket.create", ["subject": "x", "requester": "U-8"])
        }
        #expect(throws: Never.self) { try check("ticket.create", ["subject": "x", "requester": "U-7"]) }
        #expect(throws: Rights.Denial.parameter("assignee")) { try check("ticket.list", ["assignee": "U-1"]) }
        #expect(throws: Rights.Denial.parameter("expand")) { try check("ticket.get", ["ticket": "T-1", "expand": "assignee"]) }
        #expect(throws: Never.self) { try check("user.get", ["user": "U-7"]) }
        #expect(throws: Rights.Denial.otherPerson) { try check("user.get", ["user": "U-8"]) }
    }

    @Test("Nobody covers a role that allows more than their own")
    func cover() {
        let order: [UserRole] = [.requester, .agent, .lead, .manager, .admin]
        for (rank, role) in order.enumerated() {
            for (other, lower) in order.enumerated() {
                #expect(Rights.cover([Grant(role)], Grant(lower)) == (other <= rank), "\(role) \(lower)")
            }
        }
        let all = Grant(.patterns(["*"], deny: []), tickets: .all, seesInternal: true)
        #expect(Rights.cover([Grant(.admin)], all) && !Rights.cover([Grant(.manager)], all))
        let few = Grant(.patterns(["ticket.get"], deny: []), tickets: .all, seesInternal: true)
        #expect(!Rights.cover([Grant(.agent)], few) && Rights.cover([Grant(.manager)], few))
    }
}

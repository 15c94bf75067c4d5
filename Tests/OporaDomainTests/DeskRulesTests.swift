import OporaDomain
import OporaProtocol
import OporaTime
import Testing

@Suite("What a desk decides for itself")
struct DeskRulesTests {
    private func desk() throws -> DeskRules {
        var desk = DeskRules()
        desk.add(try CustomStatus(word: "in_work", category: .open, label: Label(en: "In work"), reason: nil, at: Bench.start))
        desk.add(try CustomStatus(word: "at_vendor", category: .onHold, label: Label(), reason: "vendor", at: Bench.start))
        var old = try CustomStatus(word: "old", category: .open, label: Label(), reason: nil, at: Bench.start)
        old.retiredAt = Bench.start
        desk.add(old)
        return desk
    }

    @Test(
        "A status of the desk's own may follow what its category may follow",
        arguments: [
            ("new", ["open", "pending", "on_hold", "solved", "at_vendor", "in_work"]),
            ("open", ["pending", "on_hold", "solved", "at_vendor", "in_work"]),
            ("in_work", ["open", "pending", "on_hold", "solved", "at_vendor"]),
            ("at_vendor", ["open", "pending", "on_hold", "solved", "in_work"]),
            ("solved", ["open", "closed", "in_work"]), ("closed", []),
        ] as [(String, [String])])
    func allowed(word: String, next: [String]) throws {
        let desk = try desk()
        #expect(desk.allowed(from: try #require(desk.status(word))) == next)
    }

    @Test("The desk's transitions narrow what may follow, and never widen it")
    func transitions() throws {
        var desk = try desk()
        let narrow = ["in_work": ["at_vendor", "solved"]]
        try desk.check(transitions: narrow)
        desk.settings.transitions = narrow
        #expect(desk.allowed(from: Status(.open, custom: "in_work")) == ["at_vendor", "solved"])
        for wrong in [["closed": ["open"]], ["open": ["new"]], ["open": ["closed"]], ["nowhere": []], ["open": ["nowhere"]]] {
            #expect(throws: Rejection.self) { try desk.check(transitions: wrong) }
        }
    }

    @Test("A ticket in a status of the desk's own behaves as its category, and shows its word")
    func customStatus() throws {
        var bench = try Bench()
        let desk = try desk()
        let vendor = try #require(desk.status("at_vendor"))
        _ = try bench.ticket.setStatus(vendor, at: bench.at(1), desk, bench.book)
        #expect(bench.ticket.status == .onHold && bench.ticket.statusWord == "at_vendor" && bench.ticket.statusReason == "vendor")
        let work = try #require(desk.status("in_work"))
        let facts = try bench.ticket.setStatus(work, at: bench.at(2), desk, bench.book)
        #expect(facts.first?.data["before"]?["status"] == "at_vendor" && facts.first?.data["after"]?["category"] == "open")
        let within = try bench.ticket.setStatus(Status(.open), at: bench.at(3), desk, bench.book)
        #expect(within.map(\.name.text) == ["ticket.status_changed"], "within a category no promise changes")
        var ticket = bench.ticket
        let refused = Rejection.invalidTransition(from: "open", to: "new", allowed: desk.allowed(from: Status(.open)))
        #expect(throws: refused) { try ticket.setStatus(Status(.new), at: bench.at(4), desk, bench.book) }
    }

    @Test(
        "Values fit the kind of their field",
        arguments: [
            (.text, [], "x", true), (.text, [], 4, false), (.number, [], 4, true), (.number, [], "4", false),
            (.date, [], "2026-02-28", true), (.date, [], "2026-02-30", false), (.user, [], "U-3", true), (.user, [], "3", false),
            (.choice, ["a", "b"], "b", true), (.choice, ["a", "b"], "c", false), (.multiChoice, ["a", "b"], "b,a", true),
            (.multiChoice, ["a", "b"], "a,c", false), (.multiChoice, ["a", "b"], "", false),
        ] as [(FieldKind, [String], JSON, Bool)])
    func values(kind: FieldKind, choices: [String], value: JSON, isGood: Bool) throws {
        let field = try CustomField(
            name: "f", kind: kind, label: Label(), choices: choices, isRequiredToSolve: false, at: Bench.start)
        if isGood {
            #expect(try field.normalized(value) == (kind == .multiChoice ? "a,b" : value))
        } else {
            #expect(throws: Rejection.self) { try field.normalized(value) }
        }
    }

    @Test("Undeclared fields are taken unless the desk is strict; a field may be wanted before solving")
    func fields() throws {
        var desk = DeskRules()
        #expect(try desk.normalized(JSONObject([("any", 1)])) == JSONObject([("any", 1)]))
        desk.add(
            try CustomField(
                name: "root", kind: .choice, label: Label(), choices: ["disk", "user"], isRequiredToSolve: true, at: Bench.start))
        desk.settings.strictFields = true
        #expect(throws: Rejection.self) { try desk.normalized(JSONObject([("any", 1)])) }
        #expect(try desk.normalized(JSONObject([("any", .null)])) == JSONObject([("any", .null)]))
        var bench = try Bench()
        do {
            var ticket = bench.ticket
            #expect(throws: Rejection.self) { try ticket.setStatus(Status(.solved), at: bench.at(1), desk, bench.book) }
        }
        _ = bench.ticket.setFields(JSONObject([("root", "disk")]), at: bench.at(1))
        _ = try bench.ticket.setStatus(Status(.solved), at: bench.at(2), desk, bench.book)
        #expect(bench.ticket.status == .solved)
    }

    @Test(
        "Tags are kept in lower case; what has blanks or commas is none",
        arguments: [("VIP", "vip"), ("Возврат", "возврат"), ("a b", nil), ("a,b", nil), ("", nil), ("a\u{7}", nil)]
            as [(String, String?)])
    func tags(text: String, tag: String?) {
        #expect(Tags.normalized(text) == tag)
    }
}

@Suite("Ties between tickets")
struct TicketLinkTests {
    private let bench: Bench
    init() throws { bench = try Bench() }

    private func id(_ number: Int64) -> TicketID { TicketID(rawValue: number) }

    private func ticket(_ number: Int64, type: TicketType? = nil) -> Ticket {
        Ticket(
            id: id(number), subject: "x", type: type, channel: .api, requester: UserID(rawValue: 1), createdAt: Bench.start,
            updatedAt: Bench.start)
    }

    private func check(_ a: Int64, _ relation: Relation, _ b: Int64, among links: [(Int64, Relation, Int64)]) throws {
        let known = links.map { TicketLink(id($0.0), $0.1, id($0.2), createdAt: Bench.start) }
        let new = TicketLink(id(a), relation, id(b), createdAt: Bench.start)
        try new.check(ticket(a, type: .problem), ticket(b, type: .problem)) { id in
            known.filter { $0.from == id || $0.to == id }
        }
    }

    @Test("A tie is the same from both sides", arguments: Relation.allCases)
    func sides(relation: Relation) {
        let link = TicketLink(id(1), relation, id(2), createdAt: Bench.start)
        #expect(link == TicketLink(id(2), relation.inverse, id(1), createdAt: Bench.start))
        let (here, there) = (link.seen(from: id(1)), link.seen(from: id(2)))
        #expect(here.relation == relation && here.other == id(2))
        #expect(there.relation == relation.inverse && there.other == id(1))
    }

    @Test("Parents and blocks do not go round in a circle; a child has one parent")
    func circles() throws {
        try check(1, .parentOf, 2, among: [(2, .parentOf, 3)])
        #expect(throws: Rejection.self) { try check(3, .parentOf, 1, among: [(1, .parentOf, 2), (2, .parentOf, 3)]) }
        #expect(throws: Rejection.self) { try check(1, .childOf, 3, among: [(1, .parentOf, 2), (2, .parentOf, 3)]) }
        #expect(throws: Rejection.self) { try check(2, .blocks, 1, among: [(1, .blocks, 2)]) }
        #expect(throws: Rejection.self) { try check(4, .parentOf, 2, among: [(1, .parentOf, 2)]) }
        #expect(throws: Rejection.self) { try check(1, .duplicates, 1, among: []) }
        try check(2, .duplicates, 1, among: [(1, .duplicates, 2)])
    }

    @Test("An incident is of a problem")
    func problems() throws {
        let link = TicketLink(id(1), .problemOf, id(2), createdAt: Bench.start)
        #expect(throws: Rejection.self) { try link.check(ticket(1, type: .incident), ticket(2)) { _ in [] } }
        try link.check(ticket(1, type: .problem), ticket(2)) { _ in [] }
        try TicketLink(id(2), .incidentOf, id(1), createdAt: Bench.start)
            .check(ticket(2), ticket(1, type: .problem)) { _ in [] }
    }

    @Test("A parent with open children is not solved")
    func children() throws {
        try ticket(1).checkChildren([])
        #expect(throws: Rejection.self) { try ticket(1).checkChildren([id(2)]) }
    }
}

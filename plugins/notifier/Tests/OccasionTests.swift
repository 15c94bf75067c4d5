import OporaPluginKit
import Testing

@testable import notifier

/// One row of the table: what happened, and who is told what.
struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var type: EventType
    var data: JSON
    var actor = "kernel"
    var notice: Notice?
    var people: [String] = []
    var testDescription: String { name }
}

private func assigned(_ before: (String?, String?), _ after: (String?, String?)) -> JSON {
    func side(_ pair: (String?, String?)) -> JSON {
        ["group": .optional(pair.0) ?? .null, "assignee": .optional(pair.1) ?? .null]
    }
    return ["ticket": "T-1", "before": side(before), "after": side(after)]
}

private func message(_ visibility: String, _ kind: String, _ author: String?) -> JSON {
    [
        "message": "M-1", "ticket": "T-1", "author": .optional(author) ?? .null, "author_kind": .string(kind),
        "visibility": .string(visibility), "channel": "web", "characters": 5,
    ]
}

private func sla(_ group: String?, _ assignee: String?) -> JSON {
    [
        "ticket": "T-1", "target": "resolution", "cycle": 1, "due_at": "2026-11-22T12:00:00.000Z",
        "group": .optional(group) ?? .null, "assignee": .optional(assignee) ?? .null,
    ]
}

/// Who is told: U-1 is the requester, U-2 the assignee of the ticket, G-1 has the lead U-9 and the members U-2, U-3.
@Suite struct OccasionTests {
    static let groups: [GroupID: GroupFacts] = [
        GroupID(rawValue: 1): .init(
            id: .init(rawValue: 1), name: "Hardware", lead: .init(rawValue: 9), members: [.init(rawValue: 2), .init(rawValue: 3)]),
        GroupID(rawValue: 2): .init(id: .init(rawValue: 2), name: "Empty", lead: .init(rawValue: 9), members: []),
        GroupID(rawValue: 3): .init(id: .init(rawValue: 3), name: "Flat", lead: nil, members: [.init(rawValue: 3)]),
    ]

    static func ticket(assignee: Int64? = 2, group: Int64? = 1) throws -> TicketFacts {
        TicketFacts(
            id: .init(rawValue: 1), subject: "s", priority: nil, requester: .init(rawValue: 1),
            group: group.map { .init(rawValue: $0) }, assignee: assignee.map { .init(rawValue: $0) },
            createdAt: try #require(Timestamp("2026-11-20T08:00:00.000Z")), dueAt: nil)
    }

    static let assignments: [Case] = [
        .init(
            name: "new assignee", type: .ticketAssigned, data: assigned((nil, nil), ("G-1", "U-2")), notice: .assigned,
            people: ["U-2"]),
        .init(name: "took it", type: .ticketAssigned, data: assigned((nil, nil), ("G-1", "U-2")), actor: "user/U-2"),
        .init(
            name: "given by a colleague", type: .ticketAssigned, data: assigned(("G-1", "U-3"), ("G-1", "U-2")),
            actor: "user/U-3",
            notice: .assigned, people: ["U-2"]),
        .init(name: "another group, same assignee", type: .ticketAssigned, data: assigned(("G-1", "U-2"), ("G-3", "U-2"))),
        .init(
            name: "to a group", type: .ticketAssigned, data: assigned((nil, nil), ("G-1", nil)), notice: .groupAssigned,
            people: ["U-2", "U-3"]),
        .init(
            name: "to a group by a member", type: .ticketAssigned, data: assigned((nil, nil), ("G-1", nil)), actor: "user/U-3",
            notice: .groupAssigned, people: ["U-2"]),
        .init(
            name: "back to the group", type: .ticketAssigned, data: assigned(("G-1", "U-2"), ("G-1", nil)), actor: "user/U-2",
            notice: .groupAssigned, people: ["U-3"]),
        .init(
            name: "to a group without members", type: .ticketAssigned, data: assigned((nil, nil), ("G-2", nil)),
            notice: .groupAssigned, people: ["U-9"]),
        .init(
            name: "to a group that is gone", type: .ticketAssigned, data: assigned((nil, nil), ("G-8", nil)),
            notice: .groupAssigned),
        .init(name: "taken away", type: .ticketAssigned, data: assigned(("G-1", "U-2"), (nil, nil))),
        .init(
            name: "created with an assignee", type: .ticketCreated, data: ["ticket": "T-1", "group": "G-1", "assignee": "U-2"],
            actor: "user/U-1", notice: .assigned, people: ["U-2"]),
        .init(
            name: "created in a group", type: .ticketCreated, data: ["ticket": "T-1", "group": "G-1", "assignee": nil],
            notice: .groupAssigned, people: ["U-2", "U-3"]),
        .init(name: "created for nobody", type: .ticketCreated, data: ["ticket": "T-1", "group": nil, "assignee": nil]),
    ]

    static let messages: [Case] = [
        .init(
            name: "agent answers", type: .messageAdded, data: message("public", "agent", "U-2"), notice: .answered,
            people: ["U-1"]),
        .init(name: "bot answers", type: .messageAdded, data: message("public", "bot", nil), notice: .answered, people: ["U-1"]),
        .init(name: "agent answers own request", type: .messageAdded, data: message("public", "agent", "U-1"), notice: .answered),
        .init(name: "system speaks", type: .messageAdded, data: message("public", "system", nil)),
        .init(
            name: "requester writes", type: .messageAdded, data: message("public", "requester", "U-1"), notice: .requesterWrote,
            people: ["U-2"]),
        .init(
            name: "note by another", type: .messageAdded, data: message("internal", "agent", "U-3"), notice: .noteAdded,
            people: ["U-2"]),
        .init(
            name: "note by a bot", type: .messageAdded, data: message("internal", "bot", nil), notice: .noteAdded, people: ["U-2"]
        ),
        .init(name: "own note", type: .messageAdded, data: message("internal", "agent", "U-2"), notice: .noteAdded),
    ]

    static let targets: [Case] = [
        .init(name: "warning", type: .slaWarning, data: sla("G-1", "U-2"), notice: .slaWarning, people: ["U-2"]),
        .init(
            name: "warning, found by the assignee's own command", type: .slaWarning, data: sla("G-1", "U-2"), actor: "user/U-2",
            notice: .slaWarning, people: ["U-2"]),
        .init(name: "warning, nobody has it", type: .slaWarning, data: sla("G-1", nil), notice: .slaWarning, people: ["U-9"]),
        .init(name: "warning, no lead", type: .slaWarning, data: sla("G-3", nil), notice: .slaWarning, people: ["U-3"]),
        .init(name: "warning, no group", type: .slaWarning, data: sla(nil, nil)),
        .init(name: "breach", type: .slaBreached, data: sla("G-1", "U-2"), notice: .slaBreached, people: ["U-2", "U-9"]),
        .init(
            name: "breach of the lead's own", type: .slaBreached, data: sla("G-1", "U-9"), notice: .slaBreached, people: ["U-9"]),
        .init(name: "breach, nobody has it", type: .slaBreached, data: sla("G-1", nil), notice: .slaBreached, people: ["U-9"]),
        .init(name: "breach, no group", type: .slaBreached, data: sla(nil, "U-2"), notice: .slaBreached, people: ["U-2"]),
        .init(name: "met", type: .slaMet, data: sla("G-1", "U-2")),
    ]

    @Test("the right person is told", arguments: assignments + messages + targets)
    func told(_ row: Case) throws {
        let event = try Event.made(row.type, row.type == .messageAdded ? "message/M-1" : "ticket/T-1", row.data, actor: row.actor)
        let occasion = Occasion.of(event, ticket: try Self.ticket())
        #expect(occasion?.notice == row.notice)
        #expect(occasion?.people(Self.groups).map(\.description) ?? [] == row.people)
    }

    @Test("history is nobody's business", arguments: assignments + messages + targets)
    func imported(_ row: Case) throws {
        let event = try Event.made(row.type, "ticket/T-1", row.data, actor: row.actor, imported: true)
        #expect(Occasion.of(event, ticket: try Self.ticket()) == nil)
        #expect(Occasion.ticketNeeded(event) == nil)
    }

    @Test("a requester's message on a ticket without assignee goes to the group")
    func unassigned() throws {
        let event = try Event.made(.messageAdded, "message/M-1", message("public", "requester", "U-1"))
        let inGroup = try #require(Occasion.of(event, ticket: try Self.ticket(assignee: nil)))
        #expect(inGroup.people(Self.groups).map(\.description) == ["U-2", "U-3"])
        let nowhere = try #require(Occasion.of(event, ticket: try Self.ticket(assignee: nil, group: nil)))
        #expect(nowhere.people(Self.groups).isEmpty)
    }

    @Test("the opening message is told of by the ticket's creation alone")
    func opening() throws {
        let event = try Event.made(
            .messageAdded, "message/M-1", message("public", "requester", "U-1"), at: "2026-11-20T08:00:00.000Z")
        #expect(Occasion.of(event, ticket: try Self.ticket()) == nil)
    }

    @Test("a message of a ticket that is gone is told to nobody")
    func gone() throws {
        let event = try Event.made(.messageAdded, "message/M-1", message("public", "agent", "U-2"))
        #expect(Occasion.of(event, ticket: nil) == nil)
    }

    @Test("a large group is told up to a limit")
    func limit() {
        let members = (1...500).map { UserID(rawValue: $0) }
        let group = GroupFacts(id: .init(rawValue: 1), name: "All", lead: nil, members: members)
        let occasion = Occasion(notice: .groupAssigned, audience: [.members(group.id)], knowing: UserID(rawValue: 1))
        let people = occasion.people([group.id: group])
        #expect(people.count == Occasion.people)
        #expect(people.first == UserID(rawValue: 2))
    }
}

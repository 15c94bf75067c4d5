import OporaPluginKit
import Testing

@testable import reporter

@Suite struct FactTests {
    private static let ticket = TicketID(rawValue: 7)

    private func event(_ type: String, _ data: String, subject: String = "ticket/T-7") throws -> Event {
        let body: JSON = [
            "type": .string("opora.\(type).v1"), "id": "log.1", "subject": .string(subject), "time": "2016-03-01T00:00:00.000Z",
            "data": try JSON(parsing: data),
        ]
        return try #require(Event(body: body, seq: 1, prev: 0))
    }

    @Test(
        arguments: [
            (
                "ticket.created", #"{"status":"new","priority":"high","group":"G-3","channel":"phone"}"#,
                .created(ticket, .init(status: .new, priority: "high", group: GroupID(rawValue: 3), channel: "phone"))
            ),
            ("ticket.created", #"{"status":"new","group":null}"#, .created(ticket, .init(status: .new))),
            (
                "ticket.status_changed", #"{"before":{"status":"open"},"after":{"status":"on_hold"}}"#,
                .moved(ticket, from: .open, to: .onHold)
            ),
            ("ticket.status_changed", #"{"before":{"status":"open"},"after":{"status":"open"}}"#, nil),
            ("ticket.assigned", #"{"after":{"group":"G-1","assignee":null}}"#, .regrouped(ticket, GroupID(rawValue: 1))),
            ("ticket.assigned", #"{"after":{"group":null,"assignee":"U-1"}}"#, .regrouped(ticket, nil)),
            ("ticket.priority_changed", #"{"before":"low","after":"urgent"}"#, .prioritized(ticket, "urgent")),
            ("ticket.fields_changed", #"{"fields":["colour"]}"#, nil),
            ("sla.met", #"{"target":"resolution"}"#, .sla(.met, ticket, target: "resolution")),
            ("sla.breached", #"{"target":"first_response"}"#, .sla(.breached, ticket, target: "first_response")),
            ("sla.warning", #"{"target":"resolution","percent":75}"#, .sla(.warning, ticket, target: "resolution")),
            ("sla.paused", #"{"targets":[]}"#, nil),
            ("feedback.recorded", #"{"kind":"csat","score":4}"#, .rated(score: 4)),
            ("feedback.recorded", #"{"kind":"nps","score":9}"#, nil),
            ("group.updated", #"{"group":"G-1","changed":["name"]}"#, .groupsChanged),
            ("ticket.abducted", #"{}"#, nil),
        ] as [(String, String, Fact?)])
    func `events become facts`(_ type: String, _ data: String, _ expected: Fact?) throws {
        #expect(try Fact.reading(event(type, data)) == expected)
    }

    @Test(arguments: [
        ("ticket.created", #"{"priority":"low"}"#),
        ("ticket.created", #"{"status":"asleep"}"#),
        ("ticket.created", #"{"status":"new","group":"3"}"#),
        ("ticket.status_changed", #"{"after":{"status":"open"}}"#),
        ("ticket.priority_changed", #"{"after":null}"#),
        ("sla.met", #"{}"#),
        ("feedback.recorded", #"{"kind":"csat","score":"good"}"#),
    ])
    func `an event that breaks its promise is unreadable`(_ type: String, _ data: String) throws {
        let event = try event(type, data)
        #expect(throws: Fact.Unreadable.self) { try Fact.reading(event) }
    }

    @Test func `a ticket event must say which ticket`() throws {
        let event = try event("sla.met", #"{"target":"resolution"}"#, subject: "sla/1")
        #expect(throws: Fact.Unreadable.self) { try Fact.reading(event) }
    }
}

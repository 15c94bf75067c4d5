import OporaDomain
import Testing

@Suite("Templates")
struct TemplateTests {
    private static let values: [Template.Variable: String] = [
        .ticketID: "T-1", .requesterName: "Anna {{agent.name}} Petrova", .agentName: "Oleg",
    ]

    @Test(
        "Places are filled, once, and nothing else is touched",
        arguments: [
            ("", ""), ("plain { } }} {{", "plain { } }} {{"), ("{{ticket.id}}", "T-1"), ("a {{ ticket.id }}b", "a T-1b"),
            ("{{requester.name}}!", "Anna {{agent.name}} Petrova!"), ("[{{organization.name}}]", "[]"),
            ("{{ticket.id}}{{agent.name}}{{", "T-1Oleg{{"),
        ] as [(String, String)])
    func filling(text: String, filled: String) throws {
        #expect(try Template(text, member: "reply").filled(Self.values) == filled)
    }

    @Test(
        "A place for what is not known is refused at once",
        arguments: ["{{name}}", "{{}}", "x {{ticket.Id}}", "{{a {{ticket.id}}"])
    func refused(text: String) { #expect(throws: Rejection.self) { try Template(text, member: "reply") } }

    @Test("All variables can be written", arguments: Template.Variable.allCases)
    func known(variable: Template.Variable) throws {
        #expect(try Template("{{\(variable.rawValue)}}", member: "reply").variables == [variable])
    }
}

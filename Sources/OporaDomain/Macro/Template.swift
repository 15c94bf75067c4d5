import OporaProtocol

/// A text with places for what is known of a ticket: `Hello {{requester.first_name}}`.
public struct Template: Hashable, Sendable {
    /// What can stand in a place.
    public enum Variable: String, CaseIterable, Sendable {
        case ticketID = "ticket.id"
        case ticketSubject = "ticket.subject"
        case ticketStatus = "ticket.status"
        case ticketPriority = "ticket.priority"
        case requesterName = "requester.name"
        case requesterFirstName = "requester.first_name"
        case requesterEmail = "requester.email"
        case organizationName = "organization.name"
        case groupName = "group.name"
        case agentName = "agent.name"
        case agentFirstName = "agent.first_name"
    }

    private enum Part: Hashable, Sendable {
        case text(String)
        case variable(Variable)
    }

    private let parts: [Part]

    /// Reads a text. Blanks inside the braces do not count; braces that never close are plain text.
    /// - Parameter member: what the text is called, for the refusal of a variable that is none.
    public init(_ text: String, member: String) throws(Rejection) {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            let name = rest[open.upperBound..<close.lowerBound].filter { !$0.isWhitespace }
            guard let variable = Variable(rawValue: name) else {
                let known = Variable.allCases.map(\.rawValue).joined(separator: ", ")
                throw .validation(member: member, reason: "there is no {{\(name.prefix(64))}}; there are \(known)")
            }
            parts += [.text(String(rest[..<open.lowerBound])), .variable(variable)]
            rest = rest[close.upperBound...]
        }
        parts.append(.text(String(rest)))
        self.parts = parts
    }

    public var variables: Set<Variable> {
        Set(parts.compactMap { part in if case .variable(let variable) = part { variable } else { nil } })
    }

    /// The text with what is known; a place of which nothing is known stays empty. Values are put in as they are, so that one
    /// that looks like a place is none.
    public func filled(_ values: [Variable: String]) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .variable(let variable): values[variable] ?? ""
            }
        }.joined()
    }

    /// The first word of a person's name.
    public static func firstName(_ name: String) -> String { name.split(separator: " ").first.map(String.init) ?? name }
}

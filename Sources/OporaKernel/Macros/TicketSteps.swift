import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Several changes of a ticket as one: each is an ordinary command with its own rules and rights, one after another; where one
/// of them is refused, nothing of all is done.
struct TicketSteps {
    /// What may be said, in the order in which it is done.
    static let members = [
        "fields", "type", "priority", "add_tags", "remove_tags", "group", "tier", "assignee", "note", "reply", "status", "reason",
        "wake_at",
    ]

    /// One command: its method and its parameters, without the ticket.
    struct Step {
        var method: String
        var params: JSONObject
        /// The member that asked for it, for people.
        var member: String
    }

    let steps: [Step]

    /// Reads the members; the values are read by the commands themselves.
    init(reading params: Params) throws(RPCError) {
        var steps: [Step] = []
        func step(_ method: String, _ member: String, _ name: String) {
            if let value = params.object[member], !value.isNull {
                steps.append(Step(method: method, params: JSONObject([(name, value)]), member: member))
            }
        }
        step("ticket.set_fields", "fields", "fields")
        step("ticket.set_type", "type", "type")
        step("ticket.set_priority", "priority", "priority")
        step("ticket.add_tags", "add_tags", "tags")
        step("ticket.remove_tags", "remove_tags", "tags")
        let places = ["group", "tier", "assignee"].compactMap { name in params.object[name].map { (name, $0) } }
        if let first = places.first { steps.append(Step(method: "ticket.assign", params: JSONObject(places), member: first.0)) }
        step("ticket.note", "note", "text")
        step("ticket.reply", "reply", "text")
        let status = ["status", "reason", "wake_at"].compactMap { name in params.object[name].map { (name, $0) } }
        if params.hasValue("status") {
            steps.append(Step(method: "ticket.set_status", params: JSONObject(status), member: "status"))
        } else if let first = status.first {
            throw .invalid("/\(first.0)", "required", "goes with a status")
        }
        guard !steps.isEmpty else {
            throw .invalid("", "required", "say what to change: \(Self.members.joined(separator: ", "))")
        }
        self.steps = steps
    }
}

extension CommandContext {
    /// Does the steps to a ticket, all of them or none.
    /// - Returns: whether anything was changed.
    mutating func perform(_ steps: TicketSteps, on ticket: TicketID) throws -> Bool {
        // A value: what a refused step leaves behind is thrown away with it.
        var attempt = self
        for step in steps.steps {
            guard let method = MethodTable.commands[step.method] else {
                throw Rejection.validation(member: step.member, reason: "this desk can't change it")
            }
            guard identity.mayCall(step.method) else {
                throw RPCError(.forbidden, "\(identity.name) may not call \(step.method)")
            }
            var params = step.params
            params["ticket"] = .string(ticket.description)
            if params["assignee"] == "me" { params["assignee"] = .string("\(try attempt.me("assignee"))") }
            attempt.request.method = step.method
            attempt.request.params = params
            try method.spec.check(params)
            try attempt.authorize()
            try method.run(&attempt)
        }
        let isChanged = attempt.commit.events.count > commit.events.count || attempt.commit.messages.count > commit.messages.count
        attempt.request = request
        attempt.result = result
        self = attempt
        return isChanged
    }
}

import OporaDomain
import OporaProtocol

/// What a macro does, read and checked.
enum MacroActions {
    /// Refuses actions that can never be done, and templates with places for what is not known.
    static func check(_ actions: JSONObject) throws {
        let params = Params(object: actions)
        do throws(RPCError) {
            try params.refuseOthers(than: TicketSteps.members, in: "")
            for step in try TicketSteps(reading: params).steps where MethodTable.commands[step.method] == nil {
                throw .invalid("/\(step.member)", "unknown", "this desk can't change it")
            }
            _ = try params.optionalText("reply", max: Limits.textCharacters)
            _ = try params.optionalText("note", max: Limits.textCharacters)
            _ = try params.optionalWord("priority") as Priority?
            _ = try params.optionalWord("type") as TicketType?
            _ = try params.tags("add_tags")
            _ = try params.tags("remove_tags")
            _ = try params.fields("fields")
            _ = try params.optionalID("group") as GroupID?
            _ = try params.tier("tier")
            if params.object["assignee"] != "me" { _ = try params.optionalID("assignee") as UserID? }
            _ = try params.optionalName("reason")
        } catch { throw error.below("/actions") }
        for name in ["reply", "note"] {
            if let text = actions[name]?.string { _ = try Template(text, member: "actions/\(name)") }
        }
    }

    /// What a template may say of a ticket.
    static func values(
        for ticket: Ticket, requester: User?, agent: User?, organization: Organization?, group: Group?
    ) -> [Template.Variable: String] {
        var values: [Template.Variable: String] = [
            .ticketID: "\(ticket.id)", .ticketSubject: ticket.subject, .ticketStatus: ticket.statusWord,
            .ticketPriority: ticket.priority.rawValue,
        ]
        values[.requesterName] = requester?.name
        values[.requesterFirstName] = requester.map { Template.firstName($0.name) }
        values[.requesterEmail] = requester?.email
        values[.organizationName] = organization?.name
        values[.groupName] = group?.name
        values[.agentName] = agent?.name
        values[.agentFirstName] = agent.map { Template.firstName($0.name) }
        return values
    }
}

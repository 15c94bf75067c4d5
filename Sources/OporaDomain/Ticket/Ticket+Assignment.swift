public import OporaProtocol
public import OporaTime

extension Ticket {
    /// Gives the ticket to a group and a person. What is so already is no fact.
    public mutating func assign(group: GroupID?, assignee: UserID?, at: Timestamp, _ book: SLABook) -> [EventDraft] {
        guard group != self.group || assignee != self.assignee else { return [] }
        var facts = advance(to: at, book)
        let old: JSON = ["group": .id(self.group), "assignee": .id(self.assignee)]
        let isOtherGroup = group != self.group
        self.group = group
        self.assignee = assignee
        facts.append(
            record(.ticketAssigned, at: at, ["before": old, "after": ["group": .id(group), "assignee": .id(assignee)]]))
        // A policy may be for some groups alone; who in the group has it changes no promise.
        return isOtherGroup ? facts + recompute(at: at, book) : facts
    }

    /// Changes how pressing the ticket is; its targets are counted anew from their own start.
    public mutating func setPriority(_ next: Priority, at: Timestamp, _ book: SLABook) -> [EventDraft] {
        guard next != priority else { return [] }
        var facts = advance(to: at, book)
        facts.append(
            record(.ticketPriorityChanged, at: at, ["before": .string(priority.rawValue), "after": .string(next.rawValue)]))
        priority = next
        return facts + recompute(at: at, book)
    }

    /// Sets custom fields; only those whose value is another one than before count.
    public mutating func setFields(_ values: JSONObject, at: Timestamp) -> [EventDraft] {
        let changed = values.members.filter { fields[$0.name] != $0.value }
        guard !changed.isEmpty else { return [] }
        for member in changed { fields[member.name] = member.value.isNull ? nil : member.value }
        return [record(.ticketFieldsChanged, at: at, ["fields": .array(changed.map { .string($0.name) })])]
    }
}

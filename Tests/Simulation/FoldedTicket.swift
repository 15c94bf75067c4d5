import OporaProtocol

/// A ticket as the log alone tells of it: calculated from events, knowing nothing of the kernel's own code.
struct FoldedTicket {
    var version: Int64 = 0
    /// Members by the name that `ticket.get` gives them; an absent one is null there.
    var members: [String: JSON] = [:]
    /// Targets by kind and cycle.
    var targets: [String: Target] = [:]
    var publicMessages = 0
    var notes = 0

    /// What the log says of a promise.
    struct Target: Hashable {
        var state: String
        var dueAt: JSON
        var breaches = 0
    }

    /// Events that say what a member was before and is after, and which.
    private static let changes: [String: String] = [
        "ticket.priority_changed": "priority", "ticket.type_changed": "type", "ticket.tags_changed": "tags",
        "ticket.followers_changed": "followers",
    ]
    /// Members of `ticket.created`.
    private static let initial = [
        "requester", "organization", "channel", "status", "status_category", "priority", "type", "group", "tier", "assignee",
        "tags",
    ]

    /// Takes one event of the ticket; throws where it contradicts those before it.
    mutating func take(_ type: String, version next: Int64, _ data: JSON) throws(Finding) {
        guard next == version + 1 else { throw Finding("\(type) makes version \(next) of \(version)") }
        version = next
        if let member = Self.changes[type] {
            guard same(members[member], data["before"]) else {
                throw Finding("\(type): before is \(text(data["before"])), but it was \(text(members[member]))")
            }
            members[member] = data["after"]
            return
        }
        switch type {
        case "ticket.created": for name in Self.initial { members[name] = data[name] }
        case "ticket.status_changed":
            guard same(members["status"], data["before"]?["status"]) else {
                throw Finding("status_changed from \(text(data["before"])), but it was \(text(members["status"]))")
            }
            let after = data["after"]
            members["status"] = after?["status"]
            members["status_category"] = after?["category"]
            members["status_reason"] = after?["reason"]
            members["wake_at"] = after?["wake_at"]
        case "ticket.assigned":
            for name in ["group", "assignee"] {
                guard same(members[name], data["before"]?[name]) else {
                    throw Finding("assigned: \(name) was \(text(members[name])), not \(text(data["before"]))")
                }
                members[name] = data["after"]?[name]
            }
        default: if type.hasPrefix("sla.") { try takeSLA(type, data) }
        }
    }

    private mutating func takeSLA(_ type: String, _ data: JSON) throws(Finding) {
        for target in data["targets"]?.array ?? [data] {
            guard let kind = target["target"]?.string, let cycle = target["cycle"]?.int else { continue }
            let name = "\(kind)/\(cycle)"
            var folded = targets[name] ?? Target(state: "", dueAt: .null)
            switch type {
            case "sla.applied", "sla.resumed", "sla.recomputed":
                if type == "sla.applied", targets[name] != nil { throw Finding("\(name) was applied twice") }
                if folded.state != "breached" { folded.state = target["due_at"] == .null ? "paused" : "running" }
                folded.dueAt = target["due_at"] ?? .null
            case "sla.paused":
                folded.state = "paused"
                folded.dueAt = .null
            case "sla.met": folded.state = "met"
            case "sla.cancelled": folded.state = "cancelled"
            case "sla.breached":
                folded.state = "breached"
                folded.breaches += 1
                if folded.breaches > 1 { throw Finding("\(name) was breached twice") }
            default: break
            }
            targets[name] = folded
        }
    }

    /// What `ticket.get` says otherwise; nil where it says the same.
    func difference(from shown: JSON) -> String? {
        if shown["version"]?.int != version { return "version \(version) by the log, \(text(shown["version"])) by the state" }
        for (name, value) in members where !same(value, shown[name]) {
            return "\(name) is \(text(value)) by the log, \(text(shown[name])) by the state"
        }
        let list = shown["sla"]?.array ?? []
        guard list.count == targets.count else { return "\(targets.count) targets by the log, \(list.count) by the state" }
        for target in list {
            let name = "\(target["target"]?.string ?? "")/\(target["cycle"]?.int ?? 0)"
            guard let folded = targets[name] else { return "\(name) is not in the log" }
            guard folded.state == target["state"]?.string else {
                return "\(name) is \(folded.state) by the log, \(text(target["state"])) by the state"
            }
            if folded.state == "running", !same(folded.dueAt, target["due_at"]) {
                return "\(name) is due \(text(folded.dueAt)) by the log, \(text(target["due_at"])) by the state"
            }
        }
        return nil
    }

    private func same(_ one: JSON?, _ other: JSON?) -> Bool { (one ?? .null) == (other ?? .null) }
    private func text(_ value: JSON?) -> String { value?.text ?? "absent" }
}

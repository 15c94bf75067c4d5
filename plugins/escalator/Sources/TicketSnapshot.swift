import OporaPluginKit

/// A ticket as the kernel showed it a moment ago: what the rules of the steps look at.
struct TicketSnapshot: Hashable, Sendable {
    /// How one promise stands.
    struct Target: Hashable, Sendable {
        var target: String
        var cycle: Int64
        var state: TargetState?
    }

    var id: TicketID
    var version: Int64
    var status: TicketStatus
    var priority: Priority
    var group: String?
    var assignee: String?
    var targets: [Target] = []
}

extension TicketSnapshot {
    /// Reads the answer of `ticket.get`; nil where it is not a ticket.
    init?(answer: JSON) {
        guard let ticket = answer["ticket"], let id = ticket["id"]?.string.flatMap({ TicketID($0) }),
            let version = ticket["version"]?.int,
            let status = (ticket["status_category"] ?? ticket["status"])?.string.flatMap({ TicketStatus(rawValue: $0) }),
            let priority = ticket["priority"]?.string.flatMap({ Priority(rawValue: $0) })
        else { return nil }
        self.init(
            id: id, version: version, status: status, priority: priority, group: ticket["group"]?.string,
            assignee: ticket["assignee"]?.string)
        targets = (ticket["sla"]?.array ?? []).compactMap { item in
            guard let target = item["target"]?.string, let cycle = item["cycle"]?.int else { return nil }
            return Target(target: target, cycle: cycle, state: item["state"]?.string.flatMap { TargetState(rawValue: $0) })
        }
    }
}

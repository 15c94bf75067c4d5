public import OporaProtocol
import OporaTime

/// What the log says of one ticket: its state, folded from its events. What is kept must be the same.
public struct TicketFold: Sendable {
    private var members: [String: JSON] = [:]
    private var version: Int64 = 0
    private var links: Int64 = 0
    private var bounces: Int64 = 0
    private var mergedInto: JSON = .null
    /// False where the ticket's beginning is no longer in the log: then nothing can be said.
    public private(set) var isWhole = false

    public init() {}

    /// Takes the ticket's next event.
    /// - Parameters:
    ///   - subject: `ticket/T-1` for the ticket's own; the others of its history change no state of it.
    public mutating func apply(_ type: EventType?, subject: String, entityVersion: Int64, _ data: JSON, of ticket: TicketID) {
        guard subject == "ticket/\(ticket)", let type else { return }
        version = entityVersion
        if type == .ticketCreated {
            isWhole = true
            for name in ["requester", "channel", "priority", "type", "group", "tier", "assignee", "tags"] {
                members[name] = data[name] ?? .null
            }
            members["status"] = data["status"]
            members["category"] = data["status_category"] ?? data["status"]
        }
        change(type, data, of: ticket)
    }

    private mutating func change(_ type: EventType, _ data: JSON, of ticket: TicketID) {
        let after = data["after"] ?? .null
        switch type {
        case .ticketStatusChanged:
            members["status"] = after["status"]
            members["category"] = after["category"] ?? after["status"]
            members["reason"] = after["reason"]
            members["wake_at"] = after["wake_at"]
        case .ticketAssigned:
            for name in ["group", "tier", "assignee"] { members[name] = after[name] ?? .null }
        case .ticketPriorityChanged: members["priority"] = after
        case .ticketTypeChanged: members["type"] = after
        case .ticketTagsChanged: members["tags"] = after
        case .ticketFollowersChanged: members["followers"] = after
        case .ticketClaimed, .ticketReleased: members["claim"] = after
        case .ticketDeleted, .ticketRestored: members["deleted_at"] = after
        case .ticketLinked: links += 1
        case .ticketUnlinked: links -= 1
        case .ticketHandedOver: bounces = data["bounces"]?.int ?? bounces
        case .ticketMerged where data["source"]?.string == "\(ticket)": mergedInto = data["target"] ?? .null
        case .ticketUnmerged where data["source"]?.string == "\(ticket)": mergedInto = .null
        default: break
        }
    }

    /// In what a ticket as it is kept differs from what the log says; nothing where all is well, or nothing can be said.
    public func differences(from ticket: Ticket) -> [String] {
        guard isWhole else { return [] }
        let kept: [(String, JSON)] = [
            ("status", .string(ticket.statusWord)), ("category", .string(ticket.status.rawValue)),
            ("reason", ticket.statusReason.map { .string($0) } ?? .null), ("wake_at", .time(ticket.wakeAt)),
            ("priority", .string(ticket.priority.rawValue)), ("type", ticket.type.map { .string($0.rawValue) } ?? .null),
            ("channel", .string(ticket.channel.rawValue)), ("group", .id(ticket.group)),
            ("tier", ticket.tier.map { .int(Int64($0)) } ?? .null), ("assignee", .id(ticket.assignee)),
            ("deleted_at", .time(ticket.deletedAt)),
            ("claim", ticket.claim.map { ["user": .id($0.user), "until": .time($0.until)] } ?? .null),
        ]
        var found = kept.compactMap { name, value in
            let said = members[name] ?? .null
            return said == value ? nil : "\(name) is \(value.text), the log says \(said.text)"
        }
        let lists: [(String, [JSON])] = [
            ("tags", ticket.tags.map { .string($0) }), ("followers", ticket.followers.map { .id($0) }),
        ]
        for (name, value) in lists where (members[name]?.array ?? []) != value {
            found.append("\(name) is \(JSON.array(value).text), the log says \((members[name] ?? []).text)")
        }
        for (name, value, said) in [("version", ticket.version, version), ("links", ticket.links, links)] where value != said {
            found.append("\(name) is \(value), the log says \(said)")
        }
        if ticket.bounces != bounces { found.append("bounces is \(ticket.bounces), the log says \(bounces)") }
        if JSON.id(ticket.mergedInto) != mergedInto {
            found.append("merged_into is \(JSON.id(ticket.mergedInto).text), the log says \(mergedInto.text)")
        }
        return found
    }
}

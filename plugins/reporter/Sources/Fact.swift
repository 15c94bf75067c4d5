import OporaPluginKit

/// What the read model takes from one event: a change of a ticket, the end of a promise, an answer of a requester.
enum Fact: Equatable {
    case created(TicketID, Opening)
    case moved(TicketID, from: TicketStatus, to: TicketStatus)
    case regrouped(TicketID, GroupID?)
    case prioritized(TicketID, String)
    case sla(Outcome, TicketID, target: String)
    case rated(score: Int64)
    case groupsChanged

    /// How a ticket stood at its creation.
    struct Opening: Equatable {
        var status: TicketStatus
        var priority: String?
        var group: GroupID?
        var channel: String?
    }

    /// What became of a promised duration.
    enum Outcome: String, CaseIterable, Sendable {
        case met, breached, warning
    }

    /// An event of a known type that does not say what its type promises.
    struct Unreadable: Error {}

    /// What `event` means to the reporter; nil where it changes no figure.
    static func reading(_ event: Event) throws(Unreadable) -> Fact? {
        switch event.type {
        case .ticketCreated: .created(try ticket(event), try opening(event.data))
        case .ticketStatusChanged: try move(event)
        case .ticketAssigned: .regrouped(try ticket(event), try group(event.data["after"]))
        case .ticketPriorityChanged: .prioritized(try ticket(event), try text(event.data["after"]))
        case .slaMet: .sla(.met, try ticket(event), target: try text(event.data["target"]))
        case .slaBreached: .sla(.breached, try ticket(event), target: try text(event.data["target"]))
        case .slaWarning: .sla(.warning, try ticket(event), target: try text(event.data["target"]))
        case .feedbackRecorded: try rating(event.data)
        case .groupCreated, .groupUpdated: .groupsChanged
        default: nil
        }
    }

    private static func opening(_ data: JSON) throws(Unreadable) -> Opening {
        Opening(
            status: try status(data["status_category"] ?? data["status"]), priority: data["priority"]?.string,
            group: try group(data),
            channel: data["channel"]?.string)
    }

    private static func move(_ event: Event) throws(Unreadable) -> Fact? {
        let from = try side(event.data["before"])
        let to = try side(event.data["after"])
        // A change of the reason, or within a category, moves nothing.
        return from == to ? nil : .moved(try ticket(event), from: from, to: to)
    }

    private static func rating(_ data: JSON) throws(Unreadable) -> Fact? {
        guard try text(data["kind"]) == "csat" else { return nil }
        guard let score = data["score"]?.int else { throw Unreadable() }
        return .rated(score: score)
    }

    private static func ticket(_ event: Event) throws(Unreadable) -> TicketID {
        guard let ticket = event.ticket else { throw Unreadable() }
        return ticket
    }

    /// The category. Events of before there were words of the desk's own name it as the status.
    private static func side(_ value: JSON?) throws(Unreadable) -> TicketStatus {
        try status(value?["category"] ?? value?["status"])
    }

    private static func status(_ value: JSON?) throws(Unreadable) -> TicketStatus {
        guard let status = value?.string.flatMap(TicketStatus.init(rawValue:)) else { throw Unreadable() }
        return status
    }

    private static func group(_ holder: JSON?) throws(Unreadable) -> GroupID? {
        guard let value = holder?["group"], !value.isNull else { return nil }
        guard let group = value.string.flatMap({ GroupID($0) }) else { throw Unreadable() }
        return group
    }

    private static func text(_ value: JSON?) throws(Unreadable) -> String {
        guard let text = value?.string else { throw Unreadable() }
        return text
    }
}

import OporaPluginKit

/// What the words of an incident log mean here.
enum ServiceNowWords {
    /// A status, and why it waits.
    struct State: Hashable, Sendable {
        var status: TicketStatus
        var reason: String?
    }

    /// The status of an incident state; nil for a state that is not known.
    static func state(_ word: String) -> State? {
        switch word {
        case "New": State(status: .new)
        case "Active": State(status: .open)
        case "Awaiting User Info": State(status: .pending)
        case "Awaiting Vendor": State(status: .onHold, reason: "vendor")
        case "Awaiting Problem": State(status: .onHold, reason: "problem")
        case "Awaiting Evidence": State(status: .onHold, reason: "evidence")
        case "Resolved": State(status: .solved)
        case "Closed": State(status: .closed)
        default: nil
        }
    }

    /// The priority of `3 - Moderate` or `Moderate`; nil for one that is not known.
    static func priority(_ text: String) -> Priority? {
        switch text.split(separator: " ").last {
        case "Critical": .urgent
        case "High": .high
        case "Moderate": .normal
        case "Low": .low
        default: nil
        }
    }

    /// The channel of a contact type; nil for one that is not known.
    static func channel(_ word: String) -> Channel? {
        switch word {
        case "Phone", "IVR": .phone
        case "Email": .email
        case "Self service", "Direct opening": .web
        default: nil
        }
    }
}

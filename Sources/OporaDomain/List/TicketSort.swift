import OporaProtocol
import OporaTime

/// The orders in which tickets are listed; a minus means the other way round. Equal ones go by id, the same way.
public enum TicketSort: String, CaseIterable, Sendable {
    case id
    case newest = "-id"
    case created = "created_at"
    case lastCreated = "-created_at"
    case updated = "updated_at"
    case lastUpdated = "-updated_at"
    /// Those that have a due instant alone.
    case due = "due_at"
    case lastDue = "-due_at"
    /// From low to urgent.
    case priority
    case mostPressing = "-priority"
    /// Those that wait and have a wake-up alone.
    case wake = "wake_at"
    case lastWake = "-wake_at"

    public var isDescending: Bool { rawValue.hasPrefix("-") }

    /// Where a ticket stands in the order; nil for one that is not in it.
    public func value(of ticket: Ticket) -> Int64? {
        switch self {
        case .id, .newest: ticket.id.rawValue
        case .created, .lastCreated: ticket.createdAt.rawValue
        case .updated, .lastUpdated: ticket.updatedAt.rawValue
        case .due, .lastDue: ticket.dueAt?.rawValue
        case .priority, .mostPressing: Int64(ticket.priority.rank)
        case .wake, .lastWake: ticket.wakeAt?.rawValue
        }
    }
}

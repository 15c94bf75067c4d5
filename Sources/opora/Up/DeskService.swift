import OporaPluginKit

/// A process of the desk: the kernel or one of the plugins that come with it.
enum DeskService: String, CaseIterable, Sendable {
    case kernel = "oporad"
    case notifier, escalator, feedback, reporter
    /// Runs where there is a Python for it: see `AlertBridge`.
    case alertmanager

    /// The plugins that every desk has.
    static let standard: [DeskService] = [.notifier, .escalator, .feedback, .reporter]
    /// All that a desk may have.
    static let plugins = standard + [.alertmanager]

    /// The executable's name, which is also the log's and, for a plugin, its identity's.
    var name: String { rawValue }

    /// How long it may take to stop before it is made to.
    var stopMilliseconds: Int { self == .kernel ? 10_000 : 5_000 }

    /// The methods that a plugin calls: what every plugin needs to follow the log, and its own.
    var methods: [String] {
        let following = [
            "ping", "session.*", "events.read", "consumer.ensure", "consumer.fetch", "consumer.ack", "consumer.info",
            "consumer.parked_drop",
        ]
        switch self {
        case .kernel: return []
        case .notifier: return following + ["ticket.get", "message.get", "message.list", "user.get", "group.get"]
        case .escalator:
            return following + [
                "ticket.get", "ticket.set_priority", "ticket.assign", "ticket.note", "group.get", "calendar.list", "calendar.due",
            ]
        case .feedback: return following + ["ticket.get", "feedback.record", "x.notifier.send"]
        case .reporter: return following + ["group.list"]
        case .alertmanager:
            return [
                "ping", "session.*", "ticket.create", "ticket.get", "ticket.list", "ticket.note", "ticket.reopen",
                "ticket.solve", "ticket.set_priority", "user.list", "user.create",
            ]
        }
    }

    /// The streams whose events a plugin reads.
    var streams: [EventStream] {
        switch self {
        case .kernel, .alertmanager: []
        case .notifier, .escalator: [.ticket, .message, .sla]
        case .feedback: [.ticket]
        case .reporter: [.ticket, .sla, .feedback, .group]
        }
    }
}

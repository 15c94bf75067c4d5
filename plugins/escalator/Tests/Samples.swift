import Foundation
import OporaPluginKit
import Synchronization
import Testing

@testable import escalator

/// Events as the kernel would send them.
enum Samples {
    static let position = LogPosition(logID: "log", epoch: 3, seq: 100)

    static func event(
        _ type: EventType, ticket: String = "T-1", seq: Int64 = 10, actor: String = "user/U-7", via: String? = nil,
        imported: Bool = false, at: String = "2026-11-22T10:00:00.000Z", _ data: JSON = [:]
    ) throws -> Event {
        var members = data.object ?? JSONObject()
        members["ticket"] = .string(ticket)
        let subject = type == .messageAdded ? "message/M-1" : "ticket/\(ticket)"
        let body: JSON = [
            "type": .string(type.cloudEventsType), "id": .string("log.\(seq)"), "time": .string(at), "subject": .string(subject),
            "actor": .string(actor), "via": .optional(via), "imported": imported ? true : nil, "data": .object(members),
        ]
        return try #require(Event(body: body, seq: seq, prev: seq - 1))
    }

    static func breach(ticket: String = "T-1", seq: Int64 = 10, cause: String = "time", imported: Bool = false) throws -> Event {
        try event(
            .slaBreached, ticket: ticket, seq: seq, imported: imported,
            [
                "target": "resolution", "cycle": 1, "due_at": "2026-11-22T09:00:00.000Z", "cause": .string(cause),
                "breached_at": "2026-11-22T09:00:00.000Z",
            ])
    }

    static func warning(seq: Int64 = 11, percent: Int64 = 75) throws -> Event {
        try event(
            .slaWarning, seq: seq,
            ["target": "resolution", "cycle": 1, "percent": .int(percent), "due_at": "2026-11-22T09:00:00.000Z"])
    }

    static func batch(_ events: [Event], seq: Int64 = 100, logID: String = "log") -> EventBatch {
        EventBatch(events: events, position: LogPosition(logID: logID, epoch: 3, seq: seq))
    }

    static func ticket(
        status: TicketStatus = .open, priority: Priority = .normal, group: String? = "G-1", assignee: String? = "U-7",
        targets: [TicketSnapshot.Target] = [.init(target: "resolution", cycle: 1, state: .breached)]
    ) -> TicketSnapshot {
        TicketSnapshot(
            id: TicketID(rawValue: 1), version: 4, status: status, priority: priority, group: group, assignee: assignee,
            targets: targets)
    }
}

/// A folder for one test's files, taken away with it.
final class Scratch: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("escalator-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// Opens the store as a fresh start of the plugin would.
    func store() throws -> EscalatorStore { try EscalatorStore(path: "\(path)/escalator.sqlite") }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

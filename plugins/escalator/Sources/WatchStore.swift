import OporaPluginKit
import OporaPluginStore

/// A live ticket that nobody waits on, and when it was last touched.
struct Watch: Hashable, Sendable {
    var ticket: TicketID
    var touchedSeq: Int64
    var touchedAt: Timestamp
    /// The event of the touch.
    var eventID: String
    /// Whether the time until it fires was counted in a calendar's working time.
    var isWorkingTime: Bool
}

extension EscalatorStore {
    private static let columns = "ticket, touched_seq, touched_at, event_id, is_working"

    /// Watches whose time to fire has to be computed.
    func watchesWithoutDue(limit: Int) throws -> [Watch] {
        try watches("fires_at IS NULL ORDER BY touched_seq LIMIT ?", [.int(Int64(limit))])
    }

    /// Watches that fire at or before `now`, earliest first.
    func watchesDue(_ now: Timestamp, limit: Int) throws -> [Watch] {
        try watches("fires_at <= ? ORDER BY fires_at LIMIT ?", [.int(now.rawValue), .int(Int64(limit))])
    }

    /// When the next watch fires.
    func nextFiring() throws -> Timestamp? {
        try file.read { tx in try tx.rows("SELECT min(fires_at) FROM watch").first?.optionalInt(0).map { Timestamp($0) } }
    }

    private func watches(_ condition: String, _ arguments: [StoreValue]) throws -> [Watch] {
        try file.read { tx in
            try tx.rows("SELECT \(EscalatorStore.columns) FROM watch WHERE \(condition)", arguments).compactMap { row in
                guard let ticket = TicketID(row.text(0)) else { return nil }
                return Watch(
                    ticket: ticket, touchedSeq: row.int(1), touchedAt: Timestamp(row.int(2)), eventID: row.text(3),
                    isWorkingTime: row.int(4) == 1)
            }
        }
    }

    /// Sets when a watch fires, unless the ticket was touched again meanwhile.
    func setFiring(_ watch: Watch, at instant: Timestamp, isWorkingTime: Bool) throws {
        _ = try file.write { tx in
            try tx.run(
                "UPDATE watch SET fires_at = ?, is_working = ? WHERE ticket = ? AND touched_seq = ?",
                [
                    .int(instant.rawValue), .int(isWorkingTime ? 1 : 0), .text("\(watch.ticket)"), .int(watch.touchedSeq),
                ])
        }
    }

    /// Ends a watch and plans what it asks for, unless the ticket was touched again meanwhile.
    func fire(_ watch: Watch, _ escalation: Escalation?, now: Timestamp) throws {
        guard let position = try position() else { return }
        try file.write { tx in
            let ended = try tx.run(
                "DELETE FROM watch WHERE ticket = ? AND touched_seq = ?", [.text("\(watch.ticket)"), .int(watch.touchedSeq)])
            guard ended == 1, let escalation else { return }
            _ = try EscalatorStore.plan(tx, escalation, position, now)
        }
    }

    /// Has every due time computed anew: at a start, when the settings or calendars may be others.
    func forgetDueTimes() throws {
        try file.write { tx in _ = try tx.run("UPDATE watch SET fires_at = NULL") }
    }
}

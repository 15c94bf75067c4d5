import OporaPluginKit
import OporaPluginStore

/// What people and `kernel.health` see of the outbox, and what they may do with it.
extension Outbox {
    /// The latest deliveries first.
    func list(_ state: DeliveryState?, limit: Int64) throws -> [Delivery] {
        try store.read { transaction in
            let some = try state.map { state in
                try transaction.rows(
                    "SELECT \(Outbox.columns) FROM outbox WHERE state = ? ORDER BY id DESC LIMIT ?",
                    [.text(state.rawValue), .int(limit)])
            }
            let rows =
                try some
                ?? transaction.rows("SELECT \(Outbox.columns) FROM outbox ORDER BY id DESC LIMIT ?", [.int(limit)])
            return rows.compactMap { Delivery($0) }
        }
    }

    /// One delivery by its number.
    func delivery(_ id: Int64) throws -> Delivery? {
        try store.read { transaction in
            try transaction.rows("SELECT \(Outbox.columns) FROM outbox WHERE id = ?", [.int(id)]).first.flatMap { Delivery($0) }
        }
    }

    /// Makes a delivery that was not sent due now, with all its tries before it. Returns whether there was such a one.
    func retry(_ id: Int64, now: Timestamp) throws -> Bool {
        try store.write { transaction in
            try transaction.run(
                """
                UPDATE outbox SET state = 'queued', attempts = 0, due_at = ?, finished_at = NULL
                WHERE id = ? AND state <> 'sent'
                """, [.int(now.rawValue), .int(id)]) > 0
        }
    }

    /// How many there are of each state.
    func counts() throws -> DeliveryCounts {
        try store.read { transaction in
            func waiting(_ state: DeliveryState) throws -> Int64 {
                try transaction.rows("SELECT count(*) FROM outbox WHERE state = ?", [.text(state.rawValue)]).first?.int(0) ?? 0
            }
            var counts = DeliveryCounts(queued: try waiting(.queued), failed: try waiting(.failed), dead: try waiting(.dead))
            for row in try transaction.rows("SELECT state, count FROM tally") {
                switch DeliveryState(rawValue: row.text(0)) {
                case .sent: counts.sent = row.int(1)
                case .skipped: counts.skipped = row.int(1)
                case .queued, .failed, .dead, nil: break
                }
            }
            return counts
        }
    }

    /// The lanes for which something waits.
    func openLanes() throws -> [String] {
        try store.read { transaction in
            try transaction.rows("SELECT DISTINCT lane FROM outbox WHERE finished_at IS NULL").map { $0.text(0) }
        }
    }

    /// Takes away what ended before `instant`. Returns whether there may be more of it.
    func clean(before instant: Timestamp) throws -> Bool {
        try store.write { transaction in
            try transaction.run(
                """
                DELETE FROM outbox WHERE id IN
                    (SELECT id FROM outbox WHERE finished_at IS NOT NULL AND finished_at < ? ORDER BY finished_at LIMIT ?)
                """, [.int(instant.rawValue), .int(Outbox.cleaned)]) == Int(Outbox.cleaned)
        }
    }

    /// What `Delivery` is read from.
    static let columns =
        "id, key, lane, recipient, kind, ticket, data, state, attempts, due_at, created_at, finished_at, problem"
}

extension Delivery {
    /// A row of `Outbox.columns`; nil where it was not written by this program.
    init?(_ row: StoreRow) {
        guard let state = DeliveryState(rawValue: row.text(7)), let data = try? JSON(parsing: row.text(6)) else { return nil }
        self.init(
            id: row.int(0),
            draft: Draft(
                key: row.text(1), lane: row.text(2), recipient: row.text(3), kind: row.text(4),
                ticket: row.optionalText(5).flatMap { TicketID($0) }, data: data),
            state: state, attempts: Int(row.int(8)), dueAt: Timestamp(row.int(9)), createdAt: Timestamp(row.int(10)),
            finishedAt: row.optionalInt(11).map { Timestamp($0) }, problem: row.optionalText(12))
    }
}

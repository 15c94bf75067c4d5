import OporaPluginKit
import OporaPluginStore

/// What is to be told and how far it got, in the notifier's own SQLite file.
///
/// Safe to use from any task. Instants are handed in; nothing here reads a clock.
struct Outbox: Sendable {
    /// Rows of one answer of `x.notifier.outbox`.
    static let listed: Int64 = 200
    /// Rows that one cleaning takes away at most, so that it never holds the file for long.
    static let cleaned: Int64 = 1000
    /// Characters of `problem` that are kept.
    static let problemCharacters = 300

    let store: PluginStore

    /// Opens or makes the file.
    init(path: String) throws {
        store = try PluginStore(path: path, migrations: Outbox.migrations)
    }

    private static let migrations = [
        """
        CREATE TABLE outbox(
            id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, lane TEXT NOT NULL, recipient TEXT NOT NULL,
            kind TEXT NOT NULL, ticket TEXT, data TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
            due_at INTEGER NOT NULL, created_at INTEGER NOT NULL, finished_at INTEGER, problem TEXT) STRICT;
        CREATE INDEX outbox_open ON outbox(lane, due_at, id) WHERE finished_at IS NULL;
        CREATE INDEX outbox_state ON outbox(state, id);
        CREATE INDEX outbox_finished ON outbox(finished_at) WHERE finished_at IS NOT NULL;
        CREATE TABLE tally(state TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """
    ]

    /// Puts drafts in, and with them the position in the log whose events they come from: both or neither.
    /// What is there already stays as it is. Returns how many were new.
    @discardableResult
    func add(_ drafts: [Draft], at position: LogPosition? = nil, now: Timestamp) throws -> Int {
        try store.write(at: position) { transaction in
            var added = 0
            for draft in drafts {
                added += try transaction.run(
                    """
                    INSERT INTO outbox(key, lane, recipient, kind, ticket, data, state, attempts, due_at, created_at)
                    VALUES (?, ?, ?, ?, ?, ?, 'queued', 0, ?, ?) ON CONFLICT(key) DO NOTHING
                    """,
                    [
                        .text(draft.key), .text(draft.lane), .text(draft.recipient), .text(draft.kind),
                        .optional(draft.ticket?.description), .text(draft.data.text), .int(now.rawValue), .int(now.rawValue),
                    ])
            }
            return added
        }
    }

    /// The delivery of a lane that is due first, if one is due.
    func next(_ lane: String, now: Timestamp) throws -> Delivery? {
        try store.read { transaction in
            try transaction.rows(
                """
                SELECT \(Outbox.columns) FROM outbox WHERE finished_at IS NULL AND lane = ? AND due_at <= ?
                ORDER BY due_at, id LIMIT 1
                """, [.text(lane), .int(now.rawValue)]
            ).first.flatMap { Delivery($0) }
        }
    }

    /// When something of a lane will be due; nil where nothing waits.
    func nextDue(_ lane: String) throws -> Timestamp? {
        try store.read { transaction in
            try transaction.rows(
                "SELECT min(due_at) FROM outbox WHERE finished_at IS NULL AND lane = ?", [.text(lane)]
            ).first?.optionalInt(0).map { Timestamp($0) }
        }
    }

    /// Writes down how a try ended and what follows from it. Returns the state after it.
    @discardableResult
    func settle(_ delivery: Delivery, _ outcome: Outcome, now: Timestamp, _ backoff: Backoff) throws -> DeliveryState {
        switch outcome {
        case .stopped: return delivery.state
        case .sent: return try finish(delivery, .sent, nil, now)
        case .skipped(let reason): return try finish(delivery, .skipped, reason.rawValue, now)
        case .refused(let problem): return try finish(delivery, .dead, problem, now)
        case .failed(let problem):
            guard let pause = backoff.pause(after: delivery.attempts + 1) else {
                return try finish(delivery, .dead, problem, now)
            }
            try store.write { transaction in
                _ = try transaction.run(
                    """
                    UPDATE outbox SET state = 'failed', attempts = attempts + 1, due_at = ?, problem = ?
                    WHERE id = ? AND finished_at IS NULL
                    """,
                    [.int((now + pause).rawValue), .text(String(problem.prefix(Outbox.problemCharacters))), .int(delivery.id)])
            }
            return .failed
        }
    }

    private func finish(
        _ delivery: Delivery, _ state: DeliveryState, _ problem: String?, _ now: Timestamp
    ) throws -> DeliveryState {
        try store.write { transaction in
            let changed = try transaction.run(
                """
                UPDATE outbox SET state = ?, attempts = attempts + 1, finished_at = ?, problem = ?
                WHERE id = ? AND finished_at IS NULL
                """,
                [
                    .text(state.rawValue), .int(now.rawValue),
                    .optional(problem.map { String($0.prefix(Outbox.problemCharacters)) }), .int(delivery.id),
                ])
            guard changed > 0, state != .dead else { return }
            try transaction.run(
                "INSERT INTO tally(state, count) VALUES (?, 1) ON CONFLICT(state) DO UPDATE SET count = count + 1",
                [.text(state.rawValue)])
        }
        return state
    }
}

import FoundationEssentials
import OporaPluginKit
import OporaPluginStore

/// The collector's own file: every survey, and when something is next to be done for it.
struct SurveyStore: Sendable {
    let file: PluginStore
    let rules: SurveyRules

    /// What is there already is never edited; new statements are added at the end.
    private static let migrations = [
        """
        CREATE TABLE survey(
            id TEXT PRIMARY KEY, log_id TEXT NOT NULL, ticket TEXT NOT NULL, causation TEXT NOT NULL, state TEXT NOT NULL,
            requester TEXT, token TEXT UNIQUE, planned_at INTEGER NOT NULL, opened_at INTEGER, asked_at INTEGER,
            remind_at INTEGER, reminded_at INTEGER, expires_at INTEGER, answered_at INTEGER, score INTEGER, comment TEXT,
            tries INTEGER NOT NULL DEFAULT 0, problem TEXT, wake_at INTEGER) STRICT;
        CREATE INDEX survey_wake ON survey(wake_at) WHERE wake_at IS NOT NULL;
        CREATE INDEX survey_ticket ON survey(ticket);
        CREATE INDEX survey_requester ON survey(requester, opened_at);
        CREATE INDEX survey_state ON survey(state);
        """
    ]

    /// - Parameter path: the file holds links and comments: nobody but the plugin's account may read it.
    init(path: String, rules: SurveyRules) throws {
        self.rules = rules
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        file = try PluginStore(path: path, migrations: SurveyStore.migrations)
    }

    func position() throws -> LogPosition? { try file.position() }

    /// Notes what a batch of events means for the surveys, and the position after it, in one transaction.
    /// Returns true where something came of it.
    func take(_ batch: EventBatch, now: Timestamp) throws -> Bool {
        let known = try position()
        return try file.write(at: batch.position) { tx in
            var changes = 0
            if let known, known.logID != batch.position.logID { try SurveyStore.forgetOtherLogs(tx, batch.position.logID) }
            for event in batch.events {
                switch SurveyRules.meaning(event) {
                case .nothing: break
                case .solved(let ticket): changes += try SurveyStore.plan(tx, ticket, event, batch.position, now)
                case .reopened(let ticket):
                    changes += try tx.run(
                        """
                        UPDATE survey SET state = 'withdrawn', wake_at = NULL
                        WHERE ticket = ? AND state IN ('planned', 'open', 'undeliverable')
                        """, [.text("\(ticket)")])
                }
            }
            return changes > 0
        }
    }

    /// Plans a survey, unless one about this ticket is under way or answered.
    private static func plan(
        _ tx: StoreTransaction, _ ticket: TicketID, _ event: Event, _ position: LogPosition, _ now: Timestamp
    ) throws -> Int {
        try tx.run(
            """
            INSERT INTO survey(id, log_id, ticket, causation, state, planned_at, wake_at)
            SELECT ?, ?, ?, ?, 'planned', ?, ? WHERE NOT EXISTS (
                SELECT 1 FROM survey WHERE ticket = ? AND log_id = ?
                AND (state IN ('planned', 'open', 'undeliverable', 'recording') OR answered_at IS NOT NULL))
            ON CONFLICT DO NOTHING
            """,
            [
                .text("\(position.epoch).\(event.seq)"), .text(position.logID), .text("\(ticket)"), .text(event.id),
                .int(now.rawValue), .int(now.rawValue), .text("\(ticket)"), .text(position.logID),
            ])
    }

    /// Another log is another desk: its tickets are others, though their ids may be the same.
    private static func forgetOtherLogs(_ tx: StoreTransaction, _ logID: String) throws {
        try tx.run(
            """
            UPDATE survey SET state = 'withdrawn', wake_at = NULL
            WHERE log_id <> ? AND state IN ('planned', 'open', 'undeliverable')
            """, [.text(logID)])
        try tx.run(
            "UPDATE survey SET state = 'failed', problem = 'other_log', wake_at = NULL WHERE log_id <> ? AND state = 'recording'",
            [.text(logID)])
    }
}

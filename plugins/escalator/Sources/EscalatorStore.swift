import OporaPluginKit
import OporaPluginStore

/// The escalator's own file: what is to be done, what was done, and which tickets are watched.
struct EscalatorStore: Sendable {
    let file: PluginStore

    /// What is there already is never edited; new statements are added at the end.
    private static let migrations = [
        """
        CREATE TABLE work(
            id INTEGER PRIMARY KEY, log_id TEXT NOT NULL, epoch INTEGER NOT NULL, ticket TEXT NOT NULL,
            kind TEXT NOT NULL, target TEXT NOT NULL, round INTEGER NOT NULL, facts TEXT NOT NULL,
            causation TEXT NOT NULL, planned_at INTEGER NOT NULL, is_pending INTEGER NOT NULL DEFAULT 1,
            UNIQUE (log_id, epoch, ticket, kind, target, round)) STRICT;
        CREATE INDEX work_pending ON work(id) WHERE is_pending = 1;
        CREATE TABLE step(
            work INTEGER NOT NULL REFERENCES work(id), number INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'waiting', method TEXT, params TEXT, outcome TEXT, tries INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (work, number)) STRICT, WITHOUT ROWID;
        CREATE INDEX step_state ON step(state);
        CREATE TABLE watch(
            ticket TEXT PRIMARY KEY, touched_seq INTEGER NOT NULL, touched_at INTEGER NOT NULL, event_id TEXT NOT NULL,
            fires_at INTEGER, is_working INTEGER NOT NULL DEFAULT 1) STRICT, WITHOUT ROWID;
        CREATE INDEX watch_fires ON watch(fires_at);
        """
    ]

    init(path: String) throws { file = try PluginStore(path: path, migrations: EscalatorStore.migrations) }

    func position() throws -> LogPosition? { try file.position() }

    /// Notes what a batch of events asks for, and the position after it, in one transaction.
    /// Returns true where something came of it.
    func take(_ batch: EventBatch, _ rules: EscalationRules, now: Timestamp) throws -> Bool {
        let known = try position()
        return try file.write(at: batch.position) { tx in
            var isNew = false
            if let known, known.logID != batch.position.logID { try EscalatorStore.forgetOtherLogs(tx, batch.position) }
            for event in batch.events {
                if let escalation = rules.escalation(for: event, in: batch) {
                    isNew = try EscalatorStore.plan(tx, escalation, batch.position, now) || isNew
                }
                guard let ticket = event.ticket else { continue }
                switch rules.touch(event) {
                case .none: break
                case .ended: try tx.run("DELETE FROM watch WHERE ticket = ?", [.text("\(ticket)")])
                case .touched:
                    try EscalatorStore.touch(tx, ticket, event)
                    isNew = true
                }
            }
            return isNew
        }
    }

    /// Adds an escalation with its steps. One that was planned before, in this log, is left as it is.
    static func plan(
        _ tx: StoreTransaction, _ escalation: Escalation, _ position: LogPosition, _ now: Timestamp
    ) throws -> Bool {
        let trigger = escalation.trigger
        let added = try tx.rows(
            """
            INSERT INTO work(log_id, epoch, ticket, kind, target, round, facts, causation, planned_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id
            """,
            [
                .text(position.logID), .int(position.epoch), .text("\(escalation.ticket)"), .text(trigger.kind.rawValue),
                .text(trigger.target), .int(trigger.round), .text(trigger.facts.text), .text(escalation.causation),
                .int(now.rawValue),
            ])
        guard let work = added.first?.int(0) else { return false }
        for step in escalation.steps {
            try tx.run(
                "INSERT INTO step(work, number, kind, key) VALUES (?, ?, ?, ?)",
                [.int(work), .int(Int64(step.number)), .text(step.kind.rawValue), .text(step.key)])
        }
        return true
    }

    private static func touch(_ tx: StoreTransaction, _ ticket: TicketID, _ event: Event) throws {
        try tx.run(
            """
            INSERT OR REPLACE INTO watch(ticket, touched_seq, touched_at, event_id, fires_at) VALUES (?, ?, ?, ?, NULL)
            """,
            [.text("\(ticket)"), .int(event.seq), .int(event.at.rawValue), .text(event.id)])
    }

    /// Another log is another desk: its tickets are others, though their ids may be the same.
    private static func forgetOtherLogs(_ tx: StoreTransaction, _ position: LogPosition) throws {
        try tx.run("DELETE FROM watch")
        try tx.run(
            """
            UPDATE step SET state = 'skipped', outcome = ? WHERE state IN ('waiting', 'sending')
            AND work IN (SELECT id FROM work WHERE is_pending = 1 AND log_id <> ?)
            """, [.text(StepOutcome.skipped(.otherLog).text), .text(position.logID)])
        try tx.run("UPDATE work SET is_pending = 0 WHERE is_pending = 1 AND log_id <> ?", [.text(position.logID)])
    }
}

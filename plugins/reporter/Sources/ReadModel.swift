import OporaPluginKit
import OporaPluginStore

/// The reporter's tables, and how a fact changes them. Every statement is cached and touches single rows.
///
/// A ticket's row holds its present stay: the status and group it has been in since `since`. A stay that ends becomes a row
/// of `past_stay`; the view `stay` has both, the present ones without an end.
struct ReadModel {
    /// Instants are milliseconds since 1970, tickets and groups the number of their id.
    static let migrations = [
        """
        CREATE TABLE ticket(
            id INTEGER PRIMARY KEY, created_at INTEGER NOT NULL, channel TEXT, priority TEXT, group_id INTEGER,
            status TEXT NOT NULL, since INTEGER NOT NULL, first_solved_at INTEGER, last_solved_at INTEGER) STRICT;
        CREATE TABLE past_stay(
            ticket INTEGER NOT NULL, status TEXT NOT NULL, group_id INTEGER, since INTEGER NOT NULL,
            until INTEGER NOT NULL) STRICT;
        CREATE VIEW stay AS
            SELECT ticket, status, group_id, since, until FROM past_stay
            UNION ALL SELECT id, status, group_id, since, 9223372036854775807 FROM ticket;
        CREATE TABLE turn(at INTEGER NOT NULL, kind TEXT NOT NULL) STRICT;
        CREATE TABLE sla(at INTEGER NOT NULL, outcome TEXT NOT NULL, target TEXT NOT NULL, ticket INTEGER NOT NULL) STRICT;
        CREATE TABLE rating(at INTEGER NOT NULL, score INTEGER NOT NULL) STRICT;
        """
    ]

    let store: StoreTransaction

    /// Takes in what happened at `at`.
    func apply(_ fact: Fact, at instant: Timestamp) throws {
        let at = StoreValue.int(instant.rawValue)
        switch fact {
        case .created(let ticket, let opening): try create(ticket, opening, at)
        case .moved(let ticket, let from, let to): try move(ticket, from, to, at)
        case .regrouped(let ticket, let group): try regroup(ticket, group, at)
        case .prioritized(let ticket, let priority):
            try store.run("UPDATE ticket SET priority = ? WHERE id = ?", [.text(priority), .int(ticket.rawValue)])
        case .sla(let outcome, let ticket, let target):
            try store.run(
                "INSERT INTO sla(at, outcome, target, ticket) VALUES (?, ?, ?, ?)",
                [at, .text(outcome.rawValue), .text(target), .int(ticket.rawValue)])
        case .rated(let score): try store.run("INSERT INTO rating(at, score) VALUES (?, ?)", [at, .int(score)])
        case .groupsChanged: break
        }
    }

    /// Forgets everything.
    func empty() throws {
        for table in ["ticket", "past_stay", "turn", "sla", "rating"] { try store.run("DELETE FROM \(table)") }
    }

    private func create(_ ticket: TicketID, _ opening: Fact.Opening, _ at: StoreValue) throws {
        try store.run(
            "INSERT INTO ticket(id, created_at, channel, priority, group_id, status, since) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                .int(ticket.rawValue), at, .optional(opening.channel), .optional(opening.priority),
                .optional(opening.group?.rawValue), .text(opening.status.rawValue), at,
            ])
    }

    private func move(_ ticket: TicketID, _ from: TicketStatus, _ to: TicketStatus, _ at: StoreValue) throws {
        let id = StoreValue.int(ticket.rawValue)
        try endStay(id, at)
        try store.run("UPDATE ticket SET status = ?, since = MAX(since, ?) WHERE id = ?", [.text(to.rawValue), at, id])
        if let turn = Turn(from: from, to: to) {
            try store.run("INSERT INTO turn(at, kind) VALUES (?, ?)", [at, .text(turn.rawValue)])
        }
        if to == .solved {
            try store.run(
                "UPDATE ticket SET first_solved_at = COALESCE(first_solved_at, ?1), last_solved_at = ?1 WHERE id = ?2", [at, id])
        }
    }

    private func regroup(_ ticket: TicketID, _ group: GroupID?, _ at: StoreValue) throws {
        let id = StoreValue.int(ticket.rawValue)
        try endStay(id, at)
        try store.run(
            "UPDATE ticket SET group_id = ?, since = MAX(since, ?) WHERE id = ?", [.optional(group?.rawValue), at, id])
    }

    /// A stay of no length leaves no row: it adds nothing to any time, and no instant lies in it.
    private func endStay(_ id: StoreValue, _ at: StoreValue) throws {
        try store.run(
            """
            INSERT INTO past_stay(ticket, status, group_id, since, until)
            SELECT id, status, group_id, since, ?1 FROM ticket WHERE id = ?2 AND since < ?1
            """, [at, id])
    }
}

/// A change of status that is counted.
enum Turn: String, CaseIterable, Sendable {
    case solved, closed, reopened

    /// Every entry into solved or closed from another status counts as such; leaving both is a reopening.
    init?(from: TicketStatus, to: TicketStatus) {
        switch to {
        case from: return nil
        case .solved: self = .solved
        case .closed: self = .closed
        case .new, .open, .pending, .onHold:
            guard !from.isUnsolved else { return nil }
            self = .reopened
        }
    }
}

import OporaPluginKit
import OporaPluginStore

/// What is read from the collector's file.
extension SurveyStore {
    private static let columns = """
        id, ticket, causation, state, requester, token, asked_at, remind_at, reminded_at, expires_at, answered_at, score,
        comment, tries, problem
        """

    /// The survey of a link.
    func survey(token: String) throws -> Survey? {
        try file.read { tx in try SurveyStore.surveys(tx, "token = ?", [.text(token)]).first }
    }

    /// The latest survey about a ticket.
    func latest(_ ticket: TicketID) throws -> Survey? {
        try file.read { tx in
            try SurveyStore.surveys(tx, "ticket = ? ORDER BY rowid DESC LIMIT 1", [.text("\(ticket)")]).first
        }
    }

    /// Surveys for which something is to be done at or before `now`, longest waiting first.
    func waking(_ now: Timestamp, limit: Int) throws -> [Survey] {
        try file.read { tx in
            try SurveyStore.surveys(
                tx, "wake_at <= ? ORDER BY wake_at, rowid LIMIT ?", [.int(now.rawValue), .int(Int64(limit))])
        }
    }

    /// When something is next to be done.
    func nextWake() throws -> Timestamp? {
        try file.read { tx in
            try tx.rows("SELECT min(wake_at) FROM survey WHERE wake_at IS NOT NULL").first?.optionalInt(0).map { Timestamp($0) }
        }
    }

    /// True where the person was asked since `instant`. What was withdrawn of the same ticket does not count: the
    /// person never had the chance to answer it.
    static func wasAsked(
        _ tx: StoreTransaction, _ requester: String, since instant: Timestamp, for ticket: TicketID
    ) throws -> Bool {
        try !tx.rows(
            """
            SELECT 1 FROM survey WHERE requester = ? AND opened_at > ? AND state NOT IN ('skipped', 'undeliverable', 'failed')
            AND NOT (state = 'withdrawn' AND (ticket = ? OR asked_at IS NULL)) LIMIT 1
            """, [.text(requester), .int(instant.rawValue), .text("\(ticket)")]
        ).isEmpty
    }

    static func surveys(_ tx: StoreTransaction, _ condition: String, _ arguments: [StoreValue]) throws -> [Survey] {
        try tx.rows("SELECT \(columns) FROM survey WHERE \(condition)", arguments).compactMap { row in
            guard let ticket = TicketID(row.text(1)), let state = SurveyState(rawValue: row.text(3)) else { return nil }
            func time(_ column: Int) -> Timestamp? { row.optionalInt(column).map { Timestamp($0) } }
            return Survey(
                id: row.text(0), ticket: ticket, causation: row.text(2), state: state, requester: row.optionalText(4),
                token: row.optionalText(5), askedAt: time(6), remindAt: time(7), remindedAt: time(8), expiresAt: time(9),
                answeredAt: time(10), score: row.optionalInt(11), comment: row.optionalText(12), tries: Int(row.int(13)),
                problem: row.optionalText(14))
        }
    }
}

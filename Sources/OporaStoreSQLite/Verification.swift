import OporaDomain
import OporaProtocol
public import OporaStore
import OporaTime

/// Looks through a desk's whole file without changing it: whether the log is whole, and whether what is kept is what the log says.
///
/// A kernel may run meanwhile: what is looked at is one unchanging view. Takes a few minutes for a million tickets.
public struct Verification: Sendable {
    /// Findings that are kept; more are counted alone.
    public static let findings = 1_000

    public private(set) var tickets: Int64 = 0
    public private(set) var messages: Int64 = 0
    public private(set) var events: Int64 = 0
    /// What is wrong, a sentence each.
    public private(set) var problems: [String] = []
    public private(set) var problemCount: Int64 = 0

    /// - Parameter path: the database file.
    public init(path: String) throws(StoreError) {
        let db = try Connection(path: path, isWriter: false)
        try db.run("BEGIN")
        try checkLog(db)
        try checkTickets(db)
        try checkCounts(db)
        try db.run("COMMIT")
    }

    private mutating func report(_ problem: String) {
        problemCount += 1
        if problems.count < Verification.findings { problems.append(problem) }
    }

    /// Positions without a hole, each event naming the one of its stream before it, and the ends that the head says.
    private mutating func checkLog(_ db: Connection) throws(StoreError) {
        let head = try LogHeadRow.read(db)
        var expected = head.firstSeq
        var last: [EventStream: Int64] = [:]
        let rows = try db.statement("SELECT seq, prev, type FROM event WHERE seq >= ?1 ORDER BY seq").bind(head.firstSeq)
        defer { rows.reset() }
        while try rows.next() {
            let (seq, prev) = (rows.int(0), rows.int(1))
            let stream = try rows.eventName(2).stream
            if seq != expected { report("the log has a hole: \(expected) is followed by \(seq)") }
            // What was before the first event that is left can't be known.
            let before = last[stream]
            if let before, before != prev { report("event \(seq) says that \(prev) was before it in \(stream), not \(before)") }
            if before == nil, prev >= head.firstSeq {
                report("event \(seq) says that \(prev) was before it in \(stream), which is not there")
            }
            last[stream] = seq
            expected = seq + 1
            events += 1
        }
        if expected != head.seq + 1 { report("the log ends at \(expected - 1), its head says \(head.seq)") }
        for stream in EventStream.allCases {
            let end = head.streams[stream.index]
            guard end >= head.firstSeq || last[stream] != nil else { continue }
            if last[stream] != end { report("\(stream) ends at \(last[stream] ?? 0), its head says \(end)") }
        }
    }

    private mutating func checkTickets(_ db: Connection) throws(StoreError) {
        let first = try LogHeadRow.read(db).firstSeq
        let rows = try db.statement(composed: "SELECT \(TicketRow.columns), due_at, next_at FROM ticket ORDER BY id")
        defer { rows.reset() }
        while try rows.next() {
            let ticket = try TicketRow.read(rows)
            tickets += 1
            let (due, next) = (rows.optionalTime(35), rows.optionalTime(36))
            if !ticket.holdsNoHang { report("\(ticket.id) is \(ticket.statusWord) and nobody will ever look at it") }
            if due != ticket.dueAt {
                report("\(ticket.id) is kept as due at \(due?.text ?? "no time"), not \(ticket.dueAt?.text ?? "no time")")
            }
            if next != ticket.nextInstant {
                report(
                    "\(ticket.id) is looked at next at \(next?.text ?? "no time"), not \(ticket.nextInstant?.text ?? "no time")")
            }
            let links = try LinkRow.find(ticket.id, db).count
            if links != Int(ticket.links) { report("\(ticket.id) has \(links) links, its row says \(ticket.links)") }
            for difference in try fold(ticket.id, from: first, db).differences(from: ticket) {
                report("\(ticket.id): \(difference)")
            }
        }
    }

    private func fold(_ ticket: TicketID, from first: Int64, _ db: Connection) throws(StoreError) -> TicketFold {
        let rows = try db.statement("SELECT type, subject, body FROM event WHERE ticket_id = ?1 AND seq >= ?2 ORDER BY seq")
            .bind(ticket.rawValue).bind(first)
        defer { rows.reset() }
        var fold = TicketFold()
        while try rows.next() {
            let body = try rows.json(2)
            fold.apply(
                try rows.eventName(0).type, subject: rows.text(1), entityVersion: body["entityversion"]?.int ?? 0,
                body["data"] ?? .null, of: ticket)
        }
        return fold
    }

    /// What rows refer to is there.
    private mutating func checkCounts(_ db: Connection) throws(StoreError) {
        messages = try db.statement("SELECT count(*) FROM message").first { $0.int(0) } ?? 0
        let orphans = try db.statement(
            "SELECT id FROM message WHERE ticket_id NOT IN (SELECT id FROM ticket) ORDER BY id LIMIT 1000"
        ).all { $0.int(0) }
        for id in orphans { report("M-\(id) belongs to a ticket that is not there") }
        let strangers = try db.statement(
            "SELECT id FROM ticket WHERE requester_id NOT IN (SELECT id FROM user) ORDER BY id LIMIT 1000"
        ).all { $0.int(0) }
        for id in strangers { report("T-\(id) has a requester who is not there") }
        let loose = try db.statement(
            """
            SELECT from_id, to_id FROM ticket_link
            WHERE from_id NOT IN (SELECT id FROM ticket) OR to_id NOT IN (SELECT id FROM ticket) LIMIT 1000
            """
        ).all { ($0.int(0), $0.int(1)) }
        for (from, to) in loose { report("T-\(from) is tied to T-\(to), and one of them is not there") }
    }
}

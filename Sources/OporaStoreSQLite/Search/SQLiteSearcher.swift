import GRDBSQLite
import Glibc
import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Looks things up: the index for words, the desk beside it for everything else.
final class SQLiteSearcher: Searcher {
    /// What a new message counts more than an old one, and after how long half of that is left.
    private static let freshness = 0.5
    private static let freshMilliseconds = 30.0 * 86_400_000
    /// The score of a ticket that was named by its id.
    private static let namedScore = 1_000.0

    private let folder: SearchFolder
    private let desk: String
    private var opened: (number: Int64, db: Connection, words: Words)?

    init(_ folder: SearchFolder, desk: String) {
        self.folder = folder
        self.desk = desk
    }

    /// A document that matches.
    private struct Candidate {
        var ticket: TicketID
        var message: MessageID?
        var score: Double
    }

    func find(_ search: TicketSearch) throws(StoreError) -> SearchPage {
        guard let (db, words) = try connection() else { return SearchPage() }
        try db.statement("BEGIN").run()
        defer { try? db.statement("COMMIT").run() }
        var page = SearchPage()
        page.indexedSeq = try db.statement("SELECT seq FROM place").first { $0.int(0) } ?? 0
        let query = CandidateQuery(search)
        let deadline = Deadline(milliseconds: Limits.searchMilliseconds)
        var expression = MatchExpression(search.query, isRelaxed: false, words)
        var found = try candidates(expression, query, search, deadline, &page, db)
        if found.isEmpty, expression.isConjunction {
            expression = MatchExpression(search.query, isRelaxed: true, words)
            found = try candidates(expression, query, search, deadline, &page, db)
            page.isRelaxed = !found.isEmpty
        }
        if let word = search.query.soleWord, let ticket = try query.ticket(named: word, search.sight, db) {
            found.removeAll { $0.ticket == ticket }
            found.insert(Candidate(ticket: ticket, message: nil, score: Self.namedScore), at: 0)
        }
        var next = search.offset
        while next < found.count, page.hits.count < search.limit {
            if let hit = try hit(found[next], expression, search, db, words) { page.hits.append(hit) }
            next += 1
        }
        page.nextOffset = next < found.count && next < Limits.searchDepth ? next : nil
        return page
    }

    func size() throws(StoreError) -> SearchSize {
        guard let (db, _) = try connection() else { return SearchSize(documents: 0, replaced: 0, bytes: folder.bytes) }
        let all = try db.statement("SELECT coalesce(max(id), 0) FROM doc").first { $0.int(0) } ?? 0
        let found = try db.statement("SELECT count(*) FROM doc WHERE source IS NOT NULL").first { $0.int(0) } ?? 0
        return SearchSize(documents: found, replaced: all - found, bytes: folder.bytes)
    }

    /// The best document of each ticket, best first.
    private func candidates(
        _ expression: MatchExpression, _ query: CandidateQuery, _ search: TicketSearch, _ deadline: Deadline,
        _ page: inout SearchPage, _ db: Connection
    ) throws(StoreError) -> [Candidate] {
        guard let text = expression.text else { return [] }
        var best: [TicketID: Candidate] = [:]
        var count = 0
        deadline.watch(db)
        defer { deadline.unwatch(db) }
        let rows = try query.documents(text, search, db)
        do throws(StoreError) {
            while try rows.next() {
                count += 1
                if count > Limits.searchCandidates { break }
                let candidate = Self.candidate(rows, asOf: search.asOf)
                if best[candidate.ticket].map({ $0.score < candidate.score }) ?? true { best[candidate.ticket] = candidate }
            }
        } catch {
            guard deadline.isOver else { throw error }
        }
        rows.reset()
        page.isComplete = count <= Limits.searchCandidates && !deadline.isOver
        return best.values.sorted { ($0.score, $0.ticket) > ($1.score, $1.ticket) }
    }

    private static func candidate(_ row: Statement, asOf: Timestamp) -> Candidate {
        let source = row.int(1)
        let age = Double(max(0, asOf.rawValue - row.int(2)))
        return Candidate(
            ticket: row.id(0), message: source > 0 ? MessageID(rawValue: source) : nil,
            score: row.double(3) * (1 + freshness * exp2(-age / freshMilliseconds)))
    }

    /// The hit with its texts as they are now; nil where it is in the bin, or may not be read any more.
    private func hit(
        _ candidate: Candidate, _ expression: MatchExpression, _ search: TicketSearch, _ db: Connection, _ words: Words
    ) throws(StoreError) -> SearchHit? {
        let subject = try db.statement("SELECT subject FROM desk.ticket WHERE id = ?1 AND deleted_at IS NULL").bind(
            candidate.ticket.rawValue
        )
        .first { $0.text(0) }
        guard let subject else { return nil }
        var snippet: [SnippetPart] = []
        if let message = candidate.message {
            let text = try db.statement(
                "SELECT text FROM desk.message WHERE id = ?1 AND ticket_id = ?2 AND (?3 OR visibility = 'public')"
            ).bind(message.rawValue).bind(candidate.ticket.rawValue).bind(search.sight.seesInternal ? 1 : 0).first { $0.text(0) }
            guard let text else { return nil }
            snippet = Snippet(text, expression, words).best
        }
        return SearchHit(
            ticket: candidate.ticket, message: candidate.message, score: candidate.score,
            subject: Snippet(subject, expression, words).whole, snippet: snippet)
    }

    /// The connection to the index in use; nil where there is none yet.
    private func connection() throws(StoreError) -> (db: Connection, words: Words)? {
        let number = folder.number
        guard number > 0 else { return nil }
        if let opened, opened.number == number { return (opened.db, opened.words) }
        opened = nil
        let db = try Connection(path: folder.file, use: .reader)
        let api = try FTS5(db.handle)
        try api.register()
        try db.statement(composed: "ATTACH ?1 AS desk").bind(desk).run()
        let words = Words(try Folding(api))
        opened = (number, db, words)
        return (db, words)
    }
}

/// The end of the time that a search has.
private final class Deadline {
    /// Steps of SQLite's machine between two looks at the clock.
    private static let stepsBetweenLooks: Int32 = 5_000

    private let end: ContinuousClock.Instant

    init(milliseconds: Int64) { end = .now + .milliseconds(milliseconds) }

    var isOver: Bool { ContinuousClock.now >= end }

    /// Interrupts what runs on a connection once the time is over.
    func watch(_ db: Connection) {
        sqlite3_progress_handler(
            db.handle, Self.stepsBetweenLooks,
            { deadline in
                guard let deadline else { return 0 }
                return Unmanaged<Deadline>.fromOpaque(deadline).takeUnretainedValue().isOver ? 1 : 0
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    func unwatch(_ db: Connection) { sqlite3_progress_handler(db.handle, 0, nil, nil) }
}

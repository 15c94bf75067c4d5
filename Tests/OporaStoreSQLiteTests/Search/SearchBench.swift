import Foundation
import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime
import Testing

@testable import OporaStoreSQLite

/// A desk in a scratch folder with an index beside it. Keep it alive as long as its parts are in use.
final class SearchBench {
    static let now = Timestamp(1_795_420_800_000)
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../..")
        .standardizedFileURL

    let folder: String
    let store: SQLiteStore
    let search: SQLiteSearch
    let writer: any StoreWriter
    let indexer: any SearchIndexer
    let searcher: any Searcher
    private var place = SearchPlace(logID: "log", epoch: 1, seq: 0)
    private var messages: Int64 = 0

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("search-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        store = try SQLiteStore(path: "\(folder)/opora.db", newLogID: "log")
        search = try SQLiteSearch(folder: "\(folder)/search", desk: "\(folder)/opora.db")
        writer = try store.makeWriter()
        indexer = try search.makeIndexer()
        searcher = try search.makeSearcher()
        try rebuild()
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// An empty index in use.
    func rebuild() throws {
        try indexer.beginAnew()
        try indexer.apply(SearchBatch(place: place))
        try indexer.finishAnew()
    }

    /// Puts a ticket with its messages into the desk and into the index.
    @discardableResult
    func add(
        _ id: Int64, _ subject: String, _ texts: [(String, Visibility)], at: Timestamp = SearchBench.now,
        adjust: (inout Ticket) -> Void = { _ in }
    ) throws -> Ticket {
        var ticket = Ticket(
            id: TicketID(rawValue: id), subject: subject, channel: .email, requester: UserID(rawValue: 1), createdAt: at,
            updatedAt: at)
        adjust(&ticket)
        var commit = Commit()
        commit.tickets = [ticket]
        var batch = SearchBatch(place: place)
        for (text, visibility) in texts {
            messages += 1
            commit.messages.append(
                Message(
                    id: MessageID(rawValue: messages), ticket: ticket.id, author: nil, authorKind: .requester,
                    visibility: visibility,
                    channel: .email, createdAt: at, text: text))
            batch.documents.append(
                SearchDocument(
                    ticket: ticket.id, message: MessageID(rawValue: messages), visibility: visibility, createdAt: at,
                    subject: subject, text: text))
        }
        try writer.begin()
        try writer.apply(commit)
        try writer.commit()
        place.seq += 1
        batch.place = place
        try indexer.apply(batch)
        return ticket
    }

    func find(
        _ query: String, sight: Sight = .all, offset: Int = 0, limit: Int = 10, adjust: (inout SearchQuery) -> Void = { _ in }
    ) throws -> SearchPage {
        var query = try SearchQuery(parsing: query)
        adjust(&query)
        return try searcher.find(TicketSearch(query, sight: sight, asOf: Self.now, offset: offset, limit: limit))
    }

    /// The numbers of the tickets that are found, best first.
    func ids(_ query: String, sight: Sight = .all, limit: Int = 10) throws -> [Int64] {
        try find(query, sight: sight, limit: limit).hits.map(\.ticket.rawValue)
    }

    /// A desk with the corpus of `Tests/Search/corpus.tsv`.
    static func withCorpus() throws -> SearchBench {
        let bench = try SearchBench()
        for row in try rows("corpus.tsv") {
            let id = try #require(Int64(row[0]))
            try bench.add(id, row[1], [(row[2], .public)], at: now - id * 3_600_000)
        }
        return bench
    }

    /// The rows of a table in `Tests/Search` that are no comments.
    static func rows(_ name: String) throws -> [[String]] {
        try String(contentsOf: root.appendingPathComponent("Tests/Search/\(name)"), encoding: .utf8)
            .split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    }
}

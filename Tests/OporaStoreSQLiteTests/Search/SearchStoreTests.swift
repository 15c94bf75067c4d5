import Foundation
import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime
import Testing

@testable import OporaStoreSQLite

@Suite("The search index in SQLite")
struct SearchStoreTests {
    @Test(
        "What may not be seen is not found",
        arguments: [
            (Sight.all, [1, 2, 3]), (Sight(limits: [], seesInternal: false), [1, 3]),
            (Sight(limits: [.nothing], seesInternal: true), []),
            (Sight(limits: [.requester(UserID(rawValue: 1))], seesInternal: false), [1]),
            (Sight(limits: [.requester(UserID(rawValue: 2))], seesInternal: false), []),
            (Sight(limits: [.organization(OrganizationID(rawValue: 1), UserID(rawValue: 9))], seesInternal: true), [2]),
            (Sight(limits: [.groups([GroupID(rawValue: 5)], UserID(rawValue: 9))], seesInternal: true), [1, 2]),
            (Sight(limits: [.groups([], UserID(rawValue: 3))], seesInternal: true), [1, 3]),
        ] as [(Sight, [Int64])])
    func sight(sight: Sight, expected: [Int64]) throws {
        let bench = try SearchBench()
        try bench.add(1, "One", [("secretword for all", .public)])
        try bench.add(2, "Two", [("hello", .public), ("secretword between us", .internal)]) {
            $0.requester = UserID(rawValue: 2)
            $0.organization = OrganizationID(rawValue: 1)
            $0.group = GroupID(rawValue: 5)
        }
        try bench.add(3, "Three", [("secretword", .public)]) {
            $0.requester = UserID(rawValue: 3)
            $0.group = GroupID(rawValue: 6)
        }
        #expect(try Set(bench.ids("secretword", sight: sight)) == Set(expected))
        // Named by its id it is no more to be seen.
        #expect(try bench.ids("T-3", sight: sight) == (sight == .all || sight.limits.isEmpty || expected.contains(3) ? [3] : []))
    }

    @Test("A document that is taken in again takes the place of the old one, in whatever order")
    func replaced() throws {
        let bench = try SearchBench()
        try bench.add(1, "Before", [("alpha", .public)])
        var batch = SearchBatch(place: SearchPlace(logID: "log", epoch: 1, seq: 9))
        let document = SearchDocument(
            ticket: TicketID(rawValue: 1), message: MessageID(rawValue: 1), visibility: .public, createdAt: SearchBench.now,
            subject: "After", text: "beta")
        batch.documents = [document, document]
        try bench.indexer.apply(batch)
        #expect(try bench.ids("alpha") == [] && bench.ids("before") == [])
        #expect(try bench.ids("after beta") == [1])
        let size = try bench.searcher.size()
        #expect(size.documents == 1 && size.replaced == 2)
        try bench.rebuild()
        #expect(try bench.ids("beta") == [] && bench.searcher.size().replaced == 0)
    }

    @Test("Tickets in the bin are not found")
    func bin() throws {
        let bench = try SearchBench()
        try bench.add(1, "Garbage", [("garbage", .public)]) { $0.deletedAt = SearchBench.now }
        try bench.add(2, "Garbage", [("garbage", .public)])
        #expect(try bench.ids("garbage") == [2])
        #expect(try bench.ids("T-1") == [])
    }

    @Test("An index that is damaged, of another version or gone has no place; making it anew helps")
    func damaged() throws {
        for damage in ["PRAGMA user_version = 99", "DROP TABLE place"] {
            let bench = try SearchBench()
            try bench.add(1, "One", [("text", .public)])
            let file = "\(bench.folder)/search/index-1.sqlite"
            #expect(try bench.indexer.place()?.seq == 1)
            try Connection(path: file, use: .index).run(damage)
            #expect(try bench.search.makeIndexer().place() == nil)
            let indexer = try bench.search.makeIndexer()
            try indexer.beginAnew()
            try indexer.apply(SearchBatch(place: SearchPlace(logID: "log", epoch: 1, seq: 5)))
            try indexer.finishAnew()
            #expect(try indexer.place()?.seq == 5 && bench.ids("text") == [])
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: "\(bench.folder)/search").filter { $0.hasPrefix("index-1") }
                    .isEmpty)
        }
        let bench = try SearchBench()
        try Data(repeating: 7, count: 100_000).write(to: URL(fileURLWithPath: "\(bench.folder)/search/index-2.sqlite"))
        #expect(try SQLiteSearch(folder: "\(bench.folder)/search", desk: "\(bench.folder)/opora.db").makeIndexer().place() == nil)
    }

    @Test("What was begun anew and not finished leaves the old index in use, and no file")
    func unfinished() throws {
        let bench = try SearchBench()
        try bench.add(1, "One", [("text", .public)])
        do {
            let indexer = try bench.search.makeIndexer()
            try indexer.beginAnew()
            try indexer.apply(SearchBatch(place: SearchPlace(logID: "log", epoch: 1, seq: 5)))
        }
        #expect(try bench.ids("text") == [1])
        #expect(
            try !FileManager.default.contentsOfDirectory(atPath: "\(bench.folder)/search").contains { $0.hasPrefix("unfinished") }
        )
    }

    @Test("More matches than are weighed: the newest are, and the page says so")
    func many() throws {
        let bench = try SearchBench()
        var commit = Commit()
        var batch = SearchBatch(place: SearchPlace(logID: "log", epoch: 1, seq: 1))
        for id in 1...Int64(Limits.searchCandidates + 10) {
            let ticket = Ticket(
                id: TicketID(rawValue: id), subject: "Same", channel: .api, requester: UserID(rawValue: 1),
                createdAt: SearchBench.now,
                updatedAt: SearchBench.now)
            commit.tickets.append(ticket)
            batch.documents.append(
                SearchDocument(
                    ticket: ticket.id, message: nil, visibility: .public, createdAt: SearchBench.now, subject: "Same", text: ""))
        }
        try bench.writer.begin()
        try bench.writer.apply(commit)
        try bench.writer.commit()
        try bench.indexer.apply(batch)
        let page = try bench.find("same", limit: 200)
        #expect(page.hits.count == 200 && !page.isComplete && page.nextOffset == 200)
        #expect(page.hits.allSatisfy { $0.ticket.rawValue > 10 })
        #expect(try bench.find("same", offset: 900, limit: 200).nextOffset == nil)
    }

    @Test("Whatever is typed, SQLite never complains")
    func fuzz() throws {
        let bench = try SearchBench.withCorpus()
        var generator = Generator(state: 20_261_122)
        let pieces = [
            "принтер", "printer", "\"", "\"a b\"", "*", "-", "(", ")", "AND", "OR", "NOT", "NEAR(", "^", ":", "{subject}",
            "subject:",
            "text:", "status:", "status:open", "+", "'", "''", ";", "--", "\0", "\u{1}", "\u{feff}", "é", "й", "и\u{306}", "ё",
            "日本", "👩‍👩‍👧",
            "T-1", "a.b@c.d", "\\", "%", "_", "x*", "xyz*", "«", "»", "\n", "\t", "\u{202e}", "0x80", "1e9", "word MATCH 'x'",
            "ORA-", "....",
        ]
        for _ in 0..<3_000 {
            var text = ""
            for _ in 0..<Int(generator.next() % 9) {
                text += pieces[Int(generator.next() % UInt64(pieces.count))]
                if generator.next() % 2 == 0 { text += " " }
            }
            do {
                for hit in try bench.find(text).hits { #expect(hit.subject.contains { !$0.text.isEmpty }) }
            } catch is Rejection {} catch { Issue.record("\(text.debugDescription): \(error)") }
        }
    }

    /// The same numbers in each run.
    private struct Generator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
    }
}

import Foundation
import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime
import Testing

@testable import OporaStoreSQLite

@Suite("Looking through a file")
struct VerificationTests {
    private let now = Timestamp(1_795_420_800_000)

    /// A file with one ticket and its events.
    private func withDesk(_ work: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("verify-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = "\(folder)/opora.db"
        let writer = try SQLiteStore(path: path, newLogID: "log").makeWriter()
        var commit = Commit()
        commit.users = [User(id: UserID(rawValue: 1), name: "x", createdAt: now, updatedAt: now)]
        var ticket = Ticket(
            id: TicketID(rawValue: 1), subject: "x", channel: .api, requester: UserID(rawValue: 1), createdAt: now, updatedAt: now
        )
        var facts = ticket.create(opening: nil, SLABook())
        facts += ticket.setPriority(.high, at: now, SLABook())
        facts += try ticket.setTags(["a"], at: now, SLABook())
        ticket.keepWatch(DeskSettings())
        commit.tickets = [ticket]
        for (index, fact) in facts.enumerated() {
            let body: JSON = ["entityversion": .int(fact.entityVersion), "data": fact.data]
            commit.events.append(
                EventRecord(
                    seq: Int64(index + 1), prev: Int64(index), name: fact.name, subject: fact.subject, ticket: fact.ticket,
                    recordedMicroseconds: now.rawValue * 1000, body: body.bytes))
        }
        try writer.begin()
        try writer.apply(commit)
        try writer.commit()
        try work(path)
    }

    @Test("Nothing is wrong with a file that a kernel wrote")
    func sound() throws {
        try withDesk { path in
            let found = try Verification(path: path)
            #expect(found.problems == [] && found.tickets == 1 && found.events == 3)
        }
    }

    @Test(
        "What somebody else changed is found",
        arguments: [
            ("UPDATE ticket SET priority = 'low'", "T-1: priority is \"low\", the log says \"high\""),
            ("UPDATE ticket SET tags = NULL", "T-1: tags is [], the log says [\"a\"]"),
            ("UPDATE ticket SET next_at = NULL", "T-1 is looked at next at no time"),
            ("UPDATE ticket SET watch_at = NULL, next_at = NULL", "T-1 is new and nobody will ever look at it"),
            ("UPDATE ticket SET links = 2", "T-1 has 0 links, its row says 2"),
            ("UPDATE ticket SET requester_id = 7", "T-1 has a requester who is not there"),
            ("DELETE FROM event WHERE seq = 2", "the log has a hole: 2 is followed by 3"),
            ("DELETE FROM event WHERE seq = 3", "the log ends at 2, its head says 3"),
            ("UPDATE event SET prev = 1 WHERE seq = 3", "event 3 says that 1 was before it in ticket, not 2"),
            (
                "INSERT INTO message(id, ticket_id, author_kind, visibility, channel, created_at, text) VALUES (5, 9, 'bot', 'public', 'api', 0, 'x')",
                "M-5 belongs to a ticket that is not there"
            ),
            ("INSERT INTO ticket_link VALUES (8, 'blocks', 9, 0)", "T-8 is tied to T-9"),
        ] as [(String, String)])
    func tampered(sql: String, finding: String) throws {
        try withDesk { path in
            try Connection(path: path, isWriter: true).run(sql)
            let problems = try Verification(path: path).problems
            #expect(problems.contains { $0.hasPrefix(finding) }, "\(problems)")
        }
    }
}

import Foundation
import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime
import Testing

@testable import OporaStoreSQLite

@Suite("The SQLite store")
struct StoreTests {
    /// Runs a test on a store in a folder of its own.
    private func withStore(_ body: (SQLiteStore, String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("opora.db").path
        try body(try SQLiteStore(path: path, newLogID: "log"), path)
    }

    private static func fullTicket(_ id: Int64) -> Ticket {
        let at = Timestamp(1_795_420_800_000)
        let target = SLATarget(
            kind: .resolution, cycle: 2, policy: PolicyID(rawValue: 3), policyVersion: 4, calendar: CalendarID(rawValue: 5),
            calendarVersion: 6, startedAt: at, budget: 7, state: .paused, dueAt: nil, dueRevision: 2,
            warnings: [.init(.percent(75), at: at + 5), .init(.before(3), at: at + 6)], given: [.percent(50), .before(6)],
            pauses: [.init(from: at + 1, to: at + 2), .init(from: at + 3, to: nil)], endedAt: at + 9, breachedAt: at + 8,
            cause: .calendarChanged)
        return Ticket(
            id: TicketID(rawValue: id), version: 3, subject: "Тема \"x\"\u{0}y", status: .onHold, statusReason: "vendor",
            wakeAt: at + 50,
            priority: .urgent, type: .incident, channel: .phone, requester: UserID(rawValue: 2),
            organization: OrganizationID(rawValue: 3), group: GroupID(rawValue: 4), assignee: UserID(rawValue: 5),
            fields: JSONObject([("a", "b"), ("n", 1.5), ("t", true)]), externalID: "INC1", createdAt: at, updatedAt: at + 1,
            solvedAt: at + 2, closedAt: at + 3, importedAt: at + 4, targets: [target],
            exchange: Exchange(answeredAt: at, waitingSince: at + 1, enteredAt: at + 2))
    }

    private static func event(_ seq: Int64, _ prev: Int64, _ type: EventType, ticket: Int64? = nil) -> EventRecord {
        EventRecord(
            seq: seq, prev: prev, name: .kernel(type), subject: "ticket/T-\(ticket ?? 0)",
            ticket: ticket.map { TicketID(rawValue: $0) },
            recordedMicroseconds: seq * 1000, body: Array("{\"n\":\(seq)}".utf8))
    }

    @Test("Everything that is written is read back as it was")
    func roundTrip() throws {
        try withStore { store, _ in
            let writer = try store.makeWriter()
            let reader = try store.makeReader()
            let at = Timestamp(1000)
            var commit = Commit()
            commit.tickets = [
                Self.fullTicket(1),
                Ticket(
                    id: TicketID(rawValue: 2), subject: "", channel: .api, requester: UserID(rawValue: 1), createdAt: at,
                    updatedAt: at),
            ]
            commit.users = [
                User(
                    id: UserID(rawValue: 1), name: "N", email: "a@b.c", roles: [.agent, .lead],
                    organization: OrganizationID(rawValue: 1), language: "ru", zone: "UTC", identity: "i", externalID: "e",
                    isActive: false, createdAt: at, updatedAt: at)
            ]
            commit.groups = [
                Group(
                    id: GroupID(rawValue: 1), name: "G", lead: UserID(rawValue: 1), members: [UserID(rawValue: 1)],
                    externalID: "g", createdAt: at, updatedAt: at)
            ]
            commit.organizations = [
                Organization(id: OrganizationID(rawValue: 1), name: "O", externalID: "o", createdAt: at, updatedAt: at)
            ]
            commit.messages = [
                Message(
                    id: MessageID(rawValue: 1), ticket: TicketID(rawValue: 1), author: nil, authorKind: .bot,
                    visibility: .internal, channel: .chat, createdAt: at, text: "текст\n\u{0}")
            ]
            commit.feedback = [
                Feedback(
                    id: FeedbackID(rawValue: 1), ticket: TicketID(rawValue: 1), user: nil, kind: .nps, score: 0, comment: nil,
                    createdAt: at)
            ]
            try writer.begin()
            try writer.apply(commit)
            #expect(try writer.ticket(TicketID(rawValue: 1)) == commit.tickets[0])
            try writer.commit()
            for ticket in commit.tickets { #expect(try reader.ticket(ticket.id) == ticket) }
            #expect(try reader.user(UserID(rawValue: 1)) == commit.users[0])
            #expect(try writer.user(by: .email, "A@B.C") == commit.users[0])
            #expect(try writer.user(by: .identity, "i") == commit.users[0])
            #expect(try writer.group(by: .name, "G") == commit.groups[0])
            #expect(try reader.organization(OrganizationID(rawValue: 1)) == commit.organizations[0])
            #expect(try reader.message(MessageID(rawValue: 1)) == commit.messages[0])
            #expect(try reader.feedback(FeedbackID(rawValue: 1)) == commit.feedback[0])
            #expect(try writer.highestIDs().ticket == 2)
            #expect(try writer.ticketsDue(by: Timestamp(1_795_420_800_050), limit: 9) == [TicketID(rawValue: 1)])
        }
    }

    @Test("What was rolled back is gone, log and heads included")
    func rollback() throws {
        try withStore { store, _ in
            let writer = try store.makeWriter()
            var first = Commit()
            first.events = [Self.event(1, 0, .userCreated), Self.event(2, 0, .ticketCreated, ticket: 1)]
            try writer.begin()
            try writer.apply(first)
            try writer.commit()
            var second = Commit()
            second.events = [Self.event(3, 2, .ticketAssigned, ticket: 1)]
            try writer.begin()
            try writer.apply(second)
            writer.rollback()
            #expect(try writer.logHead().seq == 2)
            try writer.begin()
            try writer.apply(second)
            try writer.commit()
            let head = try writer.logHead()
            #expect(head.seq == 3 && head.streams[EventStream.ticket.index] == 3 && head.streams[EventStream.user.index] == 1)
        }
    }

    @Test("Events are read by stream, type and subject, page by page")
    func events() throws {
        try withStore { store, _ in
            let writer = try store.makeWriter()
            var commit = Commit()
            for seq in Int64(1)...100 {
                commit.events.append(Self.event(seq, max(0, seq - 2), seq % 2 == 0 ? .ticketAssigned : .slaMet, ticket: seq % 10))
            }
            try writer.begin()
            try writer.apply(commit)
            try writer.commit()
            let reader = try store.makeReader()
            var query = EventQuery()
            query.streams = [.sla]
            query.limit = 30
            let first = try reader.events(query)
            #expect(first.events.map(\.seq) == Array(stride(from: 1, through: 59, by: 2)))
            query.after = first.reached
            let second = try reader.events(query)
            #expect(second.events.count == 20 && second.reached == 100)
            var history = EventQuery()
            history.subject = "ticket/T-4"
            #expect(try reader.events(history).events.map(\.seq) == Array(stride(from: 4, through: 94, by: 10)))
            var small = EventQuery()
            small.bytes = 20
            #expect(try reader.events(small).events.count == 2)
        }
    }

    @Test("The writer's connection makes commits durable: synchronous is FULL in a WAL file")
    func durable() throws {
        try withStore { store, path in
            let writer = try #require(try store.makeWriter() as? SQLiteWriter)
            #expect(try writer.setting("synchronous") == "2")
            #expect(try writer.setting("journal_mode") == "wal")
            try writer.begin()
            try writer.commit()
            #expect(FileManager.default.fileExists(atPath: "\(path)-wal"))
        }
    }

    @Test("A damaged file is refused and left as it is", arguments: ["garbage", "truncated", "hole"])
    func damaged(how: String) throws {
        try withStore { store, path in
            let writer = try store.makeWriter()
            for seq in Int64(1)...300 {
                var commit = Commit()
                // The hole is where the log's numbers jump.
                let number = how == "hole" && seq > 250 ? seq + 1 : seq
                commit.events = [Self.event(number, number - 1, .ticketCreated, ticket: seq)]
                commit.messages = [
                    Message(
                        id: MessageID(rawValue: seq), ticket: TicketID(rawValue: seq), author: nil, authorKind: .bot,
                        visibility: .public, channel: .api, createdAt: Timestamp(0), text: String(repeating: "x", count: 500))
                ]
                try writer.begin()
                try writer.apply(commit)
                try writer.commit()
            }
            let copy = "\(path).copy"
            var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            let wal = try Data(contentsOf: URL(fileURLWithPath: "\(path)-wal"))
            switch how {
            case "garbage": bytes = Array(repeating: 0x41, count: 8192)
            case "truncated": bytes = Array(bytes[..<(min(bytes.count, 4096) / 2)])
            default: try wal.write(to: URL(fileURLWithPath: "\(copy)-wal"))
            }
            try Data(bytes).write(to: URL(fileURLWithPath: copy))
            if how == "truncated", bytes.isEmpty { return }
            #expect {
                _ = try SQLiteStore(path: copy, newLogID: "other")
            } throws: { error in
                if case .corrupt = error as? StoreError { true } else { false }
            }
        }
    }
}

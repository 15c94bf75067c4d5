import Foundation
import OporaProtocol
import OporaStore
import OporaTime
import Testing

@testable import OporaStoreSQLite

@Suite("Consumers and the ends of the log in the SQLite store")
struct ConsumerStoreTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.appendingPathComponent("opora.db").path)
    }

    private static func event(_ seq: Int64) -> EventRecord {
        EventRecord(
            seq: seq, prev: seq - 1, name: .kernel(.userCreated), subject: "user/U-\(seq)",
            recordedMicroseconds: seq * 60_000_000,
            body: Array("{\"n\":\(seq)}".utf8))
    }

    private func write(_ writer: any StoreWriter, _ change: (inout Commit) -> Void) throws {
        var commit = Commit()
        change(&commit)
        try writer.begin()
        try writer.apply(commit)
        try writer.commit()
    }

    @Test("A database of the first version opens, and what is in it is read as it was meant")
    func migration() throws {
        try withFolder { path in
            #expect(FileManager.default.createFile(atPath: path, contents: nil))
            do {
                let old = try Connection(path: path, isWriter: true)
                try old.run("PRAGMA journal_mode = WAL")
                for sql in FirstSchema.sql { try old.run(sql) }
                try old.run("CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
                for name in FirstSchema.names { try old.run("INSERT INTO grdb_migrations VALUES ('\(name)')") }
                try old.run("INSERT INTO log(only, log_id, epoch, seq, heads) VALUES (1, 'old', 3, 2, '{\"user\": 2}')")
                for seq in 1...2 {
                    try old.run(
                        "INSERT INTO event(seq, prev, type, subject, recorded, body) VALUES (\(seq), \(seq - 1), 'user.created', 'user/U-\(seq)', \(seq), x'7b7d')"
                    )
                }
                try old.run("INSERT INTO consumer(name, owner, streams, acked_seq) VALUES ('c', 'o', 'user,sla', 1)")
            }
            let store = try SQLiteStore(path: path, newLogID: "new")
            let writer = try store.makeWriter()
            let head = try writer.logHead()
            #expect(head.logID == "old" && head.epoch == 3 && head.seq == 2 && head.firstSeq == 1)
            #expect(
                try writer.consumers() == [ConsumerRecord(name: "c", owner: "o", streams: [.user, .sla], ackedSeq: 1)])
            #expect(try store.makeReader().events(EventQuery()).events.map(\.seq) == [1, 2])
            // And once more, now that it is of this version.
            #expect(try SQLiteStore(path: path, newLogID: "new").makeWriter().logHead() == head)
        }
    }

    @Test("Consumers and what they set aside are read back as they were, and go together")
    func roundTrip() throws {
        try withFolder { path in
            let store = try SQLiteStore(path: path, newLogID: "log")
            let writer = try store.makeWriter()
            var record = ConsumerRecord(
                name: "c", owner: "o", streams: [.user], types: [.kernel(.userCreated), .plugin("x.a.b")], ackedSeq: 7,
                maxDeliver: 3)
            record.state = .paused
            record.warnedPercent = 80
            var parked = (1...4).map {
                ParkedEvent(consumer: "c", seq: $0, reason: "so \"\($0)\"", deliveries: 5, parkedAt: Timestamp($0))
            }
            parked[2].isRetried = true
            try write(writer) {
                $0.consumers = [record]
                $0.parked = parked
            }
            record.parked = 4
            record.retrying = 1
            #expect(try writer.consumers() == [record])
            let reader = try store.makeReader()
            #expect(try reader.parked(ParkedQuery(consumer: "c", limit: 9)) == parked)
            #expect(try reader.parked(ParkedQuery(consumer: "c", after: 1, limit: 2)).map(\.seq) == [2, 3])
            #expect(try reader.parked(ParkedQuery(consumer: "c", before: 3, limit: 9)).map(\.seq) == [1, 2])
            #expect(try writer.parked(ParkedQuery(consumer: "c", isRetried: true, limit: 9)).map(\.seq) == [3])
            #expect(try reader.parked(ParkedQuery(consumer: "d", limit: 9)) == [])
            try write(writer) { $0.unparked = [parked[0]] }
            #expect(try writer.consumers().first?.parked == 3)
            try write(writer) { $0.deletedConsumers = ["c"] }
            #expect(try writer.consumers() == [] && reader.parked(ParkedQuery(consumer: "c", limit: 9)) == [])
        }
    }

    @Test(
        "The place before an instant is found by halving",
        arguments: [(0, 0), (60_000, 0), (60_001, 1), (120_000, 1), (6_000_000, 99), (6_000_001, 100), (9_000_000, 100)]
            as [(Int64, Int64)])
    func instants(at: Int64, seq: Int64) throws {
        try withFolder { path in
            let writer = try SQLiteStore(path: path, newLogID: "log").makeWriter()
            try write(writer) { $0.events = (1...100).map { Self.event($0) } }
            #expect(try writer.lastSeq(before: Timestamp(at), in: 1...100) == seq)
            #expect(try writer.lastSeq(before: Timestamp(at), in: 40...60) == min(max(seq, 39), 60))
        }
    }

    @Test("A log that was cut opens, swept or not; one whose beginning is missing does not")
    func cut() throws {
        try withFolder { path in
            let writer = try SQLiteStore(path: path, newLogID: "log").makeWriter()
            try write(writer) { $0.events = (1...100).map { Self.event($0) } }
            try write(writer) { $0.firstSeq = 61 }
            #expect(try SQLiteStore(path: path, newLogID: "log").makeWriter().logHead().firstSeq == 61)
            try writer.begin()
            #expect(
                try [writer.sweepEvents(limit: 50), writer.sweepEvents(limit: 50), writer.sweepEvents(limit: 50)] == [50, 10, 0])
            try writer.commit()
            #expect(try writer.event(60) == nil && writer.event(61)?.seq == 61)
            #expect(try SQLiteStore(path: path, newLogID: "log").makeWriter().logHead().seq == 100)
            try Connection(path: path, isWriter: true).run("DELETE FROM event WHERE seq = 61")
            #expect(throws: StoreError.corrupt("the log begins at 62, not at 61")) {
                _ = try SQLiteStore(path: path, newLogID: "log")
            }
        }
    }

    @Test("A copy is made while the desk is written to, and is given up when asked")
    func snapshot() throws {
        try withFolder { path in
            let store = try SQLiteStore(path: path, newLogID: "log")
            let writer = try store.makeWriter()
            try write(writer) { $0.events = (1...20_000).map { Self.event($0) } }
            let reader = try store.makeReader()
            try writer.begin()
            var open = Commit()
            open.events = [Self.event(20_001)]
            try writer.apply(open)
            let copy = try reader.snapshot { false }
            try writer.commit()
            #expect(copy.hasSuffix("/snapshots/opora-1-20000.db"))
            #expect(
                try SQLiteStore(path: copy, newLogID: "x").makeReader().events(EventQuery()).events.count == Limits.readEvents)
            #expect(throws: StoreError.self) { _ = try reader.snapshot { true } }
            let left = try FileManager.default.contentsOfDirectory(
                atPath: URL(fileURLWithPath: copy).deletingLastPathComponent().path)
            #expect(left.filter { $0.hasPrefix("unfinished") } == [])
        }
    }
}

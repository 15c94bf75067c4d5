import Foundation
import OporaKernel
import OporaProtocol
import OporaStore
import OporaStoreSQLite
import Testing

@Suite("Taking old events out of the log", .timeLimit(.minutes(1)))
struct TruncationTests {
    @Test("Events below the cut are gone for every reader, and a restart keeps it")
    func cut() throws {
        let bench = try KernelBench()
        try bench.furnish()
        try bench.call("ticket.create", ["subject": "s", "requester": "U-2"])
        let history = try bench.call("ticket.history", ["ticket": "T-1"])["items"]?.array?.compactMap { $0["seq"]?.int } ?? []
        #expect(history.count == 2)
        let cut = history[1]
        let answer = try bench.call("log.truncate", ["before_seq": .int(cut), "snapshot": false])
        #expect(answer["first_seq"] == .int(cut) && answer["snapshot"] == nil)
        try checkCut(bench, cut)
        bench.kernel.stop()
        let again = try KernelBench(folder: bench.folder)
        try checkCut(again, cut)
        again.kernel.stop()
    }

    private func checkCut(_ bench: KernelBench, _ cut: Int64) throws {
        let refusal = try bench.answer("events.read", ["after_seq": .int(cut - 2)])["error"]
        #expect(refusal?["code"] == 1010 && refusal?["data"]?["first_seq"] == .int(cut))
        #expect(Reader.seqs(try bench.call("events.read", ["after_seq": .int(cut - 1)])).first == cut)
        #expect(try bench.call("ticket.history", ["ticket": "T-1"])["items"]?.array?.map { $0["seq"] ?? .null } == [.int(cut)])
        #expect(try bench.call("kernel.health")["first_seq"] == .int(cut))
        #expect(try bench.ensure("from-beginning")["consumer"]?["acked_seq"] == .int(cut - 1))
        #expect(try bench.refusal("consumer.ensure", ["name": "n", "start": ["after_seq": .int(cut - 2)]]) == "log_truncated")
    }

    @Test("The room is freed in slices, after the answer, and numbers go on")
    func slices() throws {
        let bench = try KernelBench()
        let reader = try SQLiteStore(path: "\(bench.folder)/opora.db", newLogID: "log").makeReader()
        try bench.fill(5000)
        let cut = try bench.call("log.truncate", ["before_seq": 4900, "snapshot": false])
        #expect(cut["first_seq"] == 4900 && cut["_meta"]?["seq"] == 5001)
        let fact = try bench.call("events.read", ["after_seq": 5000])["events"]?.array?.first?["event"]
        #expect(fact?["type"] == "opora.system.log_truncated.v1" && fact?["subject"] == "kernel/log")
        #expect(fact?["data"] == ["first_seq": 4900, "snapshot": .null])
        try bench.until { try reader.event(4899) == nil }
        #expect(try reader.event(1) == nil && reader.event(4900)?.seq == 4900)
        bench.kernel.stop()
        let again = try KernelBench(folder: bench.folder)
        defer { _ = bench.folder }
        try again.fill(1)
        #expect(try again.call("kernel.health")["head_seq"] == 5002)
        again.kernel.stop()
    }

    @Test("A copy of the whole desk is written first, and opens by itself")
    func snapshot() throws {
        let bench = try KernelBench()
        try bench.furnish()
        try bench.fill(20)
        let head = try bench.call("kernel.health")["head_seq"]?.int ?? 0
        let key: JSON = ["before_seq": 10, "_meta": ["idempotency_key": "k"]]
        let answer = try bench.call("log.truncate", key)
        let path = try #require(answer["snapshot"]?.string)
        #expect(path.hasPrefix("/") && path.hasSuffix("/snapshots/opora-1-\(head).db"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(bench.folder)/snapshots") == ["opora-1-\(head).db"])
        #expect(try bench.facts("system.log_truncated", after: 9) == [["first_seq": 10, "snapshot": .string(path)]])
        // The same command again is answered as it was, without another copy.
        #expect(try bench.call("log.truncate", key)["snapshot"] == .string(path))
        #expect(try bench.call("log.truncate", ["before_seq": 5])["first_seq"] == 10)
        let copy = try SQLiteStore(path: path, newLogID: "other").makeReader()
        let view = try copy.beginView()
        #expect(view.seq == head && view.firstSeq == 1 && view.logID == "log")
        copy.endView()
        #expect(try copy.event(1) != nil)
        bench.kernel.stop()
    }

    @Test("A live consumer holds its events back by name; a lost one does not")
    func heldBack() throws {
        let bench = try KernelBench { $0.consumerLag = 30 }
        _ = try bench.ensure("slow")
        _ = try bench.ensure("picky", ["streams": ["feedback"]])
        try bench.fill(20)
        let (slow, picky) = (Reader(bench, "slow"), Reader(bench, "picky"))
        _ = try slow.fetch()
        _ = try picky.fetch()
        let refusal = try bench.answer("log.truncate", ["before_seq": 10])["error"]
        #expect(refusal?["code"] == 1004 && refusal?["data"]?["consumer"] == "slow" && refusal?["data"]?["acked_seq"] == 0)
        try bench.call("consumer.park", ["name": "slow", "seq": 4, "reason": "", "lease_token": slow.token])
        try slow.ack(9)
        // What it has set aside it still needs.
        #expect(try bench.refusal("log.truncate", ["before_seq": 10]) == "validation_failed")
        try bench.call("consumer.parked_drop", ["name": "slow"])
        #expect(try bench.call("log.truncate", ["before_seq": 10, "snapshot": false])["first_seq"] == 10)
        // It has nothing to read before the cut: it stands behind it, and knows that after a restart.
        #expect(try picky.info["acked_seq"]?.int ?? 0 >= 9)
        for _ in 0..<4 {
            try bench.fill(10)
            _ = try picky.fetch()
        }
        #expect(try slow.info["state"] == "lost")
        #expect(try bench.call("log.truncate", ["before_seq": 40, "snapshot": false])["first_seq"] == 40)
        bench.kernel.stop()
    }

    @Test("A cut beyond the log or without a number is refused")
    func wrong() throws {
        let bench = try KernelBench()
        try bench.fill(3)
        for params: JSON in [[:], ["before_seq": 5], ["before_seq": -1], ["before_seq": 2, "snapshot": "no"]] {
            #expect(try bench.refusal("log.truncate", params) == "invalid_params", "\(params.text)")
        }
        #expect(try bench.call("log.truncate", ["before_seq": 4, "snapshot": false])["first_seq"] == 4)
        bench.kernel.stop()
        let again = try KernelBench(folder: bench.folder)
        #expect(try again.call("kernel.health")["head_seq"] == 4)
        again.kernel.stop()
    }
}

extension KernelBench {
    /// The data of the events of one type after a position.
    func facts(_ type: String, after seq: Int64) throws -> [JSON] {
        try call("events.read", ["after_seq": .int(seq), "types": [.string(type)], "limit": 500])["events"]?.array?
            .compactMap { $0["event"]?["data"] } ?? []
    }
}

import OporaProtocol
import OporaTime
import Synchronization
import Testing

@testable import OporaKernel

@Suite("The log across restarts")
struct RestartTests {
    @Test("What may not have reached the bus is sent again after a crash, flagged, and only once")
    func republish() throws {
        let bench = try KernelBench()
        defer { _ = bench.folder }
        for number in 1...3 { try bench.call("organization.create", ["name": .string("O\(number)")]) }
        // As after a crash: the next kernel opens the same folder while nothing said goodbye.
        let next = try KernelBench(folder: bench.folder)
        try next.until { next.probe.events.withLock { !$0.isEmpty } }
        next.advance(seconds: 2)
        try next.until { next.probe.events.withLock { $0.contains { $0.topic == "organization.created/O-3" } } }
        let again = next.probe.events.withLock { $0.filter { !$0.topic.hasPrefix("$") } }
        #expect(again.map { $0.header?.seq } == [1, 2, 3])
        #expect(again.allSatisfy { $0.header?.isRepublished == true })
        next.kernel.stop()
        let third = try KernelBench(folder: bench.folder)
        third.advance(seconds: 2)
        try third.until { third.probe.events.withLock { $0.count } >= 1 }
        third.advance(seconds: 2)
        try third.until { third.probe.events.withLock { $0.count } >= 2 }
        #expect(
            third.probe.events.withLock { $0.allSatisfy { $0.topic.hasPrefix("$") } }, "an orderly stop leaves nothing to repeat")
        third.kernel.stop()
    }

    @Test("A new epoch is told on the bus and in the log, and positions of the old one are refused")
    func epoch() throws {
        let bench = try KernelBench { $0.newEpoch = .restored }
        defer { _ = bench.folder }
        try bench.until { bench.probe.events.withLock { $0.contains { $0.topic == "$reset/" } } }
        let reset = bench.probe.events.withLock { $0.first { $0.topic == "$reset/" }?.body }
        #expect(reset?["epoch"] == 2)
        #expect(try bench.refusal("events.read", ["after_seq": 0, "epoch": 1]) == "epoch_mismatch")
        let log = try bench.log()
        #expect(log.first?["event"]?["type"] == "opora.system.epoch_changed.v1")
        #expect(log.first?["event"]?["data"]?["reason"] == "restored")
        bench.kernel.stop()
        #expect(try KernelBench(folder: bench.folder).call("kernel.health")["epoch"] == 2)
    }

    @Test("The last message of an orderly stop is the goodbye, after the last event")
    func bye() throws {
        let bench = try KernelBench()
        for number in 1...50 {
            bench.send(#"{"jsonrpc":"2.0","id":\#(number),"method":"organization.create","params":{"name":"O\#(number)"}}"#)
        }
        bench.kernel.stop()
        let topics = bench.probe.events.withLock { $0.map(\.topic) }
        #expect(topics.last == "$bye/")
        #expect(topics.filter { $0.hasPrefix("organization.created/") }.count == 50)
    }
}

import OporaKernel
import OporaProtocol
import Testing

@Suite("Consumers that fall behind", .timeLimit(.minutes(1)))
struct LagTests {
    private func lagging(_ bench: KernelBench) throws -> [JSON] {
        try bench.facts("system.consumer_lagging").map { $0["percent"] ?? .null }
    }

    @Test("A consumer is told of at 50 and 80 percent, once each, and given up over 100")
    func lost() throws {
        let bench = try KernelBench { $0.consumerLag = 20 }
        _ = try bench.ensure()
        let reader = Reader(bench)
        _ = try reader.fetch()
        try bench.fill(9)
        #expect(try lagging(bench) == [])
        try bench.fill(1)
        #expect(try lagging(bench) == [50])
        try bench.fill(5)
        #expect(try lagging(bench) == [50, 80])
        try bench.fill(3)
        #expect(try reader.info["state"] == "active")
        try bench.fill(1)
        let info = try reader.info
        #expect(info["state"] == "lost")
        let facts = try bench.facts("system.consumer_lost")
        #expect(facts == [["consumer": "c", "lag": 21, "limit": 20]])
        let refusal = try bench.answer("consumer.fetch", ["name": "c", "lease_token": reader.token])["error"]
        #expect(refusal?["code"] == 1010 && refusal?["data"]?["code"] == "log_truncated" && refusal?["data"]?["first_seq"] == 1)
        try bench.fill(30)
        #expect(try bench.facts("system.consumer_lost").count == 1)
        try bench.call("consumer.resume", ["name": "c"])
        #expect(try reader.info["state"] == "lost")
        bench.kernel.stop()
        let again = try KernelBench(folder: bench.folder) { $0.consumerLag = 20 }
        #expect(try Reader(again).info["state"] == "lost")
        // Put back on purpose, however far behind, it is not given up again at once.
        #expect(try again.call("consumer.seek", ["name": "c", "to": ["from": "beginning"]])["consumer"]?["state"] == "active")
        try again.fill(3)
        #expect(Reader.seqs(try Reader(again).fetch(max: 2)) == [1, 2])
        again.kernel.stop()
    }

    @Test("Whoever catches up is told of anew the next time, also after a restart")
    func anew() throws {
        let bench = try KernelBench { $0.consumerLag = 20 }
        _ = try bench.ensure()
        let reader = Reader(bench)
        try bench.fill(12)
        #expect(try lagging(bench) == [50])
        let fetched = try reader.fetch()
        try reader.ack(Reader.seqs(fetched).last ?? 0)
        bench.kernel.stop()
        let again = try KernelBench(folder: bench.folder) { $0.consumerLag = 20 }
        try again.fill(12)
        #expect(try lagging(again) == [50, 50])
        again.kernel.stop()
    }

    @Test("A consumer that begins far behind is not given up for it; one that has begun is")
    func beginsBehind() throws {
        let bench = try KernelBench { $0.consumerLag = 10 }
        try bench.fill(50)
        _ = try bench.ensure("old")
        _ = try bench.ensure("new", ["start": ["from": "now"]])
        try bench.fill(11)
        let states = try bench.call("consumer.list")["items"]?.array?.map { [$0["name"] ?? .null, $0["state"] ?? .null] }
        #expect(states == [["new", "lost"], ["old", "active"]])
        bench.kernel.stop()
    }

    @Test("What a consumer does not want is no lag, once it has looked; its cursor follows by itself")
    func passedOver() throws {
        let bench = try KernelBench { $0.consumerLag = 2000 }
        _ = try bench.ensure("c", ["streams": ["feedback"]])
        let reader = Reader(bench)
        for _ in 0..<3 {
            try bench.fill(900)
            #expect(Reader.seqs(try reader.fetch()).isEmpty)
        }
        #expect(try bench.facts("system.consumer_lost").isEmpty)
        // Now and then the writer keeps how far the consumer was looked through.
        bench.advance(seconds: 10)
        try bench.until { try reader.info["acked_seq"] != 0 }
        bench.kernel.stop()
        let again = try KernelBench(folder: bench.folder)
        #expect(try Reader(again).info["acked_seq"]?.int ?? 0 >= 2700)
        again.kernel.stop()
    }
}

import Dispatch
import Foundation
import OporaTransport
import Synchronization
import Testing

@Suite("The reactor", .timeLimit(.minutes(1)))
struct ReactorTests {
    /// What came in, in order.
    private final class Box: Sendable {
        let messages = Mutex<[Reactor.Inbound]>([])
        func take(_ batch: [Reactor.Inbound]) { messages.withLock { $0 += batch } }

        /// Waits until there are so many.
        func wait(_ count: Int) async throws -> [Reactor.Inbound] {
            while true {
                let all = messages.withLock { $0 }
                if all.count >= count { return all }
                try await Task.sleep(for: .milliseconds(2))
            }
        }
    }

    private func endpoint() -> String {
        "ipc://\(FileManager.default.temporaryDirectory.path)/r\(UInt32.random(in: 0...UInt32.max))"
    }

    @Test("Ten thousand requests through one connection come back in order")
    func echo() async throws {
        let address = endpoint()
        let server = Mutex<Reactor?>(nil)
        let serving = Reactor([SocketSpec(.router, binds: [.init(address)])]) { batch in
            server.withLock { $0 }?.send(batch.map { .init(socket: 0, frames: $0.frames) })
        }
        server.withLock { $0 = serving }
        try serving.start()
        let box = Box()
        let client = Reactor([SocketSpec(.dealer, connects: [.init(address)], highWaterMark: 100_000)]) { box.take($0) }
        try client.start()
        client.send((0..<10_000).map { .init(socket: 0, frames: [[], Array("\($0)".utf8)]) })
        let answers = try await box.wait(10_000)
        #expect(answers.map { String(decoding: $0.frames[1], as: UTF8.self) } == (0..<10_000).map { "\($0)" })
        client.stop()
        serving.stop()
        server.withLock { $0 = nil }
    }

    @Test("A peer is who it proves to be: by uid without a key, by key with one; a stranger gets nowhere")
    func identities() async throws {
        let (plain, curve) = (endpoint(), endpoint())
        let (serverKeys, known, stranger) = (CurveKeys.generate(), CurveKeys.generate(), CurveKeys.generate())
        #expect(CurveKeys.publicKey(ofSecret: known.secretKey) == known.publicKey)
        let own = getuid()
        let box = Box()
        let refused = Mutex(0)
        let authenticator = Authenticator { domain, credentials in
            guard domain == "test" else { return nil }
            switch credentials {
            case .uid(let uid): return uid == own ? "me" : nil
            case .curve(let key) where key == known.publicKey: return "friend"
            case .curve, .unknown:
                refused.withLock { $0 += 1 }
                return nil
            }
        }
        let server = Reactor(
            [
                SocketSpec(
                    .router, binds: [.init(plain), .init(curve, .curveServer(secretKey: serverKeys.secretKey))], zapDomain: "test"
                )
            ],
            authenticator: authenticator
        ) { box.take($0) }
        try server.start()
        func client(_ endpoint: SocketSpec.Endpoint, _ text: String) throws -> Reactor {
            let reactor = Reactor([SocketSpec(.dealer, connects: [endpoint])]) { _ in }
            try reactor.start()
            reactor.send([.init(socket: 0, frames: [[], Array(text.utf8)])])
            return reactor
        }
        let clients = [
            try client(.init(curve, .curveClient(stranger, serverKey: serverKeys.publicKey)), "stranger"),
            try client(.init(plain), "a"), try client(.init(curve, .curveClient(known, serverKey: serverKeys.publicKey)), "b"),
        ]
        while refused.withLock({ $0 }) == 0 { try await Task.sleep(for: .milliseconds(2)) }
        let messages = try await box.wait(2)
        let seen = messages.map { "\(String(decoding: $0.frames[2], as: UTF8.self)) \($0.user ?? "nobody")" }
        #expect(seen.sorted() == ["a me", "b friend"])
        for client in clients { client.stop() }
        server.stop()
    }

    @Test("A subscriber that stalls costs the others nothing, and is counted")
    func stalledSubscriber() async throws {
        let address = endpoint()
        let publisher = Reactor([SocketSpec(.xpub, binds: [.init(address)], highWaterMark: 100)]) { _ in }
        try publisher.start()
        let healthy = Box()
        // The stalled one is held inside its first delivery until the end.
        let release = DispatchSemaphore(value: 0)
        let stalledSocket = Reactor([SocketSpec(.sub, connects: [.init(address)], highWaterMark: 1, subscriptions: [[]])]) { _ in
            release.wait()
            release.signal()
        }
        let healthySocket = Reactor([SocketSpec(.sub, connects: [.init(address)], highWaterMark: 100_000, subscriptions: [[]])]) {
            healthy.take($0)
        }
        try stalledSocket.start()
        try healthySocket.start()
        _ = try await healthy.wait(1)
        let body = [UInt8](repeating: 7, count: 60_000)
        for n in 0..<2000 {
            publisher.send([.init(socket: 0, frames: [Array("e/\(n)".utf8), body])])
            // As fast as the healthy one reads (it has the greeting besides): what is lost is the stalled one's alone.
            _ = try await healthy.wait(n + 2)
        }
        let topics = Set(healthy.messages.withLock { $0.map { String(decoding: $0.frames[0], as: UTF8.self) } })
        #expect((0..<2000).allSatisfy { topics.contains("e/\($0)") })
        #expect(publisher.counters.dropEpisodes > 0)
        release.signal()
        stalledSocket.stop()
        healthySocket.stop()
        publisher.stop()
    }

    @Test("A peer that does not read is given up by bytes, not by messages, and reads what was not thrown away")
    func largeAnswers() async throws {
        let address = endpoint()
        let server = Mutex<Reactor?>(nil)
        let lost = Mutex(0)
        let large = [UInt8](repeating: 7, count: 1_000_000)
        let serving = Reactor(
            [SocketSpec(.router, binds: [.init(address)], highWaterMark: 256)], unreachable: { _ in lost.withLock { $0 += 1 } }
        ) {
            batch in
            for message in batch {
                let isLarge = message.frames[2] == Array("large".utf8)
                server.withLock { $0 }?.send(
                    (0..<(isLarge ? 60 : 1)).map { _ in .init(socket: 0, frames: [message.frames[0], [], isLarge ? large : [1]]) }
                )
            }
        }
        server.withLock { $0 = serving }
        try serving.start()
        // The lazy one is held inside its first delivery until the end.
        let release = DispatchSemaphore(value: 0)
        let answers = Mutex(0)
        let lazy = Reactor([SocketSpec(.dealer, connects: [.init(address)], highWaterMark: 1)]) { batch in
            answers.withLock { $0 += batch.count }
            release.wait()
            release.signal()
        }
        try lazy.start()
        lazy.send([.init(socket: 0, frames: [[], Array("large".utf8)])])
        while lost.withLock({ $0 }) == 0 { try await Task.sleep(for: .milliseconds(2)) }
        #expect(serving.counters.slowPeers == 1)
        let box = Box()
        let other = Reactor([SocketSpec(.dealer, connects: [.init(address)])]) { box.take($0) }
        try other.start()
        other.send([.init(socket: 0, frames: [[], Array("small".utf8)])])
        _ = try await box.wait(1)
        release.signal()
        // What libzmq held and what waited within its bound comes now.
        while answers.withLock({ $0 }) < 16 { try await Task.sleep(for: .milliseconds(2)) }
        for reactor in [lazy, other, serving] { reactor.stop() }
        server.withLock { $0 = nil }
    }

    @Test("A busy or impossible endpoint is an error at the start")
    func busy() throws {
        let reactor = Reactor([SocketSpec(.router, binds: [.init("ipc:///nowhere/at/all/x.sock")])]) { _ in }
        #expect(throws: TransportError.self) { try reactor.start() }
        reactor.stop()
        let first = Reactor([SocketSpec(.router, binds: [.init("tcp://127.0.0.1:*")])]) { _ in }
        try first.start()
        first.stop()
    }
}

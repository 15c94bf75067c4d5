import CZeroMQ
import Foundation
import OporaTransport
import Testing

/// What libzmq 4.3.4 does that the design rests on. A newer one that behaves otherwise fails here, not at a customer's.
@Suite("What libzmq does", .timeLimit(.minutes(1)), .serialized)
struct LibzmqTests {
    /// Longer than any delivery within this process.
    private let never = 300
    private let soon = 10_000

    private func text(_ frames: [(bytes: [UInt8], user: String?)]?) -> [String]? {
        frames.map { $0.map { String(decoding: $0.bytes, as: UTF8.self) } }
    }

    @Test("Without handover the second of two peers with one routing id gets nothing, above all no answer of the first")
    func duplicateRoutingID() throws {
        let (context, endpoint) = (try RawContext(), freshEndpoint())
        let router = try Raw(context, ZMQ_ROUTER)
        router.set(ZMQ_ROUTER_HANDOVER, Int32(0))
        router.set(ZMQ_ROUTER_MANDATORY, Int32(1))
        router.bind(endpoint)
        let first = try Raw(context, ZMQ_DEALER)
        first.set(ZMQ_ROUTING_ID, Array("same".utf8))
        first.connect(endpoint)
        first.send([[], Array("one".utf8)])
        #expect(text(router.receive(milliseconds: soon)) == ["same", "", "one"])
        let second = try Raw(context, ZMQ_DEALER)
        second.set(ZMQ_ROUTING_ID, Array("same".utf8))
        second.connect(endpoint)
        second.send([[], Array("two".utf8)])
        #expect(router.receive(milliseconds: never) == nil)
        router.send([Array("same".utf8), [], Array("answer".utf8)])
        #expect(text(first.receive(milliseconds: soon)) == ["", "answer"])
        #expect(second.receive(milliseconds: never) == nil)
    }

    @Test("Who takes the routing id that libzmq gave to another gets none of its answers")
    func stolenRoutingID() throws {
        let (context, endpoint) = (try RawContext(), freshEndpoint())
        let router = try Raw(context, ZMQ_ROUTER)
        router.set(ZMQ_ROUTER_HANDOVER, Int32(0))
        router.bind(endpoint)
        let victim = try Raw(context, ZMQ_DEALER)
        victim.connect(endpoint)
        victim.send([[], Array("mine".utf8)])
        let id = try #require(router.receive(milliseconds: soon)?.first?.bytes)
        let thief = try Raw(context, ZMQ_DEALER)
        thief.set(ZMQ_ROUTING_ID, id)
        thief.connect(endpoint)
        thief.send([[], Array("hello".utf8)])
        #expect(router.receive(milliseconds: never) == nil)
        router.send([id, [], Array("secret".utf8)])
        #expect(text(victim.receive(milliseconds: soon)) == ["", "secret"])
        #expect(thief.receive(milliseconds: never) == nil)
    }

    @Test("Without a ZAP handler any key gets in, and the stranger's test says so")
    func failsOpen() throws {
        let (address, keys) = (freshEndpoint(), CurveKeys.generate())
        let server = Reactor([
            SocketSpec(.router, binds: [.init(address, .curveServer(secretKey: keys.secretKey))], zapDomain: "open")
        ]) { _ in }
        try server.start()
        defer { server.stop() }
        #expect(try StrangerTest.run([.init(.router, address, serverKey: keys.publicKey)]) == [.admitted])
    }

    @Test("A polled ROUTER tells who sent a message on its last frame, not on the routing id")
    func metadata() throws {
        let (context, endpoint) = (try RawContext(), freshEndpoint())
        let handler = try Raw(context, ZMQ_REP)
        handler.bind("inproc://zeromq.zap.01")
        let router = try Raw(context, ZMQ_ROUTER)
        router.set(ZMQ_ZAP_DOMAIN, Array("who".utf8))
        router.bind(endpoint)
        let peer = try Raw(context, ZMQ_DEALER)
        peer.connect(endpoint)
        peer.send([[], Array("hello".utf8)])
        let question = try #require(handler.receive(milliseconds: soon))
        #expect(text(question)?[2] == "who")
        // For ipc the address tells the uid: `localhost:<uid>:<gid>:<pid>`.
        #expect(text(question)?[3].hasPrefix("localhost:\(getuid()):") == true)
        handler.send([question[0].bytes, question[1].bytes, Array("200".utf8), [], Array("anna".utf8), []])
        let message = try #require(router.receive(milliseconds: soon))
        #expect(message.count == 3)
        #expect(message[0].user == nil)
        #expect(message[2].user == "anna")
    }

    @Test("MAXMSGSIZE counts each frame, and the sender of a larger one learns nothing")
    func frameSize() throws {
        let (context, endpoint) = (try RawContext(), freshEndpoint())
        let router = try Raw(context, ZMQ_ROUTER)
        router.set(ZMQ_MAXMSGSIZE, Int64(1000))
        router.bind(endpoint)
        let peer = try Raw(context, ZMQ_DEALER)
        peer.connect(endpoint)
        // Together far more than the limit.
        peer.send(Array(repeating: [UInt8](repeating: 7, count: 900), count: 500))
        #expect(router.receive(milliseconds: soon)?.count == 501)
        #expect(peer.send([[], [UInt8](repeating: 7, count: 2000)]))
        #expect(router.receive(milliseconds: never) == nil)
    }

    @Test("A second bind to an ipc path succeeds and takes it from the first; so the folder is locked before")
    func stolenPath() throws {
        let (context, endpoint) = (try RawContext(), freshEndpoint())
        let first = try Raw(context, ZMQ_ROUTER)
        first.bind(endpoint)
        let second = try Raw(context, ZMQ_ROUTER)
        second.bind(endpoint)
        let peer = try Raw(context, ZMQ_DEALER)
        peer.connect(endpoint)
        peer.send([[], Array("whose".utf8)])
        #expect(second.receive(milliseconds: soon)?.count == 3)
        #expect(first.receive(milliseconds: 0) == nil)
        let path = endpoint.dropFirst("ipc://".count) + ".lock"
        let files = (0..<2).map { _ in open(String(path), O_RDWR | O_CREAT, 0o600) }
        defer { for file in files { close(file) } }
        #expect(flock(files[0], LOCK_EX | LOCK_NB) == 0)
        #expect(flock(files[1], LOCK_EX | LOCK_NB) != 0)
    }

    @Test("A client whose server's key is wrong sees no refusal, only a handshake that ends")
    func wrongServerKey() throws {
        let (address, keys) = (freshEndpoint(), CurveKeys.generate())
        let server = Reactor(
            [SocketSpec(.router, binds: [.init(address, .curveServer(secretKey: keys.secretKey))], zapDomain: "x")],
            authenticator: Authenticator { _, _ in nil }
        ) { _ in }
        try server.start()
        defer { server.stop() }
        let verdict = try StrangerTest.run(
            [.init(.router, address, serverKey: CurveKeys.generate().publicKey)], milliseconds: 500)
        guard case .unclear = verdict[0] else {
            Issue.record("\(verdict)")
            return
        }
        #expect(try StrangerTest.run([.init(.router, address, serverKey: keys.publicKey)]) == [.refused])
    }
}

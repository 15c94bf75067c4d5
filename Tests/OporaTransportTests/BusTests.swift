import CZeroMQ
import Foundation
import OporaTransport
import Synchronization
import Testing

/// The XPUB: who is put off it, and how the others come back.
@Suite("The bus", .timeLimit(.minutes(1)))
struct BusTests {
    /// Who is welcome now.
    private final class Guests: Sendable {
        let names: Mutex<Set<String>>
        init(_ names: Set<String>) { self.names = Mutex(names) }
        func contains(_ name: String) -> Bool { names.withLock { $0.contains(name) } }
    }

    /// A bus, a listener of each of two keys, and what the reactor told.
    private final class World {
        let address = freshEndpoint()
        let (server, anna, boris) = (CurveKeys.generate(), CurveKeys.generate(), CurveKeys.generate())
        let guests = Guests(["anna", "boris"])
        let log: Told
        let bus: Reactor

        init() throws {
            let (anna, boris, guests) = (anna.publicKey, boris.publicKey, guests)
            let told = Told()
            log = told
            bus = Reactor(
                [SocketSpec(.xpub, binds: [.init(address, .curveServer(secretKey: server.secretKey))], zapDomain: "bus")],
                authenticator: Authenticator(isStillWelcome: { _, user in guests.contains(user) }) { _, credentials in
                    guard case .curve(let key) = credentials else { return nil }
                    let name = key == anna ? "anna" : key == boris ? "boris" : nil
                    return name.flatMap { guests.contains($0) ? $0 : nil }
                }, notice: { told.add($0) }
            ) { _ in }
            try bus.start()
        }

        func listener(_ keys: CurveKeys, _ context: RawContext, prefixes: [String] = [""]) throws -> Raw {
            let raw = try Raw(context, ZMQ_SUB)
            raw.set(ZMQ_SNDHWM, Int32(0))
            raw.set(ZMQ_RECONNECT_IVL, Int32(20))
            raw.set(ZMQ_CURVE_SERVERKEY, Array(server.publicKey.utf8))
            raw.set(ZMQ_CURVE_PUBLICKEY, Array(keys.publicKey.utf8))
            raw.set(ZMQ_CURVE_SECRETKEY, Array(keys.secretKey.utf8))
            for prefix in prefixes { raw.set(ZMQ_SUBSCRIBE, Array(prefix.utf8)) }
            raw.connect(address)
            return raw
        }

        /// What is on its way to a listener, until nothing comes any more.
        func topics(_ listener: Raw) -> [String] {
            var topics: [String] = []
            while let frames = listener.receive(milliseconds: 300) {
                topics.append(String(decoding: frames[0].bytes, as: UTF8.self))
            }
            return topics
        }

        /// Publishes until the listener hears it.
        func hears(_ listener: Raw, _ topic: String) -> Bool {
            for _ in 0..<200 {
                bus.send([.init(socket: 0, frames: [Array(topic.utf8), Array("body".utf8)])])
                if let frames = listener.receive(milliseconds: 50), frames.count == 2 { return true }
            }
            return false
        }
    }

    private final class Told: Sendable {
        let notices = Mutex<[String]>([])
        func add(_ notice: Reactor.Notice) { notices.withLock { $0.append("\(notice)") } }
    }

    @Test("Who may not listen any more is put off at once, and the others are back by themselves")
    func eviction() throws {
        let (world, context) = (try World(), try RawContext())
        let (anna, boris) = (try world.listener(world.anna, context), try world.listener(world.boris, context))
        #expect(world.hears(anna, "e/1") && world.hears(boris, "e/1"))
        world.bus.recheckListeners()
        #expect(world.hears(anna, "e/2"))
        #expect(world.bus.counters.renewals == 0)
        world.guests.names.withLock { $0 = ["anna"] }
        world.bus.recheckListeners()
        while world.bus.counters.renewals == 0 { usleep(1000) }
        #expect(world.hears(anna, "e/3"))
        #expect(world.log.notices.withLock { $0 } == ["evicted(users: [\"boris\"])"])
        world.bus.send([.init(socket: 0, frames: [Array("e/4".utf8), []])])
        #expect(!world.topics(boris).contains("e/4"))
        world.bus.stop()
    }

    @Test("A thousand prefixes are borne, one more costs the bus, and that user stays off it for a while")
    func prefixes() throws {
        let (world, context) = (try World(), try RawContext())
        let (anna, boris) = (
            try world.listener(world.anna, context),
            try world.listener(world.boris, context, prefixes: (0..<1000).map { "p\($0)/" })
        )
        #expect(world.hears(boris, "p999/x") && world.hears(anna, "e/1"))
        // Others may ask for the same, and one who comes and goes does not add up.
        for n in 0..<2000 {
            anna.set(ZMQ_SUBSCRIBE, Array("q\(n)".utf8))
            anna.set(ZMQ_UNSUBSCRIBE, Array("q\(n)".utf8))
        }
        #expect(world.hears(anna, "e/2"))
        #expect(world.bus.counters.renewals == 0)
        boris.set(ZMQ_SUBSCRIBE, Array("p1000/".utf8))
        while world.bus.counters.renewals == 0 { usleep(1000) }
        #expect(world.log.notices.withLock { $0 } == ["tooManyPrefixes(user: \"boris\")"])
        #expect(world.hears(anna, "e/3"))
        world.bus.send([.init(socket: 0, frames: [Array("p1/late".utf8), []])])
        #expect(!world.topics(boris).contains("p1/late"))
        #expect(world.bus.counters.renewals == 1)
        world.bus.stop()
    }

    @Test("Data that comes up is counted, not delivered")
    func upward() throws {
        let address = freshEndpoint()
        let delivered = Mutex(0)
        let bus = Reactor([SocketSpec(.xpub, binds: [.init(address)])]) { batch in delivered.withLock { $0 += batch.count } }
        try bus.start()
        let context = try RawContext()
        let listener = try Raw(context, ZMQ_XSUB)
        listener.connect(address)
        listener.send([[1] + Array("e/".utf8)])
        listener.send([Array("junk".utf8)])
        listener.send([[1], Array("two frames".utf8)])
        while bus.counters.dataFromListeners < 2 { usleep(1000) }
        #expect(delivered.withLock { $0 } == 0)
        bus.stop()
    }

    @Test("A port that the system chose is told, and stays the same when the socket is made anew")
    func chosenPort() throws {
        let (guests, keys) = (Guests(["me"]), CurveKeys.generate())
        let bus = Reactor(
            [SocketSpec(.xpub, binds: [.init("tcp://127.0.0.1:*", .curveServer(secretKey: keys.secretKey))], zapDomain: "x")],
            authenticator: Authenticator(isStillWelcome: { _, user in guests.contains(user) }) { _, _ in
                guests.contains("me") ? "me" : nil
            }
        ) { _ in }
        try bus.start()
        let address = bus.addresses[0][0]
        #expect(address.hasPrefix("tcp://127.0.0.1:") && !address.contains("*"))
        let door = StrangerTest.Door(.xpub, address, serverKey: keys.publicKey)
        #expect(try StrangerTest.run([door]) == [.admitted])
        guests.names.withLock { $0 = [] }
        bus.recheckListeners()
        while bus.counters.renewals == 0 { usleep(1000) }
        #expect(try StrangerTest.run([door]) == [.refused])
        bus.stop()
        // All of it is gone once the reactor has stopped.
        let next = Reactor([SocketSpec(.router, binds: [.init(address)])]) { _ in }
        try next.start()
        next.stop()
    }
}

import Glibc
import Logging
import OporaKernel
import OporaProtocol
import OporaTransport

/// The kernel's public sockets: `rpc`, which is number 0 of the reactor, and `events`, number 1. Who may come in, and a test of that.
struct FrontDoor {
    private static let rpcDomain = "opora.rpc"
    private static let eventsDomain = "opora.events"
    /// Small answers that libzmq holds for a peer before they wait in the reactor, which counts their bytes; of large ones
    /// it holds `Limits.transitBytes`.
    private static let answersQueue: Int32 = 256
    private static let listenersQueue: Int32 = 20_000
    private static let listenersFrameBytes: Int64 = 65_536

    let settings: DaemonSettings
    let access: Access
    let keys: CurveKeys
    let log: Logger

    /// Both sockets, not bound yet. Each has an endpoint for peers known by their uid, one for peers with a key, and one more
    /// of those for other machines, where the operator asks for that.
    func reactor(_ kernel: Kernel, _ record: TrafficRecord?) -> Reactor {
        let rpc = SocketSpec(
            .router, binds: binds("rpc", tcp: settings.tcp.rpc), zapDomain: Self.rpcDomain,
            highWaterMark: Self.answersQueue, frameBytes: Int64(Limits.frameBytes))
        let events = SocketSpec(
            .xpub, binds: binds("events", tcp: settings.tcp.events), zapDomain: Self.eventsDomain,
            highWaterMark: Self.listenersQueue, frameBytes: Self.listenersFrameBytes)
        return Reactor(
            [rpc, events], authenticator: authenticator, unreachable: { kernel.lost(Peer($0)) }, notice: { [log] in $0.tell(log) }
        ) { batch in
            for message in batch {
                guard let route = message.frames.first else { continue }
                let frames = Array(message.frames.dropFirst())
                record?.incoming(route, frames: frames, user: message.user)
                kernel.receive(Peer(route), frames: frames, user: message.user)
            }
        }
    }

    /// Binds everything, and makes sure that it keeps strangers out.
    func open(_ reactor: Reactor) throws {
        do {
            try reactor.start()
        } catch {
            throw StartFailure(
                message:
                    "\(error); is the endpoint busy? Stop whoever holds it, or choose another run_dir, tcp.rpc or tcp.events",
                exitCode: 69)
        }
        try test(reactor)
    }

    private func binds(_ name: String, tcp: String?) -> [SocketSpec.Endpoint] {
        let curve = SocketSpec.Security.curveServer(secretKey: keys.secretKey)
        let folder = settings.runFolder
        return [.init("ipc://\(folder)/\(name).sock"), .init("ipc://\(folder)/\(name)-curve.sock", curve)]
            + (tcp.map { [.init($0, curve)] } ?? [])
    }

    private var authenticator: Authenticator {
        // The bus carries every stream: whoever may not see all of them fetches what it may see.
        let isWelcome: @Sendable (String, String) -> Bool = { [access] domain, user in
            domain != Self.eventsDomain || access.mayListen(user)
        }
        return Authenticator(isStillWelcome: isWelcome) { [access] domain, credentials in
            let user: String? =
                switch credentials {
                case .uid(let uid): access.user(uid: uid)
                case .curve(let key): access.user(key: key)
                case .unknown: nil
                }
            return user.flatMap { isWelcome(domain, $0) ? $0 : nil }
        }
    }

    /// Knocks at each endpoint that asks for a key with a random one. A kernel that lets that in serves nobody.
    private func test(_ reactor: Reactor) throws {
        let kinds: [SocketSpec.Kind] = [.router, .xpub]
        let doors = zip(kinds, reactor.addresses).flatMap { kind, addresses in
            addresses.dropFirst().map { StrangerTest.Door(kind, $0, serverKey: keys.publicKey) }
        }
        let verdicts = try StrangerTest.run(doors)
        for (door, verdict) in zip(doors, verdicts) where verdict != .refused {
            let finding = verdict == .admitted ? "lets in a key that nobody knows" : "could not be tested: \(verdict)"
            throw StartFailure(
                message: """
                    \(door.address) \(finding). The kernel does not start like this.
                    Is libzmq as Debian's libzmq5 4.3.4 or newer? Please report it with the output of `oporad --version`
                    """, exitCode: 70)
        }
    }

    /// What `kernel.json` says.
    func discovery(_ reactor: Reactor, _ log: (logID: String, epoch: Int64), instanceID: String) -> Discovery {
        let (rpc, events) = (reactor.addresses[0], reactor.addresses[1])
        return Discovery(
            instanceID: instanceID, logID: log.logID, epoch: log.epoch, pid: Int64(getpid()), rpc: rpc[0], events: events[0],
            curveRPC: Array(rpc.dropFirst()), curveEvents: Array(events.dropFirst()), curvePublicKey: keys.publicKey)
    }
}

extension Reactor.Notice {
    fileprivate func tell(_ log: Logger) {
        switch self {
        case .evicted(let users):
            log.notice("the bus was made anew; these may not listen any more", metadata: ["users": "\(users)"])
        case .tooManyPrefixes(let user):
            log.warning("the bus was made anew; a subscriber asked for too many prefixes", metadata: ["user": "\(user)"])
        case .notBound(let error):
            log.error("the bus is away; it is tried again until it is back", metadata: ["error": "\(error)"])
        }
    }
}

import Foundation
import Logging
import OporaKernel
import OporaProtocol
import OporaService
import OporaStore
import OporaStoreSQLite
import OporaTime
import OporaTransport
import Synchronization
import UnixSignals

/// The composition: settings in, object graph out. The only place where store, kernel and transport meet.
struct Daemon {
    private let settings: DaemonSettings
    private let log: Logger

    init(_ settings: DaemonSettings) {
        self.settings = settings
        log = LineLog.logger("oporad", level: settings.logLevel)
    }

    /// Starts, serves until SIGTERM or SIGINT, stops.
    func run() async throws {
        // The desk holds personal data: nobody but the kernel's account and its group may read the files.
        umask(0o027)
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let folders = DaemonFolders(settings)
        try folders.open()
        try folders.checkDatabase()
        let instanceID = Self.randomID()
        let store = try open(folders)
        let keys = try folders.curveKeys()
        let bridge = TransportBridge()
        let zones = SystemZones()
        let kernel = Kernel(
            settings: KernelSettings(
                instanceID: instanceID, pid: Int64(getpid()), commandsWaiting: settings.commandsWaiting,
                readers: settings.readers, receiptMilliseconds: Int64(settings.receiptDays) * 86_400_000),
            access: Access(settings.identities), output: bridge, clock: .system, zone: { zones.zone($0) }, log: log,
            onAbort: { [log] reason in
                // Going on could tell an untruth; what was committed is on disk, and a restart finds out what that is.
                log.critical("the kernel ends at once", metadata: ["reason": "\(reason)"])
                _exit(74)
            })
        do {
            try kernel.start(
                makeWriter: { () throws(StoreError) in try store.makeWriter() },
                makeReader: { () throws(StoreError) in try store.makeReader() })
        } catch {
            throw damaged(error, folders)
        }
        let endpoints = Endpoints(runFolder: settings.runFolder)
        let reactor = try listen(kernel, bridge, endpoints, keys)
        let head = kernel.log(endpoints, instanceID, keys.publicKey)
        try folders.markDesk(head.logID)
        try folders.announce(head)
        log.info("ready", metadata: ["run_dir": "\(settings.runFolder)", "instance": "\(instanceID)"])
        for await signal in signals {
            log.info("stopping", metadata: ["signal": "\(signal)"])
            break
        }
        folders.withdraw()
        kernel.stop()
        reactor.stop()
        log.info("stopped")
    }

    private func open(_ folders: DaemonFolders) throws -> SQLiteStore {
        do {
            return try SQLiteStore(path: folders.database, newLogID: Self.randomID())
        } catch {
            throw damaged(error, folders)
        }
    }

    private func damaged(_ error: StoreError, _ folders: DaemonFolders) -> StartFailure {
        StartFailure(
            message: """
                the database \(folders.database) can't be used: \(error).
                Nothing in it was changed. Put back a backup of it (with its -wal file, if there is one), then start again
                """, exitCode: 74)
    }

    private func listen(_ kernel: Kernel, _ bridge: TransportBridge, _ endpoints: Endpoints, _ keys: CurveKeys) throws -> Reactor
    {
        let settings = self.settings
        let ownUID = getuid()
        let authenticator = Authenticator { _, credentials in
            switch credentials {
            case .uid(let uid): uid == ownUID ? "owner" : settings.uids[uid]
            case .curve(let key): settings.keys[key]
            case .unknown: nil
            }
        }
        func binds(_ plain: String, _ curve: String) -> [SocketSpec.Endpoint] {
            [.init(plain), .init(curve, .curveServer(secretKey: keys.secretKey))]
        }
        let reactor = Reactor(
            [
                SocketSpec(
                    .router, binds: binds(endpoints.rpc, endpoints.rpcCurve), zapDomain: "opora.rpc",
                    frameBytes: Int64(Limits.frameBytes)),
                SocketSpec(
                    .xpub, binds: binds(endpoints.events, endpoints.eventsCurve), zapDomain: "opora.events",
                    highWaterMark: 20_000, frameBytes: 65_536),
            ], authenticator: authenticator, unreachable: { kernel.lost(Peer($0)) }
        ) { batch in
            for message in batch where message.socket == 0 {
                guard let route = message.frames.first else { continue }
                kernel.receive(Peer(route), frames: Array(message.frames.dropFirst()), user: message.user)
            }
        }
        bridge.connect(reactor)
        do {
            try reactor.start()
        } catch {
            throw StartFailure(
                message: "\(error); is the endpoint busy? Stop whoever holds it or choose another run_dir", exitCode: 69)
        }
        return reactor
    }

    /// 16 hexadecimal digits.
    private static func randomID() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// The four endpoints in a runtime folder.
struct Endpoints {
    let rpc, rpcCurve, events, eventsCurve: String

    init(runFolder: String) {
        rpc = "ipc://\(runFolder)/rpc.sock"
        rpcCurve = "ipc://\(runFolder)/rpc-curve.sock"
        events = "ipc://\(runFolder)/events.sock"
        eventsCurve = "ipc://\(runFolder)/events-curve.sock"
    }
}

extension Kernel {
    fileprivate func log(_ endpoints: Endpoints, _ instanceID: String, _ publicKey: String) -> Discovery {
        let position = logPosition
        return Discovery(
            instanceID: instanceID, logID: position.logID, epoch: position.epoch, pid: Int64(getpid()), rpc: endpoints.rpc,
            events: endpoints.events, rpcCurve: endpoints.rpcCurve, eventsCurve: endpoints.eventsCurve,
            curvePublicKey: publicKey)
    }
}

extension WallClock {
    /// The machine's clock.
    static let system = WallClock {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}

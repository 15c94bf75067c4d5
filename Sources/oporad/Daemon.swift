import Foundation
import Logging
import OporaBlobs
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
    private let options: Options
    private let conformance = Conformance()

    /// What the command line asks for besides settings.
    struct Options {
        /// For the conformance suite: a clock that it can move, and methods of its own.
        var isConformance = false
        /// The log's history is not what it was: positions in it mean nothing any more.
        var beginsEpoch = false
        /// Reads who may connect from the settings anew.
        var reread: @Sendable () -> Result<AccessRules, AccessProblems>
    }

    init(_ settings: DaemonSettings, _ options: Options) {
        self.settings = settings
        self.options = options
        log = LineLog.logger("oporad", level: settings.logLevel)
    }

    /// Starts, serves until SIGTERM or SIGINT, stops.
    func run() async throws {
        // The desk holds personal data: nobody but the kernel's account and its group may read the files.
        umask(0o027)
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
        let folders = DaemonFolders(settings)
        try folders.open()
        try folders.checkDatabase()
        let instanceID = Self.randomID()
        let store = try open(folders)
        let keys = try folders.curveKeys()
        let clock = options.isConformance ? WallClock.adjustable(conformance) : .system
        let record = try settings.trafficFolder.map { try TrafficRecord(folder: $0, instanceID: instanceID, clock: clock) }
        let bridge = TransportBridge(record: record)
        var kernelSettings = settings.kernel(instanceID: instanceID)
        kernelSettings.cursorKey = SipHash.Key(secret: keys.secretKey)
        kernelSettings.newEpoch = try newEpoch(store, folders)
        kernelSettings.remember = { [log, mark = folders.mark] head in
            do { try DeskMark(logID: head.logID, seq: head.seq).write(to: mark) } catch {
                log.warning("the end of the log can't be noted", metadata: ["error": "\(error)"])
            }
        }
        if options.isConformance {
            kernelSettings.conformance = conformance
            log.warning("conformance methods are on: this kernel is for tests alone")
        }
        let zones = SystemZones()
        let blobs = try openBlobs()
        let access = Access(settings.access, reread: options.reread)
        let kernel = Kernel(
            settings: kernelSettings, access: access, output: bridge, clock: clock, zone: { zones.zone($0) },
            search: settings.hasSearch ? try openSearch(folders) : nil,
            attachments: AttachmentDesk(blobs, rules: settings.attachments), log: log,
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
        let door = FrontDoor(settings: settings, access: access, keys: keys, log: log)
        let reactor = door.reactor(kernel, record)
        bridge.connect(reactor)
        try door.open(reactor)
        try folders.announce(door.discovery(reactor, kernel.logPosition, instanceID: instanceID))
        log.info("ready", metadata: ["run_dir": "\(settings.runFolder)", "instance": "\(instanceID)"])
        for await signal in signals {
            if signal == .sighup {
                kernel.reload()
                continue
            }
            log.info("stopping", metadata: ["signal": "\(signal)"])
            break
        }
        folders.withdraw()
        kernel.stop()
        reactor.stop()
        log.info("stopped")
    }

    /// Why a new epoch begins, if one does.
    private func newEpoch(_ store: SQLiteStore, _ folders: DaemonFolders) throws -> EpochReason? {
        do {
            let (logID, seq) = try store.position()
            if try folders.wentBack(logID, seq: seq) { return .restored }
            return options.beginsEpoch ? .asked : nil
        } catch let error as StoreError {
            throw damaged(error, folders)
        }
    }

    private func open(_ folders: DaemonFolders) throws -> SQLiteStore {
        do {
            return try SQLiteStore(path: folders.database, newLogID: Self.randomID())
        } catch {
            throw damaged(error, folders)
        }
    }

    private func openBlobs() throws -> BlobFolder {
        do { return try BlobFolder(settings.dataFolder) } catch {
            throw StartFailure(
                message: "attachments can't be kept: \(error); make the folder writable for the kernel", exitCode: 73)
        }
    }

    private func openSearch(_ folders: DaemonFolders) throws -> SQLiteSearch {
        do { return try SQLiteSearch(folder: folders.search, desk: folders.database) } catch {
            throw StartFailure(message: "the search index can't be kept: \(error)", exitCode: 73)
        }
    }

    private func damaged(_ error: StoreError, _ folders: DaemonFolders) -> StartFailure {
        StartFailure(
            message: """
                the database \(folders.database) can't be used: \(error).
                Nothing in it was changed. Put back a backup of it (with its -wal file, if there is one), then start again
                """, exitCode: 74)
    }

    /// 16 hexadecimal digits.
    private static func randomID() -> String { UInt64.random(in: .min ... .max).hexadecimal }
}

extension WallClock {
    /// The machine's clock, moved on by what the conformance suite asked for.
    static func adjustable(_ conformance: Conformance) -> WallClock {
        WallClock { WallClock.system.microseconds() + conformance.offsetMicroseconds }
    }

    /// The machine's clock.
    static let system = WallClock {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}

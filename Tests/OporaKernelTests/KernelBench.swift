import Foundation
import Logging
import OporaBlobs
import OporaDomain
import OporaKernel
import OporaProtocol
import OporaStore
import OporaStoreSQLite
import OporaThreads
import OporaTime
import Synchronization
import Testing

/// A kernel on a scratch folder with a clock that the test sets; no sockets.
final class KernelBench: Sendable {
    /// Collects what the kernel sends: answers in order, and the topics and bodies of events.
    final class Probe: KernelOutput {
        let answers = Inbox<(peer: Peer, body: JSON)>(capacity: 100_000)
        let events = Mutex<[(topic: String, header: EventHeader?, body: JSON)]>([])

        func send(_ messages: [KernelMessage]) {
            for message in messages {
                switch message {
                case .toPeer(let peer, let body):
                    let message = (try? JSONParser.parse(body)) ?? .null
                    if message["method"] != "session.probe" { _ = answers.put((peer, message)) }
                case .toAll(let topic, let header, let body):
                    let event = (
                        String(decoding: topic, as: UTF8.self), EventHeader(header), (try? JSONParser.parse(body)) ?? .null
                    )
                    events.withLock { $0.append(event) }
                }
            }
        }

        var trouble: (dropEpisodes: Int64, slowPeers: Int64) { (0, 0) }
    }

    let folder: String
    let probe = Probe()
    let time: Mutex<Int64>
    let kernel: Kernel
    let peer = Peer([1, 2, 3])

    /// - Parameter folder: an earlier bench's folder, to go on with its desk.
    init(
        folder: String? = nil, startMilliseconds: Int64 = 1_795_420_800_000, identities: [Identity] = [.owner],
        hooks: [HookPoint: HookRule] = [:], access: Access? = nil,
        attachments: AttachmentRules = AttachmentRules(), adjust: (inout KernelSettings) -> Void = { _ in }
    ) throws {
        let path = folder ?? FileManager.default.temporaryDirectory.appendingPathComponent("kernel-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        self.folder = path
        time = Mutex(startMilliseconds)
        let zones = SystemZones()
        let clock = Clock(time)
        var settings = KernelSettings(instanceID: UUID().uuidString, pid: 1)
        // Nobody here has anything to finish.
        settings.drainMilliseconds = 0
        adjust(&settings)
        kernel = Kernel(
            settings: settings, access: access ?? Access(identities, hooks: hooks), output: probe,
            clock: WallClock { clock.microseconds }, zone: { zones.zone($0) },
            search: try SQLiteSearch(folder: "\(path)/search", desk: "\(path)/opora.db"),
            attachments: AttachmentDesk(try BlobFolder(path), rules: attachments),
            log: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() },
            onAbort: { reason in
                // A test that is over has taken its folder away.
                if FileManager.default.fileExists(atPath: path) { Issue.record("the kernel gave up: \(reason)") }
            })
        clock.source = { [weak self] in self?.time.withLock { $0 } ?? startMilliseconds }
        let store = try SQLiteStore(path: "\(path)/opora.db", newLogID: "log")
        try kernel.start(
            makeWriter: { () throws(StoreError) in try store.makeWriter() },
            makeReader: { () throws(StoreError) in try store.makeReader() })
    }

    /// Reads the bench's time; set once the bench is there.
    private final class Clock: @unchecked Sendable {
        private let start: Int64
        // Set once, before the kernel starts its threads.
        var source: () -> Int64
        init(_ time: borrowing Mutex<Int64>) {
            let now = time.withLock { $0 }
            start = now
            source = { now }
        }
        var microseconds: Int64 { source() * 1000 }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Moves the clock and lets the kernel's timer notice.
    func advance(minutes: Int64 = 0, seconds: Int64 = 0) { time.withLock { $0 += (minutes * 60 + seconds) * 1000 } }

    /// Hands one message in as its frames.
    func send(_ body: String, from peer: Peer? = nil, as user: String? = "owner") {
        // A connection has one user: others speak through connections of their own.
        let own = user == "owner" ? self.peer : Peer(Array((user ?? "nobody").utf8))
        kernel.receive(peer ?? own, frames: [[], Array(body.utf8)], user: user)
    }

    /// The next message to any peer.
    func next() throws -> JSON {
        var batch: [(peer: Peer, body: JSON)] = []
        _ = probe.answers.take(into: &batch, limit: 1, timeoutMilliseconds: 10_000)
        return try #require(batch.first?.body, "no answer within 10 s")
    }

    /// The whole answer to a call.
    func answer(_ method: String, _ params: JSON = [:], as user: String = "owner") throws -> JSON {
        let request: JSON = ["jsonrpc": "2.0", "id": 1, "method": .string(method), "params": params]
        send(request.text, as: user)
        return try next()
    }

    /// The result of a call that must succeed.
    @discardableResult
    func call(_ method: String, _ params: JSON = [:], as user: String = "owner") throws -> JSON {
        let answer = try answer(method, params, as: user)
        return try #require(answer["result"], "\(method): \(answer.text)")
    }

    /// The word of the error of a call that must fail.
    func refusal(_ method: String, _ params: JSON = [:], as user: String = "owner") throws -> String? {
        try answer(method, params, as: user)["error"]?["data"]?["code"]?.string
    }

    /// A desk with an agent behind `owner`, a requester, a group, an always open calendar and a policy.
    func furnish() throws {
        try call("user.create", ["name": "Admin", "roles": ["admin", "agent"], "identity": "owner"])
        try call("user.create", ["name": "Anna", "email": "anna@example.org"])
        try call("group.create", ["name": "Support", "lead": "U-1", "members": ["U-1"]])
        try call("calendar.create", ["name": "Always", "zone": "UTC", "always_open": true])
        try call(
            "policy.create",
            [
                "name": "Standard", "calendar": "C-1",
                "targets": ["normal": ["first_response": 3_600_000, "resolution": 14_400_000]],
            ])
    }

    /// Waits until something holds that other threads bring about, up to 10 s.
    func until(_ condition: () throws -> Bool) throws {
        let end = ContinuousClock.now + .seconds(10)
        while try !condition() {
            try #require(ContinuousClock.now < end, "it did not come within 10 s")
            try call("ping")
        }
    }

    /// All events in the log.
    func log() throws -> [JSON] {
        var all: [JSON] = []
        var after: Int64 = 0
        while true {
            let page = try call("events.read", ["after_seq": .int(after), "limit": 500])
            let events = page["events"]?.array ?? []
            if events.isEmpty { return all }
            all += events
            after = page["next_after_seq"]?.int ?? after
        }
    }
}

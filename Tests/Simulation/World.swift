import FoundationEssentials
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

/// A kernel on a scratch folder with a clock of ours, that can be ended at any moment and started again.
final class World: KernelOutput {
    /// What came back for a request; nil where the kernel ended before it answered.
    typealias Reply = JSON?

    /// The answers of one life of a kernel. Closed when that life is over.
    private let answers = Mutex(Inbox<(id: Int64, body: JSON)>(capacity: 100_000))
    private let hasGivenUp = Atomic<Bool>(false)
    private let milliseconds: Atomic<Int64>
    private let conformance = Conformance()
    private let nextID = Atomic<Int64>(0)
    private let kernel = Mutex<Kernel?>(nil)
    private let folder: String
    private let plant: Plant?
    let faults = Faults()

    /// Milliseconds that an answer may take on a machine that is busy.
    private static let patience: Int64 = 60_000

    init(folder: String, startMilliseconds: Int64, plant: Plant?) throws {
        self.plant = plant
        self.folder = folder
        milliseconds = Atomic(startMilliseconds)
        try start()
    }

    var trouble: (dropEpisodes: Int64, slowPeers: Int64) { (0, 0) }

    func send(_ messages: [KernelMessage]) {
        for case .toPeer(_, let body) in messages {
            guard let body = try? JSONParser.parse(body), let id = body["id"]?.int else { continue }
            _ = answers.withLock { $0.put((id, body)) }
        }
    }

    var now: Timestamp { Timestamp(milliseconds.load(ordering: .relaxed) + conformance.offsetMicroseconds / 1000) }

    private func start() throws {
        answers.withLock { $0 = Inbox(capacity: 100_000) }
        hasGivenUp.store(false, ordering: .relaxed)
        faults.begin()
        var settings = KernelSettings(instanceID: "sim-\(nextID.add(1, ordering: .relaxed).newValue)", pid: 1, readers: 1)
        settings.drainMilliseconds = 0
        settings.conformance = conformance
        let zones = SystemZones()
        let fresh = Kernel(
            settings: settings, access: Access([.owner]), output: self,
            clock: WallClock { [self] in now.rawValue * 1000 }, zone: { zones.zone($0) },
            attachments: AttachmentDesk(try BlobFolder(folder), rules: AttachmentRules()),
            log: Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() },
            onAbort: { [self] _ in
                // From here on it is as if the process were gone.
                faults.end()
                hasGivenUp.store(true, ordering: .relaxed)
                answers.withLock { $0.close() }
            })
        let store = try SQLiteStore(path: "\(folder)/opora.db", newLogID: "simulation")
        try fresh.start(
            makeWriter: { [faults, plant] () throws(StoreError) in
                SpoiltWriter(try store.makeWriter(), faults, plant)
            },
            makeReader: { () throws(StoreError) in try store.makeReader() })
        kernel.withLock { $0 = fresh }
    }

    /// Ends the kernel, where it has not given up already, and starts one on the same folder.
    func restart() throws {
        let old = kernel.withLock { kernel in
            defer { kernel = nil }
            return kernel
        }
        old?.stop()
        try start()
    }

    var isOver: Bool { hasGivenUp.load(ordering: .relaxed) }

    func stop() {
        kernel.withLock { $0 }?.stop()
    }

    /// Sends requests at once, each on a connection of its own, and waits for all answers.
    func ask(_ requests: [(method: String, params: JSON)]) throws -> [Reply] {
        let first = nextID.add(Int64(requests.count), ordering: .relaxed).oldValue + 1
        let receiver = kernel.withLock { $0 }
        for (index, request) in requests.enumerated() {
            let message: JSON = [
                "jsonrpc": "2.0", "id": .int(first + Int64(index)), "method": .string(request.method), "params": request.params,
            ]
            receiver?.receive(Peer([UInt8(index & 0xff)]), frames: [[], message.bytes], user: "owner")
        }
        var replies: [Reply] = Array(repeating: nil, count: requests.count)
        var missing = requests.count
        var batch: [(id: Int64, body: JSON)] = []
        let inbox = answers.withLock { $0 }
        while missing > 0 {
            let isOpen = inbox.take(into: &batch, limit: 64, timeoutMilliseconds: Self.patience)
            for (id, body) in batch where id >= first {
                replies[Int(id - first)] = body
                missing -= 1
            }
            if !isOpen { break }
            if batch.isEmpty { throw Finding("no answer to \(requests.map(\.method)) within \(Self.patience) ms") }
        }
        return replies
    }

    /// One request that must be answered with a result.
    func call(_ method: String, _ params: JSON) throws -> JSON {
        guard let reply = try ask([(method, params)]).first ?? nil else { throw Finding("\(method): no answer") }
        guard let result = reply["result"] else { throw Finding("\(method) \(params.text): \(reply.text)") }
        return result
    }

    /// Lets time pass, and tells the kernel.
    func advance(milliseconds: Int64) throws {
        _ = try ask([("conformance.advance", ["ms": .int(milliseconds)])])
    }

    /// Sets the clock back, as an administrator may.
    func stepBack(milliseconds step: Int64) { milliseconds.subtract(step, ordering: .relaxed) }
}

/// Something that must not be.
struct Finding: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

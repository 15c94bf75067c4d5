import Glibc
import Logging
import OporaDomain
import OporaProtocol
import OporaStore
import OporaThreads
import OporaTime
import Synchronization

/// Keeps the full-text index up to date from the log, on a thread of its own that gives way to all others: no command waits for it.
///
/// The place in the log is kept with what was taken from it, so a crash at any moment loses nothing and doubles nothing. An index
/// that is not of this log, of another version or behind the beginning of the log is made anew, from the tickets and messages.
final class SearchFollower: Sendable {
    /// Events of one transaction of the index.
    static let events = 2_000
    /// Documents of one transaction while it is made anew.
    static let documents: Int64 = 1_000
    /// How long events gather before they are indexed: few large transactions cost less than many small ones.
    static let gatherMilliseconds: Int64 = 100
    /// How long it waits after a failure.
    static let retryMilliseconds: Int64 = 5_000
    /// Events without anything to index after which the place is written down all the same.
    static let unkeptEvents: Int64 = 10_000
    /// How much the thread gives way, as for `nice`.
    private static let niceness: Int32 = 10

    private let index: any SearchIndex
    /// Rung where something may be new; closed at the stop.
    private let bell = Inbox<Void>(capacity: 1)
    private let isStopping = Atomic(false)
    private let wantsAnew = Atomic(false)
    private let status = Mutex(SearchStatus())

    init(_ index: any SearchIndex) { self.index = index }

    var now: SearchStatus { status.withLock { $0 } }
    func makeSearcher() throws(StoreError) -> any Searcher { try index.makeSearcher() }

    /// The log has grown.
    func ring() { _ = bell.put(()) }

    /// Has the index made anew, soon.
    func makeAnew() {
        wantsAnew.store(true, ordering: .releasing)
        ring()
    }

    /// A searcher could not read the index.
    func note(_ error: StoreError) {
        guard case .corrupt = error else { return }
        makeAnew()
    }

    func stop() {
        isStopping.store(true, ordering: .releasing)
        bell.close()
    }

    private var mayGoOn: Bool { !isStopping.load(ordering: .acquiring) }

    /// Runs until `stop`. Failures are told and tried again: the desk works without a search.
    func run(_ kernel: Kernel, makeReader: () throws(StoreError) -> any StoreReader) {
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness)
        var parts: (desk: any StoreReader, indexer: any SearchIndexer)?
        var progress = Progress()
        var nothing: [Void] = []
        while mayGoOn {
            do throws(StoreError) {
                if parts == nil {
                    let (desk, indexer) = (try makeReader(), try index.makeIndexer())
                    progress = Progress(place: try indexer.place())
                    parts = (desk, indexer)
                }
                if let parts { try follow(parts.desk, parts.indexer, &progress, kernel) }
                _ = bell.take(into: &nothing, limit: 1)
                pause(Self.gatherMilliseconds)
            } catch {
                kernel.log.error("the search index can't be kept up to date", metadata: ["error": "\(error)"])
                status.withLock { $0.problem = "\(error)" }
                if case .corrupt = error { makeAnew() }
                parts = nil
                pause(Self.retryMilliseconds)
            }
        }
    }

    /// Waits; not for the bell, which may ring all the time.
    private func pause(_ milliseconds: Int64) {
        let end = ContinuousClock.now + .milliseconds(milliseconds)
        var nothing: [Void] = []
        while mayGoOn, ContinuousClock.now < end {
            let left = end - ContinuousClock.now
            _ = bell.take(
                into: &nothing, limit: 1, timeoutMilliseconds: max(1, left.components.attoseconds / 1_000_000_000_000_000))
        }
    }

    /// What comes next.
    private enum Step {
        case upToDate(SearchPlace)
        /// The index is none of this log, or holds what must not be on the disk any more.
        case anew(LogHead)
        case batch(SearchBatch)
    }

    /// How far it is.
    private struct Progress {
        /// Nil where the index must be made anew.
        var place: SearchPlace?
        /// The position of the place that was written down.
        var kept: Int64

        init(place: SearchPlace? = nil) {
            self.place = place
            kept = place?.seq ?? 0
        }
    }

    /// Takes in what the log has, to its end.
    private func follow(
        _ desk: any StoreReader, _ indexer: any SearchIndexer, _ progress: inout Progress, _ kernel: Kernel
    ) throws(StoreError) {
        while mayGoOn {
            switch try step(after: progress.place, desk) {
            case .upToDate(let place): return status.withLock { $0.reached(place.seq) }
            case .anew(let head): progress = Progress(place: try makeAnew(head, desk, indexer, kernel))
            case .batch(let batch):
                // A place alone is not worth a transaction: what is read twice changes nothing.
                if !batch.documents.isEmpty || batch.place.seq - progress.kept >= Self.unkeptEvents {
                    try indexer.apply(batch)
                    progress.kept = batch.place.seq
                }
                progress.place = batch.place
                status.withLock { $0.reached(batch.place.seq) }
            }
        }
    }

    private func step(after place: SearchPlace?, _ desk: any StoreReader) throws(StoreError) -> Step {
        let head = try desk.beginView()
        defer { desk.endView() }
        let isWanted = wantsAnew.exchange(false, ordering: .acquiringAndReleasing)
        guard let place, !isWanted, place.goes(with: head) else { return .anew(head) }
        if place.seq == head.seq { return .upToDate(place) }
        let changes = try SearchChanges(after: place.seq, limit: Self.events, head, desk)
        if changes.hasErasure { return .anew(head) }
        var batch = SearchBatch(place: SearchPlace(logID: head.logID, epoch: head.epoch, seq: changes.reached))
        batch.documents = try changes.documents(desk)
        return .batch(batch)
    }

    /// Makes the index from the tickets and messages. The old one answers until it is done.
    private func makeAnew(
        _ head: LogHead, _ desk: any StoreReader, _ indexer: any SearchIndexer, _ kernel: Kernel
    ) throws(StoreError) -> SearchPlace? {
        // What is written meanwhile is taken from the log afterwards.
        let place = SearchPlace(logID: head.logID, epoch: head.epoch, seq: head.seq)
        let ends = try desk.searchEnds()
        kernel.log.info("the search index is made anew", metadata: ["messages": "\(ends.message)"])
        status.withLock { $0.begin(of: ends.message + ends.ticket) }
        try indexer.beginAnew()
        try indexer.apply(SearchBatch(place: place))
        for (end, part) in [(ends.message, SearchPart.messagesNumbered), (ends.ticket, SearchPart.ticketsNumbered)] {
            for first in stride(from: 1, through: end, by: Int64.Stride(Self.documents)) {
                guard mayGoOn else { return nil }
                let numbers = first...min(end, first + Self.documents - 1)
                var batch = SearchBatch(place: place)
                batch.documents = try desk.searchDocuments(part(numbers))
                try indexer.apply(batch)
                status.withLock { $0.building?.done += Int64(numbers.count) }
            }
        }
        try indexer.finishAnew()
        status.withLock { $0.building = nil }
        kernel.log.info("the search index is made")
        return place
    }
}

/// How the index is, for `search.status`.
struct SearchStatus: Sendable {
    /// How far the making of a new one is, in tickets and messages.
    struct Building: Sendable {
        var done: Int64
        var of: Int64
    }

    /// Up to here the log is in the index; nil where there is none yet.
    var indexedSeq: Int64?
    var building: Building?
    /// Why it is not kept up to date; nil where it is.
    var problem: String?

    mutating func reached(_ seq: Int64) {
        indexedSeq = seq
        problem = nil
    }

    mutating func begin(of total: Int64) { building = Building(done: 0, of: total) }
}

extension SearchPlace {
    /// Whether the log goes on from this place: it is the same log, and nothing after the place was taken out of it.
    func goes(with head: LogHead) -> Bool {
        logID == head.logID && epoch == head.epoch && seq <= head.seq && seq >= head.firstSeq - 1
    }
}

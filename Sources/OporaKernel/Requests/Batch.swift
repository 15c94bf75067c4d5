import OporaProtocol
import Synchronization

/// The place of one answer in a batch.
struct BatchSlot: Sendable {
    let batch: Batch
    let index: Int
}

/// One JSON-RPC batch under way: its entries run in order, its answers are sent together when the last is there.
///
/// Entries run in waves: commands that follow each other share one, for the writer keeps their order and one commit; queries that
/// follow each other share one; whatever else stands alone. So a query sees the effect of every command before it.
final class Batch: Sendable {
    let entries: [Request.Incoming]
    let identity: Identity
    let peer: Peer
    /// Bytes of the whole request.
    let bytes: Int

    /// What setting an answer led to.
    enum Progress: Equatable {
        /// Others of the wave are under way.
        case open
        /// The next entries may run.
        case waveDone
        /// Every entry is dealt with.
        case allDone
    }

    private enum Kind { case command, query, alone }

    private struct State {
        var answers: [[UInt8]?]
        var next = 0
        /// Entries of the wave that are not answered, and one for the loop that hands them out.
        var open = 0
        var bytes = 0
    }
    private let state: Mutex<State>

    init(_ entries: [Request.Incoming], identity: Identity, peer: Peer, bytes: Int) {
        self.entries = entries
        self.identity = identity
        self.peer = peer
        self.bytes = bytes
        state = Mutex(State(answers: Array(repeating: nil, count: entries.count)))
    }

    private func kind(_ index: Int) -> Kind {
        guard case .request(let request) = entries[index] else { return .alone }
        if MethodTable.commands[request.method] != nil { return .command }
        return MethodTable.queries[request.method] != nil ? .query : .alone
    }

    /// The entries that run next; nil where none is left.
    func nextWave() -> Range<Int>? {
        state.withLock { state in
            guard state.next < entries.count else { return nil }
            let first = state.next
            let kind = kind(first)
            var end = first + 1
            while kind != .alone, end < entries.count, self.kind(end) == kind { end += 1 }
            state.next = end
            state.open = end - first + 1
            return first..<end
        }
    }

    /// Says that the whole wave is handed out. True where it is answered already, so that the next may run.
    func waveIsUnderWay() -> Bool {
        state.withLock { state in
            state.open -= 1
            return state.open == 0
        }
    }

    /// Whether an answer of that size still fits.
    func hasRoom(for count: Int) -> Bool { state.withLock { $0.bytes + count <= Limits.batchAnswerBytes } }

    func set(_ index: Int, _ answer: [UInt8]?) -> Progress {
        state.withLock { state in
            state.answers[index] = answer
            state.bytes += answer?.count ?? 0
            state.open -= 1
            guard state.open == 0 else { return .open }
            return state.next < entries.count ? .waveDone : .allDone
        }
    }

    /// The answers in the order of the requests; nil where all were notifications.
    var text: [UInt8]? {
        let all = state.withLock { $0.answers.compactMap { $0 } }
        return all.isEmpty ? nil : [0x5b] + Array(all.joined(separator: [0x2c])) + [0x5d]
    }
}

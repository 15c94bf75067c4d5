import OporaProtocol
import Synchronization

/// A connection, as the transport names it. It says nothing about who that is.
public struct Peer: Hashable, Sendable {
    public var bytes: [UInt8]

    public init(_ bytes: [UInt8]) { self.bytes = bytes }
}

/// Where an answer goes: to a peer at once, or into its place in the answer to a batch.
struct ReplyTo: Sendable {
    var peer: Peer
    /// Nil for a notification, which is never answered.
    var id: RequestID?
    var batch: BatchSlot?
    /// Bytes of the request, its share of what may wait.
    var bytes = 0
    /// Whether those bytes are counted as waiting until the answer.
    var isCounted = false
}

/// The place of one answer in a batch.
struct BatchSlot: Sendable {
    let batch: Batch
    let index: Int
}

/// The answers of one JSON-RPC batch, sent together when the last is there, in the order of the requests.
final class Batch: Sendable {
    private struct State {
        var answers: [[UInt8]?]
        var open: Int
    }
    private let state: Mutex<State>

    init(count: Int) { state = Mutex(State(answers: Array(repeating: nil, count: count), open: count)) }

    /// Sets an answer (nil for a notification); returns the whole text once all are there. Nil also where nothing is to be sent.
    func set(_ index: Int, _ answer: [UInt8]?) -> [UInt8]? {
        state.withLock { state in
            state.answers[index] = answer
            state.open -= 1
            guard state.open == 0 else { return nil }
            let all = state.answers.compactMap { $0 }
            return all.isEmpty ? nil : [0x5b] + Array(all.joined(separator: [0x2c])) + [0x5d]
        }
    }
}

import OporaProtocol
import OporaTime
import Synchronization

/// The last requests that were refused: who asked for what, and why not. In memory, so that a refusal costs no write; bounded.
final class Refusals: Sendable {
    private struct Refusal {
        var at: Timestamp
        var identity: String
        var person: UserID?
        var method: String
        var code: ErrorCode
    }

    private struct State {
        var all: [Refusal] = []
        /// Where the next one goes once there are enough.
        var next = 0
    }

    private let state = Mutex(State())

    func note(_ request: Request, _ identity: String, _ code: ErrorCode, at: Timestamp) {
        // What a stranger calls a method is no name.
        let method = MethodTable.isKnown(request.method) ? request.method : "unknown"
        let refusal = Refusal(at: at, identity: identity, person: request.meta.onBehalfOf, method: method, code: code)
        state.withLock { state in
            if state.all.count < Limits.refusals {
                state.all.append(refusal)
            } else {
                state.all[state.next] = refusal
                state.next = (state.next + 1) % Limits.refusals
            }
        }
    }

    /// The latest ones, newest first.
    func latest(_ limit: Int) -> [JSON] {
        let ordered = state.withLock { Array($0.all[$0.next...] + $0.all[..<$0.next]) }
        return ordered.suffix(limit).reversed().map { refusal in
            [
                "at": .string(refusal.at.text), "identity": .string(refusal.identity),
                "on_behalf_of": refusal.person.map { .string("\($0)") }, "method": .string(refusal.method),
                "code": .string(refusal.code.rawValue),
            ]
        }
    }
}

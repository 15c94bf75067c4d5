import OporaPluginKit
import Synchronization

@testable import feedback

/// A kernel and a notifier in memory, both of which do what a key stands for once, with faults on demand.
final class TinyDesk: Desk {
    /// When the connection breaks, relative to the effect of a call.
    enum Fault: CaseIterable {
        case beforeEffect, afterEffect
    }

    struct State {
        var status = "solved"
        var requester = "U-5"
        var refusals: [String: ErrorCode] = [:]
        /// What the notifier answers instead of `queued`.
        var unsendable: String?
        var sent: [JSON] = []
        var records: [JSON] = []
        var causations: Set<String> = []
        var calls = 0
        var fault: (call: Int, kind: Fault)?
        fileprivate var answers: [String: (request: JSON, answer: JSON)] = [:]
    }

    let state: Mutex<State>

    init(_ change: (inout State) -> Void = { _ in }) {
        var state = State()
        change(&state)
        self.state = Mutex(state)
    }

    func call(_ method: String, _ params: JSON, key: String?, causation: String?) async throws(CallError) -> JSON {
        let result: Result<JSON, CallError> = state.withLock { state in
            state.calls += 1
            let fault = state.fault.flatMap { $0.call == state.calls ? $0.kind : nil }
            if fault == .beforeEffect { return .failure(.interrupted(method: method)) }
            let answer = TinyDesk.answer(method, params, key ?? params["key"]?.string, &state)
            if let causation { state.causations.insert(causation) }
            if fault == .afterEffect { return .failure(.noAnswer(method: method, milliseconds: 1)) }
            return answer
        }
        return try result.get()
    }

    private static func answer(
        _ method: String, _ params: JSON, _ key: String?, _ state: inout State
    ) -> Result<JSON, CallError> {
        if let code = state.refusals[method] { return .failure(.rejected(RPCError(code, "refused by the test"))) }
        if method == "ticket.get" {
            return .success(["ticket": ["id": "T-1", "requester": .string(state.requester), "status": .string(state.status)]])
        }
        let request: JSON = ["method": .string(method), "params": params]
        let key = key.map { "\(method) \($0)" }
        if let key, let known = state.answers[key] {
            return known.request == request ? .success(known.answer) : .failure(.rejected(RPCError(.idempotencyKeyReused, key)))
        }
        var answer: JSON = [:]
        switch method {
        case "x.notifier.send":
            if let reason = state.unsendable { return .success(["queued": false, "reason": .string(reason)]) }
            state.sent.append(params)
            answer = ["queued": true]
        case "feedback.record":
            state.records.append(params)
            answer = ["feedback": ["id": "F-1"]]
        default: return .failure(.rejected(RPCError(.methodNotFound, method)))
        }
        if let key { state.answers[key] = (request, answer) }
        return .success(answer)
    }

    var seen: State { state.withLock { $0 } }
    func change(_ body: @Sendable (inout State) -> Void) { state.withLock { body(&$0) } }
}

import OporaPluginKit
import Synchronization

@testable import escalator

/// A kernel in memory with one ticket and one group: versions, idempotency keys, and faults on demand.
final class TinyDesk: Desk {
    /// When the connection breaks, relative to the effect of a call.
    enum Fault: CaseIterable {
        case beforeEffect, afterEffect
    }

    struct State {
        var status = "open"
        var priority = "normal"
        var assignee: String? = "U-7"
        var lead: String? = "U-1"
        var version: Int64 = 1
        var notes: [String] = []
        var effects: [String] = []
        var answers: [String: (request: JSON, answer: JSON)] = [:]
        var calls = 0
        var fault: (call: Int, kind: Fault)?
        /// A person changes the ticket just before this many commands.
        var meddlings = 0
        var refusals: [String: ErrorCode] = [:]
        var calendars: [String] = ["C-1"]
        var causations: Set<String> = []
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
            let answer = TinyDesk.answer(method, params, key, causation, &state)
            if fault == .afterEffect { return .failure(.noAnswer(method: method, milliseconds: 1)) }
            return answer
        }
        return try result.get()
    }

    private static func answer(
        _ method: String, _ params: JSON, _ key: String?, _ causation: String?, _ state: inout State
    ) -> Result<JSON, CallError> {
        if let code = state.refusals[method] { return .failure(.rejected(RPCError(code, "refused by the test"))) }
        switch method {
        case "ticket.get": return .success(["ticket": ticket(state)])
        case "group.get": return .success(["group": ["id": "G-1", "lead": .optional(state.lead)]])
        case "calendar.list": return .success(["items": .array(state.calendars.map { ["id": .string($0)] })])
        case "calendar.due":
            let start = params["start"]?.string.flatMap { Timestamp($0) } ?? .earliest
            return .success(["due_at": .string((start + 2 * (params["working_ms"]?.int ?? 0)).text)])
        default: return command(method, params, key, causation, &state)
        }
    }

    private static func command(
        _ method: String, _ params: JSON, _ key: String?, _ causation: String?, _ state: inout State
    ) -> Result<JSON, CallError> {
        let request: JSON = ["method": .string(method), "params": params]
        if let key, let known = state.answers[key] {
            return known.request == request ? .success(known.answer) : .failure(.rejected(RPCError(.idempotencyKeyReused, key)))
        }
        if state.meddlings > 0 {
            state.meddlings -= 1
            state.version += 1
        }
        if let expected = params["expected_version"]?.int, expected != state.version {
            return .failure(.rejected(RPCError(.versionConflict, "another version")))
        }
        switch method {
        case "ticket.set_priority": state.priority = params["priority"]?.string ?? ""
        case "ticket.assign": state.assignee = params["assignee"]?.string
        case "ticket.note": state.notes.append(params["text"]?.string ?? "")
        default: return .failure(.rejected(RPCError(.methodNotFound, method)))
        }
        state.version += 1
        state.effects.append(method)
        if let causation { state.causations.insert(causation) }
        let answer: JSON = ["ticket": ticket(state)]
        if let key { state.answers[key] = (request, answer) }
        return .success(answer)
    }

    private static func ticket(_ state: State) -> JSON {
        [
            "id": "T-1", "version": .int(state.version), "status": .string(state.status), "priority": .string(state.priority),
            "group": "G-1", "assignee": .optional(state.assignee),
            "sla": [["target": "resolution", "cycle": 1, "state": "breached"]],
        ]
    }

    var seen: State { state.withLock { $0 } }
}

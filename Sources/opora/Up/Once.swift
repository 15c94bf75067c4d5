import Dispatch
import Synchronization

/// A value that comes to be once, and those who wait for it.
final class Once<Value: Sendable>: Sendable {
    /// Somebody who waits.
    private enum Waiter {
        /// Has a number, does not wait yet.
        case announced
        case waiting(CheckedContinuation<Value?, Never>)
        /// Told not to wait any longer before it began to.
        case released
    }

    private struct State {
        var value: Value?
        var waiters: [Int: Waiter] = [:]
        var nextWaiter = 0
    }

    private let state = Mutex(State())

    /// What it is; nil before it is there.
    var known: Value? { state.withLock { $0.value } }

    /// Sets the value, where none is there yet.
    func set(_ value: Value) {
        let waiters = state.withLock { state -> [Int: Waiter] in
            guard state.value == nil else { return [:] }
            state.value = value
            defer { state.waiters = [:] }
            return state.waiters
        }
        for case .waiting(let continuation) in waiters.values { continuation.resume(returning: value) }
    }

    /// Waits for the value; nil where the task is cancelled first.
    func value() async -> Value? {
        let number = announce()
        return await withTaskCancellationHandler {
            await wait(number)
        } onCancel: {
            release(number)
        }
    }

    /// Waits for the value, but no longer than this, in a cancelled task too.
    func value(within milliseconds: Int) async -> Value? {
        let number = announce()
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [weak self] in
            self?.release(number)
        }
        return await wait(number)
    }

    private func announce() -> Int {
        state.withLock { state in
            state.nextWaiter += 1
            state.waiters[state.nextWaiter] = .announced
            return state.nextWaiter
        }
    }

    private func wait(_ number: Int) async -> Value? {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.value == nil, case .announced = state.waiters[number] {
                    state.waiters[number] = .waiting(continuation)
                    return false
                }
                state.waiters[number] = nil
                return true
            }
            if isOver { continuation.resume(returning: known) }
        }
    }

    private func release(_ number: Int) {
        let waiter = state.withLock { state in
            let waiter = state.waiters[number]
            switch waiter {
            case .announced: state.waiters[number] = .released
            case .waiting: state.waiters[number] = nil
            case .released, nil: break
            }
            return waiter
        }
        if case .waiting(let continuation) = waiter { continuation.resume(returning: nil) }
    }
}

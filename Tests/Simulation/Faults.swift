import OporaStore
import Synchronization

/// Makes the writer's store fail now and then, as a disk does.
final class Faults: Sendable {
    /// One way to fail, at the next opportunity.
    enum Fault: Hashable, CaseIterable, Sendable {
        /// A statement fails; nothing of the group is on disk.
        case statement
        /// The disk is full when the group is to be made durable.
        case full
        /// The commit fails, and nothing is on disk.
        case lostCommit
        /// The commit says that it failed, and all is on disk.
        case keptCommit
    }

    /// Moments at which the store may fail.
    enum Step { case begin, apply, commit, committed }

    private struct State {
        var next: Fault?
        /// The kernel has given up: nothing gets onto the disk any more, as after the end of a process.
        var isOver = false
        var struck = 0
    }

    private let state = Mutex(State())

    func arm(_ fault: Fault) { state.withLock { $0.next = fault } }
    func end() { state.withLock { $0.isOver = true } }
    func begin() { state.withLock { $0.isOver = false } }
    var struck: Int { state.withLock { $0.struck } }

    /// Fails at a step, where that is armed.
    func interrupt(_ step: Step) throws(StoreError) {
        try state.withLock { (state) throws(StoreError) in
            if state.isOver { throw .failed("the process is over") }
            guard let fault = state.next else { return }
            switch (fault, step) {
            case (.statement, .apply), (.full, .commit), (.lostCommit, .commit), (.keptCommit, .committed): break
            default: return
            }
            state.next = nil
            state.struck += 1
            throw fault == .full ? .full : .failed("a planted fault: \(fault)")
        }
    }
}

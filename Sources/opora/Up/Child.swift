import Glibc
import Synchronization

/// A process that this one started, from its start until it is gone.
final class Child: Sendable {
    /// How a process came to its end.
    enum Ending: Hashable, Sendable {
        case exited(Int32)
        case killed(signal: Int32)

        /// Reads a status as `waitpid` gives it.
        init(status: Int32) {
            let signal = status & 0x7f
            self = signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal: signal)
        }
    }

    /// Those that are not gone.
    private static let all = Mutex<Set<pid_t>>([])

    let pid: pid_t
    /// How it ended, once it has.
    let ending = Once<Ending>()
    /// Held while the process is signalled or taken away, so that its number can't belong to another one meanwhile.
    private let isGone = Mutex(false)

    /// Takes charge of a process that was just started; nobody else may wait for it.
    init(pid: pid_t) throws(SpawnError) {
        self.pid = pid
        Child.all.withLock { _ = $0.insert(pid) }
        // A thread of its own: waiting blocks, and Dispatch has only as many threads as there are processors.
        let box = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Child>.fromOpaque(argument).takeRetainedValue().waitForEnd()
                return nil
            }, box.toOpaque())
        guard result == 0 else {
            box.release()
            kill(pid, SIGKILL)
            throw SpawnError(program: "a thread that waits for process \(pid)", code: result)
        }
        pthread_detach(thread)
    }

    private func waitForEnd() {
        var info = siginfo_t()
        // WNOWAIT leaves the process a zombie, and its number taken, until the lock is held.
        while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        var status: Int32 = 0
        isGone.withLock { isGone in
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
            isGone = true
            Child.all.withLock { _ = $0.remove(pid) }
        }
        ending.set(Ending(status: status))
    }

    /// Sees to it that an `exit` of this process, such as the one where its output can't be written, stops the others too.
    static func stopAllAtExit() {
        atexit {
            Child.all.withLock { for pid in $0 { kill(pid, SIGTERM) } }
        }
    }

    /// Sends a signal, unless the process is gone.
    func send(_ signal: Int32) {
        isGone.withLock { if !$0 { kill(pid, signal) } }
    }

    /// Asks the process to stop, and makes it stop where it does not within the limit; false where it had to be made to.
    func stop(within milliseconds: Int) async -> Bool {
        send(SIGTERM)
        if await ending.value(within: milliseconds) != nil { return true }
        send(SIGKILL)
        _ = await ending.value(within: milliseconds)
        return false
    }
}

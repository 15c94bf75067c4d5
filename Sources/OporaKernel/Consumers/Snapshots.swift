import Logging
import OporaProtocol
import OporaStore
import OporaThreads

/// Writes the copies of the desk that commands want to have first, one after another, on a thread and a connection of its own.
final class Snapshots: Sendable {
    /// Commands that may wait for a copy.
    private static let waiting = 4

    private let jobs = Inbox<CommandJob>(capacity: Snapshots.waiting)

    /// Takes a command that goes back to the writer once its copy is written; false where too many wait.
    func put(_ job: CommandJob) -> Bool { jobs.put(job) }

    func close() { jobs.close() }

    /// Runs until closed.
    func run(_ kernel: Kernel, makeReader: () throws(StoreError) -> any StoreReader) {
        var batch: [CommandJob] = []
        while jobs.take(into: &batch, limit: 1) {
            for job in batch { serve(job, kernel, makeReader) }
        }
    }

    private func serve(_ job: CommandJob, _ kernel: Kernel, _ makeReader: () throws(StoreError) -> any StoreReader) {
        do throws(StoreError) {
            var job = job
            let path = try makeReader().snapshot { kernel.isStopping }
            kernel.log.notice("a copy of the desk is written", metadata: ["path": "\(path)"])
            job.snapshot = .made(path)
            // Its deadline was for being taken up, which it was.
            job.arrivedMicroseconds = kernel.clock.microseconds()
            kernel.enqueue(job)
        } catch {
            kernel.log.error("a copy of the desk could not be written", metadata: ["error": "\(error)"])
            kernel.answer(job.replyTo, .failure(kernel.isStopping ? Kernel.stopping : RPCError(error)))
        }
    }
}

import Logging
import OporaProtocol
import OporaStore
import OporaThreads

/// The threads that answer queries, each with a reader of its own. Queries never enter the writer.
final class ReaderPool {
    /// Queries that one thread takes at once: few, so that a slow one holds up few.
    private static let batchSize = 4

    private var threads: [WorkerThread] = []

    /// Starts the threads; each opens its reader before the first query.
    init(_ kernel: Kernel, makeReader: @escaping @Sendable () throws(StoreError) -> any StoreReader) {
        for _ in 0..<kernel.settings.readers {
            threads.append(WorkerThread { ReaderPool.run(kernel, makeReader) })
        }
    }

    /// Waits until the threads have answered what was in the inbox when it was closed.
    func join() {
        for thread in threads { thread.join() }
    }

    private static func run(_ kernel: Kernel, _ makeReader: () throws(StoreError) -> any StoreReader) {
        var batch: [QueryJob] = []
        do throws(StoreError) {
            let store = try makeReader()
            while kernel.queries.take(into: &batch, limit: batchSize) {
                kernel.counters.queries(batch.count)
                for job in batch { if let message = answer(job, kernel, store) { kernel.output.send([message]) } }
            }
        } catch {
            kernel.abort("a reader can't open the database: \(error)")
        }
    }

    private static func answer(_ job: QueryJob, _ kernel: Kernel, _ store: any StoreReader) -> KernelMessage? {
        guard let method = MethodTable.queries[job.request.method] else { return nil }
        do {
            let head = try store.beginView()
            defer { store.endView() }
            var context = QueryContext(
                job: job, store: store, head: head, book: kernel.book, zone: kernel.zone, consumers: kernel.consumers,
                kernel: kernel, now: kernel.clock.now)
            try method.run(&context)
            if context.mayWait, let until = job.waitUntil, context.now < until {
                switch kernel.longPolls.park(job, seenHead: head.seq) {
                case .parked:
                    kernel.timer.scheduleWake()
                    return nil
                case .lookAgain:
                    kernel.enqueue(job)
                    return nil
                case .full: break
                }
            }
            return kernel.message(job.replyTo, .success(members: context.result.bytes, meta: JSONObject()))
        } catch {
            if let fault = error as? StoreError {
                kernel.log.error("a query failed", metadata: ["method": "\(job.request.method)", "error": "\(fault)"])
                kernel.problems.note(fault)
            }
            return kernel.message(job.replyTo, .failure(RPCError.from(error)))
        }
    }
}

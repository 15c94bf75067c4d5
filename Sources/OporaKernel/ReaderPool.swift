import Logging
import OporaProtocol
import OporaStore
import OporaThreads
import OporaTime

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
            let searcher = SearcherSeat(kernel.search)
            while kernel.queries.take(into: &batch, limit: batchSize) {
                kernel.counters.queries(batch.count)
                for job in batch {
                    if let message = answer(job, kernel, store, searcher) { kernel.output.send([message]) }
                    if job.waitUntil != nil { kernel.longPolls.endLook(job) }
                }
            }
        } catch {
            kernel.abort("a reader can't open the database: \(error)")
        }
    }

    private static func run(
        _ errand: QueryJob.Errand, _ job: QueryJob, _ kernel: Kernel, _ store: any StoreReader
    ) -> KernelMessage? {
        do {
            switch errand {
            case .hooks(let run): try kernel.lookForHooks(job, run, store)
            case .pluginCall: try kernel.callForPerson(job, store)
            }
            return nil
        } catch {
            if let fault = error as? StoreError { kernel.problems.note(fault) }
            return kernel.message(job.replyTo, .failure(RPCError.from(error)))
        }
    }

    private static func answer(
        _ job: QueryJob, _ kernel: Kernel, _ store: any StoreReader, _ searcher: SearcherSeat
    ) -> KernelMessage? {
        if let errand = job.errand { return run(errand, job, kernel, store) }
        guard let method = MethodTable.queries[job.request.method] else { return nil }
        let waited = kernel.clock.now - job.arrived
        let mayWait = job.waitUntil.map { $0 - job.arrived } ?? 0
        if !job.hasWaited, waited > mayWait + (job.request.meta.deadlineMilliseconds ?? Limits.deadlineMillisecondsDefault) {
            return kernel.message(
                job.replyTo,
                .failure(RPCError(.deadlineExceeded, "the query waited \(waited) ms, longer than its deadline; ask again")))
        }
        // Whose proof was taken away while it waited hears nothing more.
        if job.hasWaited, !kernel.isKnown(job.identity) { return kernel.message(job.replyTo, .failure(Kernel.stranger)) }
        do {
            let head = try store.beginView()
            defer { store.endView() }
            var context = QueryContext(
                job: job, store: store, head: head, book: kernel.book, zone: kernel.zone, consumers: kernel.consumers,
                kernel: kernel, now: kernel.clock.now, searcher: searcher)
            context.sight = try kernel.sight(of: job.request, job.identity, store)
            try method.run(&context)
            if context.isPassedOn { return nil }
            if context.mayWait, let until = job.waitUntil, context.now < until {
                var job = job
                job.waitUntil = min(until, context.wakeAt ?? until)
                switch kernel.longPolls.park(job, seenHead: head.seq) {
                case .parked:
                    kernel.timer.scheduleWake()
                    return nil
                case .lookAgain:
                    kernel.enqueue(job)
                    return nil
                case .cancelled: return kernel.message(job.replyTo, Kernel.cancelled)
                case .full: break
                }
            }
            return kernel.message(job.replyTo, .success(members: context.result.bytes, meta: JSONObject()))
        } catch {
            var answer = RPCError.from(error)
            if answer.code == .forbidden {
                kernel.refusals.note(job.request, job.identity.name, answer.code, at: kernel.clock.now)
            }
            if let fault = error as? StoreError {
                let id = kernel.counters.faultID()
                kernel.log.error(
                    "a query failed",
                    metadata: ["request_id": "\(id)", "method": "\(job.request.method)", "error": "\(fault)"])
                kernel.problems.note(fault)
                answer = answer.logged(as: id)
            }
            return kernel.message(job.replyTo, .failure(answer))
        }
    }
}

import Logging
import Synchronization

/// The plugin's way through the log: its durable consumer, catching up, repeats, retries.
extension PluginSession {
    /// Events asked for at once.
    private static var batchSize: Int64 { 500 }
    /// Tries of one batch whose failure is not the kernel's absence, before the log says so at each further one.
    /// Milliseconds between two looks whether a lost consumer may go on.
    private static var lostMilliseconds: Int64 { 30_000 }
    private static var retryMilliseconds: [Int64] { [100, 300, 1000, 3000, 10_000] }

    /// Reads the log for ever and hands every event to the plugin once.
    func follow() async throws {
        while !Task.isCancelled {
            do {
                try await followConsumer()
            } catch let error as CallError where error.isRetryable || error.code == .leaseLost {
                if Task.isCancelled { return }
                log.debug("reading the log again", metadata: ["reason": "\(error)"])
                try? await Task.sleep(for: .milliseconds(error.code == .consumerBusy ? 1000 : 100))
            } catch let error as CallError where error.code == .logTruncated {
                if Task.isCancelled { return }
                log.error(
                    "the consumer \(P.manifest.name) is lost: events that it did not read are gone from the log; the operator decides with consumer.seek where it goes on",
                    metadata: ["reason": "\(error)"])
                try? await Task.sleep(for: .milliseconds(Self.lostMilliseconds))
            } catch is CancellationError {
                return
            }
        }
    }

    private func followConsumer() async throws {
        let log = try await greeting()
        let name = P.manifest.name
        let ensured = try await ensureConsumer()
        let acked = ensured["consumer"]?["acked_seq"]?.int ?? 0
        var done = try await catchUp(to: acked, log)
        var token: JSON?
        // What the plugin has done may be ahead of what was delivered under this lease; no more than that can be acknowledged.
        var delivered = acked
        while !Task.isCancelled {
            let answer = try await client.call(
                "consumer.fetch",
                [
                    "name": .string(name), "max": .int(Self.batchSize), "wait_ms": 20_000, "lease_token": token,
                    "ack_seq": token == nil ? nil : .int(min(done, delivered)),
                ], timeoutMilliseconds: 25_000)
            guard answer["epoch"]?.int == log.epoch else {
                forgetGreeting()
                throw CallError.interrupted(method: "consumer.fetch")
            }
            token = answer["lease_token"]
            let items = answer["events"]?.array ?? []
            delivered = max(delivered, answer["next_after_seq"]?.int ?? 0)
            let retried = items.filter { $0["parked"]?.bool == true }.compactMap { Event(item: $0) }
            if !retried.isEmpty {
                await tryAgain(retried, at: .init(logID: log.logID, epoch: log.epoch, seq: done))
                continue
            }
            let events = items.compactMap { Event(item: $0) }.filter { $0.seq > done }
            let next = answer["next_after_seq"]?.int ?? done
            guard next > done else { continue }
            try await deal(EventBatch(events: events, position: .init(logID: log.logID, epoch: log.epoch, seq: next)))
            done = next
        }
    }

    /// Tries events once more that were set aside, each by itself. What fails stays set aside.
    private func tryAgain(_ events: [Event], at position: LogPosition) async {
        for event in events {
            do {
                try await plugin.handle(EventBatch(events: [event], position: position))
                _ = try await client.call(
                    "consumer.parked_drop", ["name": .string(P.manifest.name), "seq": .int(event.seq)])
            } catch {
                log.error("an event that was set aside failed again", metadata: ["error": "\(error)", "seq": "\(event.seq)"])
            }
        }
    }

    /// Makes the plugin's consumer where there is none.
    func ensureConsumer() async throws(CallError) -> JSON {
        let start: JSON = P.state == .readModel ? ["from": "beginning"] : ["from": "now"]
        let streams = JSON.array(P.manifest.streams.map { .string($0.rawValue) })
        let params: JSON = ["name": .string(P.manifest.name), "start": start, "streams": streams]
        return try await client.call("consumer.ensure", params, timeoutMilliseconds: 2000)
    }

    /// Brings a read model up to where the consumer stands; for effects the past stays past. Returns the last `seq` dealt with.
    private func catchUp(to acked: Int64, _ log: Greeting) async throws -> Int64 {
        let position = try await plugin.position()
        let isSame = position.map { $0.logID == log.logID && $0.epoch == log.epoch } ?? true
        switch P.state {
        case .effects: return isSame ? max(position?.seq ?? 0, acked) : acked
        case .readModel:
            if !isSame {
                self.log.notice("the log is another one now; starting over")
                try await plugin.reset()
            }
            var done = isSame ? position?.seq ?? 0 : 0
            while done < acked, !Task.isCancelled {
                let answer: JSON
                do throws(CallError) {
                    answer = try await read(after: done)
                } catch {
                    guard let first = error.firstSeq, first - 1 > done else { throw error }
                    self.log.warning(
                        "the log begins later than this plugin has read: what happened in between is missing here",
                        metadata: ["read": "\(done)", "first": "\(first)"])
                    done = first - 1
                    continue
                }
                let events = (answer["events"]?.array ?? []).compactMap { Event(item: $0) }
                let next = answer["next_after_seq"]?.int ?? done
                if next <= done { break }
                try await deal(EventBatch(events: events, position: .init(logID: log.logID, epoch: log.epoch, seq: next)))
                done = next
            }
            return done
        }
    }

    private func read(after seq: Int64) async throws(CallError) -> JSON {
        try await client.call(
            "events.read",
            [
                "after_seq": .int(seq), "limit": .int(Self.batchSize),
                "streams": .array(P.manifest.streams.map { .string($0.rawValue) }),
            ])
    }

    /// Hands a batch over until the plugin has dealt with it: nothing is passed over.
    private func deal(_ batch: EventBatch) async throws {
        isDealing.withLock { $0 = true }
        defer { isDealing.withLock { $0 = false } }
        var tries = 0
        while true {
            do { return try await plugin.handle(batch) } catch {
                if Task.isCancelled { throw CancellationError() }
                if let call = error as? CallError, call.isRetryable {
                    log.debug("the kernel is away; trying again", metadata: ["reason": "\(call)"])
                } else {
                    log.error(
                        "events could not be dealt with; trying again",
                        metadata: ["error": "\(error)", "seq": "\(batch.position.seq)", "try": "\(tries + 1)"])
                }
                let pause = Self.retryMilliseconds[min(tries, Self.retryMilliseconds.count - 1)]
                tries += 1
                try await Task.sleep(for: .milliseconds(pause))
            }
        }
    }
}

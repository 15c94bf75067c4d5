import Logging

/// The plugin's way through the log: its durable consumer, catching up, repeats, retries.
extension PluginSession {
    /// Events asked for at once.
    private static var batchSize: Int64 { 500 }
    /// Tries of one batch whose failure is not the kernel's absence, before the log says so at each further one.
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
        while !Task.isCancelled {
            let answer = try await client.call(
                "consumer.fetch",
                [
                    "name": .string(name), "max": .int(Self.batchSize), "wait_ms": 20_000, "lease_token": token,
                    "ack_seq": token == nil ? nil : .int(done),
                ], timeoutMilliseconds: 25_000)
            guard answer["epoch"]?.int == log.epoch else {
                forgetGreeting()
                throw CallError.interrupted(method: "consumer.fetch")
            }
            token = answer["lease_token"]
            let items = answer["events"]?.array ?? []
            let events = items.compactMap { Event(item: $0) }.filter { $0.seq > done }
            let next = answer["next_after_seq"]?.int ?? done
            guard next > done else { continue }
            try await deal(EventBatch(events: events, position: .init(logID: log.logID, epoch: log.epoch, seq: next)))
            done = next
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
                let answer = try await client.call(
                    "events.read",
                    [
                        "after_seq": .int(done), "limit": .int(Self.batchSize),
                        "streams": .array(P.manifest.streams.map { .string($0.rawValue) }),
                    ])
                let events = (answer["events"]?.array ?? []).compactMap { Event(item: $0) }
                let next = answer["next_after_seq"]?.int ?? done
                if next <= done { break }
                try await deal(EventBatch(events: events, position: .init(logID: log.logID, epoch: log.epoch, seq: next)))
                done = next
            }
            return done
        }
    }

    /// Hands a batch over until the plugin has dealt with it: nothing is passed over.
    private func deal(_ batch: EventBatch) async throws {
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

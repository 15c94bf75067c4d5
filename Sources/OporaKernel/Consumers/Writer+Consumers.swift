import Logging
import OporaDomain
import OporaProtocol
import OporaStore
import OporaThreads
import OporaTime

/// What the writer does for consumers and the log besides commands.
extension Writer {
    /// Events whose room is freed in one transaction, so that commands run in between.
    static let eventsSwept = 2000
    /// A cursor is moved past what its consumer does not want once it is so many events.
    static let clearStep: Int64 = 1000

    /// Tells of consumers that fell far behind and gives up those that fell too far, inside the open transaction. All that
    /// most transactions pay is the comparison.
    func checkLag() throws(StoreError) -> Outcome? {
        guard state.head.seq >= state.lagAlarm else { return nil }
        let rule = kernel.consumers.lagRule
        let places = state.places(kernel.consumers)
        let head = state.head.seq
        var context = ownContext("consumer.lag")
        var alarm = Int64.max
        for var record in state.consumers.values.sorted(by: { $0.name < $1.name }) where record.state != .lost {
            let place = max(record.ackedSeq, places[record.name] ?? 0)
            let verdict = rule.judge(lag: max(0, head - place), warnedPercent: record.warnedPercent)
            let facts = LagFacts(consumer: record.name, lag: head - place, limit: rule.limit, at: context.now)
            try recordOwn(verdict.percents.map { facts.lagging($0) } + (verdict.isLost ? [facts.lost] : []), &context)
            if verdict.isLost {
                kernel.log.warning("a consumer fell too far behind", metadata: ["consumer": "\(record.name)"])
                record.state = .lost
                context.effects.stirred.append(record.name)
            } else {
                alarm = min(alarm, rule.alarm(position: place, warnedPercent: verdict.warnedPercent))
            }
            guard verdict.isLost || verdict.warnedPercent != record.warnedPercent else { continue }
            record.warnedPercent = verdict.warnedPercent
            context.keep(record)
        }
        context.state.lagAlarm = alarm
        return try finishOwn(&context)
    }

    /// Frees the room of events that were taken out of the log, and moves cursors past what their consumers do not want.
    /// - Parameter hasMore: something else of the kind waits for another round.
    func upkeep(hasMore: Bool) throws(StoreError) -> Outcome {
        let isUnswept = try store.sweepEvents(limit: Self.eventsSwept) == Self.eventsSwept
        if isUnswept || hasMore { _ = kernel.commands.put(.tidy) }
        var context = ownContext("consumer.upkeep")
        for (name, place) in state.places(kernel.consumers) {
            guard var record = state.consumers[name], record.state != .lost else { continue }
            if place - record.ackedSeq >= Self.clearStep { record.ackedSeq = place }
            if record.warnedPercent > 0, context.lag(place) < context.lagRule.threshold(50) {
                record.warnedPercent = 0
                context.state.lagAlarm = 0
            }
            if record != state.consumers[name] { context.keep(record) }
        }
        return try finishOwn(&context)
    }

    func recordOwn(_ facts: [EventDraft], _ context: inout CommandContext) throws(StoreError) {
        do { try context.record(facts, by: .kernel) } catch { throw .failed("the kernel's own event was refused: \(error)") }
    }

    func finishOwn(_ context: inout CommandContext) throws(StoreError) -> Outcome {
        let effects = context.effects
        try context.flush()
        state = context.state
        return Outcome(events: context.events, consumers: effects)
    }
}

/// The facts that tell of a consumer's lag.
private struct LagFacts {
    var consumer: String
    var lag: Int64
    var limit: Int64
    var at: Timestamp

    func lagging(_ percent: Int) -> EventDraft { fact(.consumerLagging, [("percent", .int(Int64(percent)))]) }
    var lost: EventDraft { fact(.consumerLost, []) }

    private func fact(_ type: EventType, _ more: [(String, JSON)]) -> EventDraft {
        let data = JSONObject([("consumer", .string(consumer)), ("lag", .int(lag)), ("limit", .int(limit))] + more)
        return EventDraft(type, subject: "consumer/\(consumer)", at: at, entityVersion: 0, data: .object(data))
    }
}

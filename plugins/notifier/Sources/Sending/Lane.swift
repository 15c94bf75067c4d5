import Logging
import OporaPluginKit

/// Sends what the outbox holds for one outlet, one after another. Each outlet has a lane, so that a slow one holds up no other.
struct Lane: Sendable {
    /// Longest sleep without a ring: bounds what a jump of the clock can do.
    static let idleMilliseconds: Int64 = 60_000
    /// Pause after the kernel, which has the texts, gave no answer.
    static let kernelMilliseconds: Int64 = 1000
    /// Pause after the outbox's own file could not be read or written.
    static let troubleMilliseconds: Int64 = 1000

    let name: String
    let outbox: Outbox
    let outlet: any Outlet
    let backoff: Backoff
    let clock: Clock
    let bell: Bell
    let log: Logger

    /// Sends until the task is cancelled. What is under way then is ended and written down.
    func run() async {
        while !Task.isCancelled {
            var pause = Lane.troubleMilliseconds
            do { pause = try await step() } catch {
                log.error("the outbox can't be read", metadata: ["lane": "\(name)", "error": "\(error)"])
            }
            if pause > 0 { await bell.wait(milliseconds: pause) }
        }
        await outlet.rest()
    }

    /// Tries what is due first. Returns how long to sleep before the next step; 0 where more may be due.
    func step() async throws -> Int64 {
        guard let delivery = try outbox.next(name, now: clock.now()) else {
            await outlet.rest()
            guard let due = try outbox.nextDue(name) else { return Lane.idleMilliseconds }
            return min(max(due - clock.now(), 1), Lane.idleMilliseconds)
        }
        let outcome: Outcome
        do throws(CallError) { outcome = try await outlet.deliver(delivery, now: clock.now()) } catch {
            if error.isRetryable { return Lane.kernelMilliseconds }
            outcome = .failed("the kernel gave no text: \(error.code?.rawValue ?? "no readable answer")")
        }
        await settle(delivery, outcome)
        return 0
    }

    /// What was sent must be written down, or it would be sent again: so this is tried until it works.
    private func settle(_ delivery: Delivery, _ outcome: Outcome) async {
        while true {
            do {
                note(delivery, outcome, try outbox.settle(delivery, outcome, now: clock.now(), backoff))
                return
            } catch {
                log.error("the outbox can't be written", metadata: ["lane": "\(name)", "error": "\(error)"])
                if Task.isCancelled { return }
                try? await Task.sleep(for: .milliseconds(Lane.troubleMilliseconds))
            }
        }
    }

    private func note(_ delivery: Delivery, _ outcome: Outcome, _ state: DeliveryState) {
        var facts: Logger.Metadata = [
            "id": "\(delivery.id)", "kind": "\(delivery.draft.kind)", "to": "\(delivery.draft.recipient)",
            "ticket": "\(delivery.draft.ticket?.description ?? "")", "attempt": "\(delivery.attempts + 1)",
        ]
        switch outcome {
        case .failed(let problem), .refused(let problem): facts["problem"] = "\(problem)"
        case .skipped(let reason): facts["problem"] = "\(reason.rawValue)"
        case .sent, .stopped: break
        }
        switch state {
        case .sent: log.info("sent", metadata: facts)
        case .skipped: log.info("nobody to tell", metadata: facts)
        case .failed: log.notice("not sent; will be tried again", metadata: facts)
        case .dead: log.error("given up; x.notifier.retry brings it back", metadata: facts)
        case .queued: break
        }
    }
}

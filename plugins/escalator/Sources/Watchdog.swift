import Logging
import OporaPluginKit

/// Finds tickets that nobody has touched for too long: computes when each is due, and fires once per touch.
struct Watchdog: Sendable {
    /// The longest pause between two looks, so that a jump of the clock is noticed.
    static let longestPauseMilliseconds: Int64 = 30_000
    /// Watches read from the file at once.
    private static let pageSize = 100

    let store: EscalatorStore
    let desk: any Desk
    let rules: EscalationRules
    let log: Logger
    let now: @Sendable () -> Timestamp

    /// Computes what is missing and fires what is due. Returns how long the next look may wait, in milliseconds.
    func look() async throws -> Int64 {
        guard let settings = rules.settings.untouched else { return Watchdog.longestPauseMilliseconds }
        try await computeDueTimes(settings)
        let due = try store.watchesDue(now(), limit: Watchdog.pageSize)
        for watch in due {
            try store.fire(watch, rules.escalation(for: watch, minutes: settings.minutes), now: now())
        }
        if !due.isEmpty { return 0 }
        guard let next = try store.nextFiring() else { return Watchdog.longestPauseMilliseconds }
        return min(max(next - now(), 0), Watchdog.longestPauseMilliseconds)
    }

    private func computeDueTimes(_ settings: EscalatorSettings.Untouched) async throws {
        var page = try store.watchesWithoutDue(limit: Watchdog.pageSize)
        if page.isEmpty { return }
        let calendar = try await calendar(settings)
        while !page.isEmpty, !Task.isCancelled {
            for watch in page {
                let onWall = watch.touchedAt + settings.minutes * 60_000
                let due = try await workingDue(watch, settings, calendar)
                try store.setFiring(watch, at: due ?? onWall, isWorkingTime: due != nil)
            }
            page = try store.watchesWithoutDue(limit: Watchdog.pageSize)
        }
    }

    /// The settings' calendar, else the desk's first one, else none: then the clock on the wall counts.
    private func calendar(_ settings: EscalatorSettings.Untouched) async throws(CallError) -> String? {
        if let chosen = settings.calendar { return "\(chosen)" }
        let list = try await askOrWarn("calendar.list", ["limit": 1])
        return list?["items"]?.array?.first?["id"]?.string
    }

    private func workingDue(
        _ watch: Watch, _ settings: EscalatorSettings.Untouched, _ calendar: String?
    ) async throws(CallError) -> Timestamp? {
        guard let calendar else { return nil }
        let answer = try await askOrWarn(
            "calendar.due",
            [
                "calendar": .string(calendar), "start": .string(watch.touchedAt.text),
                "working_ms": .int(settings.minutes * 60_000),
            ])
        return answer?["due_at"]?.string.flatMap { Timestamp($0) }
    }

    /// Nil where the kernel refuses for good, which is told: no ticket goes unwatched because of a wrong setting.
    private func askOrWarn(_ method: String, _ params: JSON) async throws(CallError) -> JSON? {
        do throws(CallError) { return try await desk.ask(method, params) } catch {
            guard case .rejected(let rejection) = error, !rejection.code.isRetryable else { throw error }
            log.warning(
                "working time can't be told; the clock on the wall counts",
                metadata: ["method": "\(method)", "reason": "\(rejection)"])
            return nil
        }
    }
}

import OporaTime

/// Skips a plugin's hook for a while after it has failed too often in a row.
struct HookBreaker: Hashable, Sendable {
    /// Failures in a row after which the hook is skipped.
    static let failures = 5
    /// For how long.
    static let pauseMilliseconds: Int64 = 60_000

    private var inARow = 0
    private var skippedUntil: Timestamp?

    func isOpen(_ now: Timestamp) -> Bool { skippedUntil.map { now < $0 } ?? false }

    /// True where nothing is to be remembered.
    func isIdle(_ now: Timestamp) -> Bool { inARow == 0 && !isOpen(now) }

    mutating func succeeded() { self = HookBreaker() }

    mutating func failed(_ now: Timestamp) {
        inARow += 1
        guard inARow >= Self.failures else { return }
        self = HookBreaker()
        skippedUntil = now + Self.pauseMilliseconds
    }
}

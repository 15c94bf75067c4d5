/// When a failed delivery is tried again, and when it is given up.
struct Backoff: Hashable, Sendable {
    /// Pauses after the first, second, ... failure, in milliseconds; the last one is used for all further failures.
    var pauses: [Int64] = [10_000, 60_000, 300_000, 1_800_000, 7_200_000, 14_400_000]
    /// Tries in all. With the pauses above, 12 span about 27 hours.
    var attempts = 12

    /// The pause after the `attempts`-th try failed; nil where it was the last.
    func pause(after attempts: Int) -> Int64? {
        guard attempts < self.attempts, let last = pauses.last else { return nil }
        return attempts >= 1 && attempts <= pauses.count ? pauses[attempts - 1] : last
    }
}

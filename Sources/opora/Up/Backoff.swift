/// How long to wait before a process that died is started again.
struct Backoff: Hashable, Sendable {
    static let shortestMilliseconds = 1000
    static let longestMilliseconds = 30_000
    /// A process that ran for so long had started well; the next pause is the shortest again.
    static let wellMilliseconds = 60_000

    private var next = Backoff.shortestMilliseconds

    /// The pause after a run of that length.
    mutating func pause(afterRunning milliseconds: Int) -> Int {
        if milliseconds >= Backoff.wellMilliseconds { next = Backoff.shortestMilliseconds }
        defer { next = min(next * 2, Backoff.longestMilliseconds) }
        return next
    }
}

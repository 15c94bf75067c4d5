import OporaThreads
import OporaTime
import Synchronization

/// One timer to the next instant of interest, and the kernel's heartbeat. Lives on its own thread.
final class DeadlineTimer: Sendable {
    /// The clock is read again at least so often: a jump of the wall clock is noticed within it.
    static let beatMilliseconds: Int64 = 1000

    private let next = Mutex<Timestamp?>(nil)
    private let wake = Inbox<Void>(capacity: 16)
    private let clock: WallClock

    init(clock: WallClock) { self.clock = clock }

    /// Sets the next instant; nil where nothing is to come.
    func schedule(_ instant: Timestamp?) {
        next.withLock { $0 = instant }
        _ = wake.put(())
    }

    /// Sets the next instant where it is earlier than the one that is set.
    func scheduleIfEarlier(_ instant: Timestamp) {
        let isEarlier = next.withLock { next in
            guard instant < next ?? .latest else { return false }
            next = instant
            return true
        }
        if isEarlier { _ = wake.put(()) }
    }

    /// Makes the timer ask again what comes soon.
    func scheduleWake() { _ = wake.put(()) }

    func stop() { wake.close() }

    /// Runs until stopped.
    /// - Parameters:
    ///   - due: the instant has come; it is set anew by whoever acts on it.
    ///   - beat: a second has passed; returns in how many milliseconds something else wants attention.
    func run(due: () -> Void, beat: (Timestamp) -> Void, soon: (Timestamp) -> Timestamp?) {
        var ignored: [Void] = []
        var lastBeat = Timestamp(0)
        while true {
            let now = clock.now
            let isDue = next.withLock { next in
                guard let instant = next, instant <= now else { return false }
                next = nil
                return true
            }
            if isDue { due() }
            if now - lastBeat >= Self.beatMilliseconds || now < lastBeat {
                lastBeat = now
                beat(now)
            }
            let instants = [next.withLock { $0 }, soon(now), lastBeat + Self.beatMilliseconds].compactMap { $0 }
            let pause = max(1, min((instants.min() ?? now) - now, Self.beatMilliseconds))
            if !wake.take(into: &ignored, limit: 16, timeoutMilliseconds: pause) { return }
        }
    }
}

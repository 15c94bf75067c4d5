import Glibc
import OporaPluginKit

/// A way out of the desk: a mail server, a folder, a webhook. One delivery at a time.
protocol Outlet: Sendable {
    /// Tries once. Throws where the kernel, which has the texts, gives no answer; the try then does not count.
    func deliver(_ delivery: Delivery, now: Timestamp) async throws(CallError) -> Outcome
    /// Nothing is due for now: connections may be closed.
    func rest() async
}

extension Outlet {
    func rest() async {}
}

/// Where the time comes from: the machine, or a test.
struct Clock: Sendable {
    let now: @Sendable () -> Timestamp

    /// The machine's clock.
    static let system = Clock {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}

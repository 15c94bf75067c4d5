import OporaProtocol
import OporaTime

/// How often events were handed out that are not acknowledged yet, and when the first of them may go out again.
///
/// Every look begins after the cursor, so an event was handed out as often as pages reached it: the ends of the pages say it all.
struct Deliveries: Hashable, Sendable {
    /// The first handing out again waits so long, each further one twice as long.
    static let firstRestMilliseconds: Int64 = 1000
    static let longestRestMilliseconds: Int64 = 300_000
    /// Pages that are remembered; counts end there.
    static let pages = Limits.fetchEvents

    /// The last position of each page, the furthest first.
    private var ends: [Int64] = []
    /// The first event that is not acknowledged, as far as it was handed out; 0 where nothing was.
    private(set) var first: Int64 = 0
    /// How often a page began with it.
    private(set) var attempts = 0
    /// It is not handed out again before.
    private(set) var restsUntil: Timestamp?

    /// How far anything was handed out that is not acknowledged.
    var furthest: Int64 { ends.first ?? 0 }

    /// An event that came to nothing twice goes out alone, so that one that can't be dealt with does not take others with it.
    var isAlone: Bool { attempts >= 2 }

    func count(_ seq: Int64) -> Int { ends.prefix { $0 >= seq }.count }

    /// A page went out.
    mutating func handOut(first seq: Int64, last: Int64, now: Timestamp) {
        if seq != first {
            first = seq
            attempts = 0
        }
        attempts += 1
        restsUntil = Deliveries.rest(attempts).map { now + $0 }
        if ends.count < Deliveries.pages { ends.insert(last, at: ends.firstIndex { $0 < last } ?? ends.count) }
    }

    /// Everything up to here is dealt with.
    mutating func forget(upTo acked: Int64) {
        while let last = ends.last, last <= acked { ends.removeLast() }
        guard first <= acked else { return }
        first = 0
        attempts = 0
        restsUntil = nil
    }

    /// How long an event rests that was handed out so often; nil where it may go out again at once.
    static func rest(_ attempts: Int) -> Int64? {
        guard attempts >= 2 else { return nil }
        return min(firstRestMilliseconds << min(attempts - 2, 20), longestRestMilliseconds)
    }
}

import OporaProtocol
import Synchronization

/// How many requests each identity that has a rate may still send: a bucket that fills by the rate, up to the burst.
final class RateBook: Sendable {
    private struct Bucket {
        var tokens: Double
        var filledMicroseconds: Int64
    }
    private let buckets = Mutex<[String: Bucket]>([:])

    /// Takes one request from the identity's bucket.
    /// - Returns: nil where there was one, else the milliseconds until there is.
    func take(_ name: String, _ rate: Identity.Rate, microseconds now: Int64) -> Int64? {
        buckets.withLock { buckets in
            let perSecond = Double(rate.perSecond)
            var bucket = buckets[name] ?? Bucket(tokens: Double(rate.burst), filledMicroseconds: now)
            let seconds = Double(max(0, now - bucket.filledMicroseconds)) / 1_000_000
            bucket.tokens = min(Double(rate.burst), bucket.tokens + seconds * perSecond)
            bucket.filledMicroseconds = now
            defer { buckets[name] = bucket }
            guard bucket.tokens < 1 else {
                bucket.tokens -= 1
                return nil
            }
            return max(1, Int64(((1 - bucket.tokens) / perSecond * 1000).rounded(.up)))
        }
    }
}

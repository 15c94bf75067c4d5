/// When a consumer that falls behind is told of, and when it is given up.
struct LagRule: Hashable, Sendable {
    /// Parts of the limit at which it is told of, once each.
    static let percents = [50, 80]

    /// Events that a consumer may be behind.
    let limit: Int64

    /// What a consumer's lag has come to.
    struct Verdict: Hashable, Sendable {
        /// The parts of the limit to tell of now.
        var percents: [Int] = []
        var isLost = false
        /// What is to be remembered.
        var warnedPercent: Int
    }

    /// The lag from which on a part of the limit is reached.
    func threshold(_ percent: Int) -> Int64 { max(1, (limit * Int64(percent) + 99) / 100) }

    func judge(lag: Int64, warnedPercent: Int) -> Verdict {
        let warned = lag < threshold(50) ? 0 : warnedPercent
        var verdict = Verdict(warnedPercent: warned)
        for percent in Self.percents where percent > warned && lag >= threshold(percent) {
            verdict.percents.append(percent)
            verdict.warnedPercent = percent
        }
        if lag > limit, warned < 100 { verdict.isLost = true }
        return verdict
    }

    /// What counts as told of for a consumer that is put somewhere on purpose: whoever begins far behind is not given up for it.
    func excused(lag: Int64) -> Int {
        if lag > limit { return 100 }
        return Self.percents.last { lag >= threshold($0) } ?? 0
    }

    /// The end of the log at which a consumer is to be looked at again.
    func alarm(position: Int64, warnedPercent: Int) -> Int64 {
        if warnedPercent >= 100 { return .max }
        return position + (Self.percents.first { $0 > warnedPercent }.map { threshold($0) } ?? limit + 1)
    }
}

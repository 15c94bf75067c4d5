import OporaPluginKit

/// How durations are spread: their number, mean, median and 90 % quantile.
struct Distribution: Equatable {
    let n: Int
    let mean, median, p90: Double?

    init(_ values: [Int64]) {
        let sorted = values.sorted()
        n = sorted.count
        mean = sorted.isEmpty ? nil : Double(sorted.reduce(0, +)) / Double(sorted.count)
        median = Distribution.quantile(sorted, tenths: 5)
        p90 = Distribution.quantile(sorted, tenths: 9)
    }

    /// The value at position (n-1)p, linear between neighbours. Whole numbers to the last division, so that the result
    /// is the nearest double to the true value and does not hang on the order of the arithmetic.
    static func quantile(_ sorted: [Int64], tenths: Int) -> Double? {
        guard let last = sorted.last else { return nil }
        let position = (sorted.count - 1) * tenths
        let low = sorted[position / 10]
        let high = position / 10 + 1 < sorted.count ? sorted[position / 10 + 1] : last
        return Double(low * 10 + (high - low) * Int64(position % 10)) / 10
    }

    var json: JSON {
        func number(_ value: Double?) -> JSON { value.map { .double($0) } ?? .null }
        return ["n": .int(Int64(n)), "mean_ms": number(mean), "median_ms": number(median), "p90_ms": number(p90)]
    }
}

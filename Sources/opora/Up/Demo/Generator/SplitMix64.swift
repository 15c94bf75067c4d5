/// Random numbers that are the same for the same seed on every machine and with every compiler.
///
/// SplitMix64 by Sebastiano Vigna (public domain). The standard library's `random(in:using:)` is not used on top of it:
/// how that maps bits to a range may change.
struct SplitMix64: Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// From 0 up to, but not including, 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// From 0 up to, but not including, `bound`.
    mutating func below(_ bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }

    /// True in that share of cases.
    mutating func chance(_ share: Double) -> Bool { unit() < share }

    /// From 0 up to, but not including, `bound`, small numbers far more often: a few are in most of the work everywhere.
    mutating func skewed(_ bound: Int) -> Int {
        let u = unit()
        return Int(Double(bound) * u * u * u)
    }

    /// The index of one of these weights.
    mutating func weighted(_ weights: [Int]) -> Int {
        var rest = below(weights.reduce(0, +))
        for (index, weight) in weights.enumerated() {
            if rest < weight { return index }
            rest -= weight
        }
        return weights.count - 1
    }
}

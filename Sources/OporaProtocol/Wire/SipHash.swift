/// SipHash-2-4: a keyed hash of 64 bits that nobody can forge without the key.
///
/// Source: J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast short-input PRF", 2012.
public enum SipHash {
    /// 128 secret bits.
    public struct Key: Hashable, Sendable {
        public var low: UInt64
        public var high: UInt64

        public init(low: UInt64, high: UInt64) {
            self.low = low
            self.high = high
        }

        /// A key made from a longer secret.
        public init(secret: String) {
            let bytes = Array(secret.utf8)
            low = SipHash.hash(bytes, key: Key(low: 0x6f70_6f72_6121_6b31, high: 0x6f70_6f72_6121_6b32))
            high = SipHash.hash(bytes, key: Key(low: 0x6f70_6f72_6121_6b33, high: 0x6f70_6f72_6121_6b34))
        }
    }

    private struct State {
        var v0, v1, v2, v3: UInt64

        mutating func round() {
            v0 &+= v1
            v1 = v1 << 13 | v1 >> 51
            v1 ^= v0
            v0 = v0 << 32 | v0 >> 32
            v2 &+= v3
            v3 = v3 << 16 | v3 >> 48
            v3 ^= v2
            v0 &+= v3
            v3 = v3 << 21 | v3 >> 43
            v3 ^= v0
            v2 &+= v1
            v1 = v1 << 17 | v1 >> 47
            v1 ^= v2
            v2 = v2 << 32 | v2 >> 32
        }

        mutating func take(_ word: UInt64) {
            v3 ^= word
            round()
            round()
            v0 ^= word
        }
    }

    /// The hash of some bytes.
    public static func hash(_ bytes: [UInt8], key: Key) -> UInt64 {
        var state = State(
            v0: key.low ^ 0x736f_6d65_7073_6575, v1: key.high ^ 0x646f_7261_6e64_6f6d, v2: key.low ^ 0x6c79_6765_6e65_7261,
            v3: key.high ^ 0x7465_6462_7974_6573)
        let whole = bytes.count / 8 * 8
        for start in stride(from: 0, to: whole, by: 8) {
            state.take(word(bytes[start..<start + 8]))
        }
        state.take(word(bytes[whole...]) | UInt64(bytes.count & 0xff) << 56)
        state.v2 ^= 0xff
        for _ in 0..<4 { state.round() }
        return state.v0 ^ state.v1 ^ state.v2 ^ state.v3
    }

    /// Little-endian.
    private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}

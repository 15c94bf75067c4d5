/// A 128-bit digest that tells two requests apart. The order of an object's members does not matter.
///
/// It guards a client against its own mistakes (one idempotency key, two bodies), not against an attacker: keys are
/// scoped to an identity. Two lanes of multiply-and-fold mixing with odd constants of splitmix64.
public struct Fingerprint: Hashable, Sendable {
    public var high: UInt64
    public var low: UInt64

    /// The digest of a request: its method, its parameters, and for whom it is.
    public init(method: String, params: JSONObject, onBehalfOf: UserID? = nil) {
        var digest = Fingerprint(high: 0x9e37_79b9_7f4a_7c15, low: 0xbf58_476d_1ce4_e5b9)
        digest.take(method)
        digest.take(.object(params))
        if let onBehalfOf { digest.mix(UInt64(bitPattern: onBehalfOf.rawValue)) }
        self = digest
    }

    /// The digest kept as two numbers.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// 32 hexadecimal digits.
    public var text: String { high.hexadecimal + low.hexadecimal }

    private mutating func mix(_ word: UInt64) {
        let a = (high ^ word).multipliedFullWidth(by: 0xa076_1d64_78bd_642f)
        let b = (low ^ word).multipliedFullWidth(by: 0xe703_7ed1_a0b4_28db)
        high = a.high ^ a.low &+ 0x94d0_49bb_1331_11eb
        low = b.high ^ b.low &+ high.byteSwapped
    }

    private mutating func take(_ text: String) {
        var copy = text
        copy.withUTF8 { bytes in
            mix(UInt64(bytes.count) | 1 << 63)
            let raw = UnsafeRawBufferPointer(bytes)
            var at = 0
            while at + 8 <= raw.count {
                mix(UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
                at += 8
            }
            if at < raw.count {
                var word: UInt64 = 0
                for index in at..<raw.count { word = word << 8 | UInt64(raw[index]) }
                mix(word)
            }
        }
    }

    /// Each kind of value begins with a word of its own, so that no two kinds look alike.
    private mutating func take(_ value: JSON) {
        switch value {
        case .null: mix(1)
        case .bool(let flag): mix(flag ? 3 : 2)
        case .int(let number):
            mix(4)
            mix(UInt64(bitPattern: number))
        case .double(let number):
            mix(5)
            mix(number.bitPattern)
        case .string(let text):
            mix(6)
            take(text)
        case .array(let items):
            mix(7)
            mix(UInt64(items.count))
            for item in items { take(item) }
        case .object(let object):
            mix(8)
            mix(UInt64(object.members.count))
            // Each member is digested alone and the digests are added: a sum does not know its order.
            var sum = Fingerprint(high: 0, low: 0)
            for member in object.members {
                var one = Fingerprint(high: 0x2545_f491_4f6c_dd1d, low: 0x9e6c_63d0_876a_68de)
                one.take(member.name)
                one.take(member.value)
                sum.high &+= one.high
                sum.low &+= one.low
            }
            mix(sum.high)
            mix(sum.low)
        }
    }
}

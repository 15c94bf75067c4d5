/// A 128-bit digest that tells two requests apart: two FNV-1a hashes over the same bytes with different seeds.
///
/// It guards a client against its own mistakes (one idempotency key, two bodies), not against an attacker: keys are
/// scoped to an identity.
public struct Fingerprint: Hashable, Sendable {
    public var high: UInt64
    public var low: UInt64

    /// The digest of a request's method and parameters; the order of members does not matter.
    public init(method: String, params: JSONObject) {
        var bytes = Array(method.utf8)
        bytes.append(0)
        bytes.append(contentsOf: JSON.object(params).sorted.bytes)
        self.init(bytes)
    }

    /// The digest kept as two numbers.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    init(_ bytes: [UInt8]) {
        var a: UInt64 = 0xcbf2_9ce4_8422_2325
        var b: UInt64 = 0x6c62_272e_07bb_0142
        for byte in bytes {
            a = (a ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
            b = (b ^ UInt64(byte) ^ 0x5a) &* 0x0000_0100_0000_01b3
            b ^= b >> 29
        }
        high = a
        low = b
    }

    /// 32 hexadecimal digits.
    public var text: String {
        func hex(_ value: UInt64) -> String {
            let digits = String(value, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        return hex(high) + hex(low)
    }
}

extension JSON {
    /// The same value with the members of every object in order of name.
    public var sorted: JSON {
        switch self {
        case .object(let object):
            .object(JSONObject(object.members.map { ($0.name, $0.value.sorted) }.sorted { $0.0 < $1.0 }))
        case .array(let items): .array(items.map(\.sorted))
        case .null, .bool, .int, .double, .string: self
        }
    }
}

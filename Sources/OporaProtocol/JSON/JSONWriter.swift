public import OporaTime

/// Writes compact JSON straight to bytes. Commas are placed by the writer; the caller keeps begin and end in balance.
public struct JSONWriter {
    /// The text so far, UTF-8.
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// - Parameter capacity: bytes to set aside at once.
    public init(capacity: Int = 512) { bytes.reserveCapacity(capacity) }

    /// Empties the text and keeps its memory.
    public mutating func reset() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    @inline(__always) private mutating func separate() {
        if needsComma { bytes.append(0x2c) }
    }

    /// Opens an object.
    public mutating func beginObject() {
        separate()
        bytes.append(0x7b)
        needsComma = false
    }
    /// Closes the innermost object.
    public mutating func endObject() {
        bytes.append(0x7d)
        needsComma = true
    }
    /// Opens an array.
    public mutating func beginArray() {
        separate()
        bytes.append(0x5b)
        needsComma = false
    }
    /// Closes the innermost array.
    public mutating func endArray() {
        bytes.append(0x5d)
        needsComma = true
    }
    /// The name of the next member. Names are our own words: ASCII that needs no escape.
    public mutating func name(_ text: StaticString) {
        separate()
        bytes.append(0x22)
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        bytes.append(0x22)
        bytes.append(0x3a)
        needsComma = false
    }
    /// The name of the next member, where it is data.
    public mutating func name(_ text: String) {
        separate()
        quoted(text)
        bytes.append(0x3a)
        needsComma = false
    }
    /// A string.
    public mutating func string(_ text: String) {
        separate()
        quoted(text)
        needsComma = true
    }
    /// An integer.
    public mutating func int(_ value: Int64) {
        separate()
        digits(value)
        needsComma = true
    }

    private mutating func digits(_ value: Int64, atLeast width: Int = 1) {
        // Digits from the right; twenty of them and a sign at most.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 21) { digits in
            var start = 21
            var rest = value.magnitude
            repeat {
                start -= 1
                digits[start] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0 || 21 - start < min(width, 20)
            if value < 0 {
                start -= 1
                digits[start] = 0x2d
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: UnsafeBufferPointer(digits)[start...]))
        }
    }
    /// A finite number; shortest digits that read back as the same value.
    public mutating func double(_ value: Double) {
        separate()
        bytes.append(contentsOf: (value.isFinite ? "\(value)" : "null").utf8)
        needsComma = true
    }
    /// `true` or `false`.
    public mutating func bool(_ value: Bool) {
        separate()
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
        needsComma = true
    }
    /// `null`.
    public mutating func null() {
        separate()
        bytes.append(contentsOf: "null".utf8)
        needsComma = true
    }
    /// Bytes that are one JSON value already.
    public mutating func raw(_ value: [UInt8]) {
        separate()
        bytes.append(contentsOf: value)
        needsComma = true
    }
    /// Any value, in the order of its members.
    public mutating func value(_ value: JSON) {
        switch value {
        case .null: null()
        case .bool(let value): bool(value)
        case .int(let value): int(value)
        case .double(let value): double(value)
        case .string(let value): string(value)
        case .array(let items):
            beginArray()
            for item in items { self.value(item) }
            endArray()
        case .object(let object):
            beginObject()
            for member in object.members {
                name(member.name)
                self.value(member.value)
            }
            endObject()
        }
    }

    private mutating func quoted(_ text: String) {
        bytes.append(0x22)
        var copy = text
        copy.withUTF8 { utf8 in
            var from = 0
            var index = 0
            while index < utf8.count {
                let byte = utf8[index]
                if byte < 0x20 || byte == 0x22 || byte == 0x5c {
                    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[from..<index]))
                    escape(byte)
                    from = index + 1
                }
                index += 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[from...]))
        }
        bytes.append(0x22)
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(0x5c)
        switch byte {
        case 0x22, 0x5c: bytes.append(byte)
        case 0x08: bytes.append(0x62)
        case 0x09: bytes.append(0x74)
        case 0x0a: bytes.append(0x6e)
        case 0x0c: bytes.append(0x66)
        case 0x0d: bytes.append(0x72)
        default:
            bytes.append(contentsOf: "u00".utf8)
            for digit in [byte >> 4, byte & 15] { bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
        }
    }
}

extension JSONWriter {
    /// A member with a string.
    public mutating func member(_ name: StaticString, _ value: String) {
        self.name(name)
        string(value)
    }
    /// A member with a string, or `null`.
    public mutating func member(_ name: StaticString, orNull value: String?) {
        self.name(name)
        if let value { string(value) } else { null() }
    }
    /// A member with a string that ends with a number: of `width` digits at least (20 at most), with zeros before it.
    public mutating func member(_ name: StaticString, _ prefix: String = "", number value: Int64, width: Int = 1) {
        self.name(name)
        separate()
        quoted(prefix)
        bytes.removeLast()
        digits(value, atLeast: width)
        bytes.append(0x22)
        needsComma = true
    }
    /// A member with an integer.
    public mutating func member(_ name: StaticString, _ value: Int64) {
        self.name(name)
        int(value)
    }
    /// A member with an instant, as RFC 3339.
    public mutating func member(_ name: StaticString, _ time: Timestamp) {
        self.name(name)
        separate()
        bytes.append(0x22)
        time.write(to: &bytes)
        bytes.append(0x22)
        needsComma = true
    }
    /// A member with a boolean.
    public mutating func member(_ name: StaticString, _ value: Bool) {
        self.name(name)
        bool(value)
    }
    /// A member with any value.
    public mutating func member(_ name: StaticString, _ value: JSON) {
        self.name(name)
        self.value(value)
    }
}

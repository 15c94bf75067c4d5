/// Reads JSON (RFC 8259) as I-JSON asks (RFC 7493): UTF-8 without BOM, no duplicate names, no lone surrogates, one value.
///
/// A hand-written reader because every request passes through it; checked against Foundation's in the tests.
public struct JSONParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0

    /// The one value in `bytes`.
    public static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSON {
        var failure: JSONError?
        var result = JSON.null
        bytes.withUnsafeBufferPointer { buffer in
            var parser = JSONParser(bytes: buffer)
            do throws(JSONError) { result = try parser.document() } catch { failure = error }
        }
        if let failure { throw failure }
        return result
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private mutating func document() throws(JSONError) -> JSON {
        let result = try value(depth: 1)
        skipSpace()
        guard at == bytes.count else { throw JSONError(.trailing, at: at) }
        return result
    }

    private mutating func skipSpace() {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x09, 0x0a, 0x0d: at += 1
            default: return
            }
        }
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSON {
        skipSpace()
        guard at < bytes.count else { throw JSONError(.syntax, at: at) }
        switch bytes[at] {
        case 0x7b: return try object(depth: depth)
        case 0x5b: return try array(depth: depth)
        case 0x22: return .string(try string())
        case 0x74: return try literal("true", .bool(true))
        case 0x66: return try literal("false", .bool(false))
        case 0x6e: return try literal("null", .null)
        default: return try number()
        }
    }

    private mutating func literal(_ text: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        let count = text.utf8CodeUnitCount
        guard at + count <= bytes.count else { throw JSONError(.syntax, at: at) }
        for index in 0..<count where bytes[at + index] != text.utf8Start[index] { throw JSONError(.syntax, at: at) }
        at += count
        return value
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSON {
        guard depth <= Limits.jsonDepth else { throw JSONError(.tooDeep, at: at) }
        at += 1
        var members: [(name: String, value: JSON)] = []
        skipSpace()
        if at < bytes.count, bytes[at] == 0x7d {
            at += 1
            return .object(JSONObject())
        }
        var seen: Set<JSONName> = []
        while true {
            skipSpace()
            let start = at
            guard at < bytes.count, bytes[at] == 0x22 else { throw JSONError(.syntax, at: at) }
            let name = try string()
            if try isRepeated(name, in: members, &seen) { throw JSONError(.duplicateName, at: start) }
            skipSpace()
            guard at < bytes.count, bytes[at] == 0x3a else { throw JSONError(.syntax, at: at) }
            at += 1
            members.append((name, try value(depth: depth + 1)))
            if try endOfList(0x7d) { return .object(JSONObject(members)) }
        }
    }

    /// Few members are compared one by one; many go through a set, so that a hostile object costs no more.
    private func isRepeated(
        _ name: String, in members: [(name: String, value: JSON)], _ seen: inout Set<JSONName>
    ) throws(JSONError) -> Bool {
        let name = JSONName(name)
        if members.count < 16 { return members.contains { JSONName($0.name) == name } }
        if seen.isEmpty { for member in members { seen.insert(JSONName(member.name)) } }
        return !seen.insert(name).inserted
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSON {
        guard depth <= Limits.jsonDepth else { throw JSONError(.tooDeep, at: at) }
        at += 1
        var items: [JSON] = []
        skipSpace()
        if at < bytes.count, bytes[at] == 0x5d {
            at += 1
            return .array([])
        }
        while true {
            items.append(try value(depth: depth + 1))
            if try endOfList(0x5d) { return .array(items) }
        }
    }

    private mutating func endOfList(_ close: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        guard at < bytes.count else { throw JSONError(.syntax, at: at) }
        let byte = bytes[at]
        guard byte == close || byte == 0x2c else { throw JSONError(.syntax, at: at) }
        at += 1
        return byte == close
    }

    private mutating func number() throws(JSONError) -> JSON {
        let start = at
        if at < bytes.count, bytes[at] == 0x2d { at += 1 }
        let firstDigit = at
        let digits = skipDigits()
        guard digits > 0, digits == 1 || bytes[firstDigit] != 0x30 else { throw JSONError(.syntax, at: start) }
        var isInteger = true
        if at < bytes.count, bytes[at] == 0x2e {
            at += 1
            isInteger = false
            guard skipDigits() > 0 else { throw JSONError(.syntax, at: start) }
        }
        if at < bytes.count, bytes[at] | 0x20 == 0x65 {
            at += 1
            isInteger = false
            if at < bytes.count, bytes[at] == 0x2b || bytes[at] == 0x2d { at += 1 }
            guard skipDigits() > 0 else { throw JSONError(.syntax, at: start) }
        }
        // Eighteen digits always fit; what is longer is left to the reader of numbers.
        if isInteger, digits <= 18 { return .int(integer(from: firstDigit, isNegative: firstDigit > start)) }
        let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<at]), as: UTF8.self)
        if isInteger, let value = Int64(text) { return .int(value) }
        guard let value = Double(text), value.isFinite else { throw JSONError(.numberTooLarge, at: start) }
        return .double(value)
    }

    /// The value of the digits from there up to `at`.
    private func integer(from start: Int, isNegative: Bool) -> Int64 {
        var value: Int64 = 0
        for index in start..<at { value = value * 10 + Int64(bytes[index] - 0x30) }
        return isNegative ? -value : value
    }

    private mutating func skipDigits() -> Int {
        let start = at
        while at < bytes.count, bytes[at] >= 0x30, bytes[at] <= 0x39 { at += 1 }
        return at - start
    }

    /// The string whose opening quote is at `at`.
    private mutating func string() throws(JSONError) -> String {
        at += 1
        let start = at
        var all: UInt8 = 0
        while at < bytes.count, bytes[at] != 0x22, bytes[at] != 0x5c, bytes[at] >= 0x20 {
            all |= bytes[at]
            at += 1
        }
        guard at < bytes.count, bytes[at] >= 0x20 else { throw JSONError(.syntax, at: at) }
        if bytes[at] == 0x22 {
            let slice = UnsafeBufferPointer(rebasing: bytes[start..<at])
            at += 1
            // ASCII is UTF-8 already, and nearly everything is ASCII.
            return all < 0x80 ? String(decoding: slice, as: UTF8.self) : try checked(slice, from: start)
        }
        var text = Array(bytes[start..<at])
        while true {
            guard at < bytes.count, bytes[at] >= 0x20 else { throw JSONError(.syntax, at: at) }
            let byte = bytes[at]
            at += 1
            if byte == 0x22 { break }
            if byte == 0x5c { try escape(into: &text) } else { text.append(byte) }
        }
        return try text.withUnsafeBufferPointerTyped { (slice) throws(JSONError) in try checked(slice, from: start) }
    }

    private func checked(_ slice: UnsafeBufferPointer<UInt8>, from start: Int) throws(JSONError) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else { throw JSONError(.invalidUTF8, at: start) }
        return text
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        guard at < bytes.count else { throw JSONError(.syntax, at: at) }
        let byte = bytes[at]
        at += 1
        switch byte {
        case 0x22, 0x5c, 0x2f: text.append(byte)
        case 0x62: text.append(0x08)
        case 0x66: text.append(0x0c)
        case 0x6e: text.append(0x0a)
        case 0x72: text.append(0x0d)
        case 0x74: text.append(0x09)
        case 0x75: text.append(contentsOf: String(try unicodeEscape()).utf8)
        default: throw JSONError(.syntax, at: at - 1)
        }
    }

    private mutating func unicodeEscape() throws(JSONError) -> Character {
        let start = at
        let high = try hexadecimal()
        if let scalar = Unicode.Scalar(high) { return Character(scalar) }
        guard high & 0xfc00 == 0xd800, at + 1 < bytes.count, bytes[at] == 0x5c, bytes[at + 1] == 0x75 else {
            throw JSONError(.loneSurrogate, at: start)
        }
        at += 2
        let low = try hexadecimal()
        guard low & 0xfc00 == 0xdc00,
            let scalar = Unicode.Scalar(0x10000 + ((high & 0x3ff) << 10) + (low & 0x3ff))
        else { throw JSONError(.loneSurrogate, at: start) }
        return Character(scalar)
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        guard at + 4 <= bytes.count else { throw JSONError(.syntax, at: at) }
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = bytes[at]
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x46: digit = byte - 0x37
            case 0x61...0x66: digit = byte - 0x57
            default: throw JSONError(.syntax, at: at)
            }
            value = value << 4 | UInt32(digit)
            at += 1
        }
        return value
    }
}

extension [UInt8] {
    fileprivate func withUnsafeBufferPointerTyped<R>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(JSONError) -> R
    ) throws(JSONError) -> R {
        try withUnsafeBufferPointer(body)
    }
}

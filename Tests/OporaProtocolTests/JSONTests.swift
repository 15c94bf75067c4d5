import Foundation
import OporaProtocol
import Testing

@Suite("JSON")
struct JSONTests {
    @Test("Names are told apart by their bytes, however many there are", arguments: [0, 40])
    func names(others: Int) throws {
        let rest = (0..<others).map { "\"\($0)\":0," }.joined()
        let value = try JSON(parsing: "{\(rest)\"\u{e9}\":1,\"e\u{301}\":2}")
        #expect(value.object?.members.count == others + 2)
        #expect(value == (try JSON(parsing: "{\"e\u{301}\":2,\"\u{e9}\":1\(others > 0 ? "," : "")\(rest.dropLast())}")))
        #expect(value != (try JSON(parsing: "{\(rest)\"\u{e9}\":2,\"e\u{301}\":1}")))
        #expect(throws: JSONError.self) { try JSON(parsing: "{\(rest)\"\u{e9}\":1,\"\u{e9}\":2}") }
    }

    @Test("Objects are equal whatever the order of their members, and have the same hash")
    func equality() {
        func object(_ numbers: some Sequence<Int>) -> JSON { .object(JSONObject(numbers.map { ("\($0)", .int(Int64($0 / 2))) })) }
        let all = object(0..<3000)
        let turned = object((0..<3000).reversed())
        #expect(all == turned && all.hashValue == turned.hashValue)
        #expect(all != object(1..<3001) && all != object(0..<2999))
        #expect(object([1, 2, 3]) == object([1, 3, 2]) && object([1, 2]) != object([1, 3]))
    }

    @Test(
        "Faults are named",
        arguments: [
            ("", JSONError.Fault.syntax), ("{", .syntax), ("{\"a\":1,}", .syntax), ("[1,]", .syntax), ("01", .syntax),
            ("1.", .syntax),
            ("-", .syntax), ("1e", .syntax), ("NaN", .syntax), ("Infinity", .syntax), ("nul", .syntax), ("\"a", .syntax),
            ("\"\\x\"", .syntax), ("\"\\u12g4\"", .syntax), ("\"a\nb\"", .syntax), ("{a:1}", .syntax), ("'a'", .syntax),
            ("{\"a\" 1}", .syntax), ("\u{FEFF}{}", .syntax), ("{}{}", .trailing), ("1 2", .trailing), ("{} x", .trailing),
            ("{\"a\":1,\"a\":2}", .duplicateName), ("\"\\ud800\"", .loneSurrogate), ("\"\\udc00\"", .loneSurrogate),
            ("\"\\ud800\\u0041\"", .loneSurrogate), ("1e999", .numberTooLarge),
            (String(repeating: "[", count: 65) + String(repeating: "]", count: 65), .tooDeep),
        ])
    func faults(text: String, fault: JSONError.Fault) {
        #expect(throws: JSONError.self) { try JSON(parsing: text) }
        do { _ = try JSON(parsing: text) } catch { #expect(error.fault == fault) }
    }

    @Test(
        "Bytes that are no UTF-8 are refused",
        arguments: [[0x22, 0xff, 0xfe, 0x22], [0x22, 0xc0, 0x80, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22]] as [[UInt8]])
    func utf8(bytes: [UInt8]) {
        do {
            _ = try JSONParser.parse(bytes)
            Issue.record("\(bytes) was read")
        } catch { #expect(error.fault == .invalidUTF8) }
    }

    @Test("Values are read as they are meant")
    func values() throws {
        #expect(
            try JSON(parsing: " {\"a\" : [1, -2.5, true, null, \"\\u00e9\\n\\ud83d\\ude00/\\/\"] } ")
                == ["a": [1, -2.5, true, .null, "é\n😀//"]])
        #expect(try JSON(parsing: "9007199254740993") == .int(9_007_199_254_740_993))
        #expect(try JSON(parsing: "9223372036854775808") == .double(9_223_372_036_854_775_808))
        #expect(try JSON(parsing: "1e2") == .double(100))
        let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(try JSON(parsing: deep).text == deep)
    }

    @Test("What is written is read back, by us and by Foundation")
    func roundTrip() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let value = Self.value(depth: 0, &random)
            #expect(try JSONParser.parse(value.bytes) == value)
            let other = try JSONSerialization.jsonObject(with: Data(value.bytes), options: [.fragmentsAllowed])
            let again = try JSONSerialization.data(withJSONObject: other, options: [.fragmentsAllowed])
            #expect(try Self.normalized(JSONParser.parse([UInt8](again))) == Self.normalized(value))
        }
    }

    @Test("Mutated texts never crash, and what Foundation reads without our extra rules is read")
    func mutations() throws {
        var random = SystemRandomNumberGenerator()
        let seed = Array(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ticket.create\",\"params\":{\"subject\":\"Принтер \\u0041\",\"n\":[1,2.5e3,null]}}"
                .utf8)
        for _ in 0..<5000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: at)
                default: bytes.insert(UInt8.random(in: 0x20...0x7e, using: &random), at: at)
                }
            }
            if let value = try? JSONParser.parse(bytes) {
                #expect(
                    (try? JSONSerialization.jsonObject(with: Data(bytes), options: [.fragmentsAllowed])) != nil, "\(value.text)")
            }
        }
    }

    /// Foundation writes 2.0 as 2: compare numbers by value.
    static func normalized(_ value: JSON) -> JSON {
        switch value {
        case .int(let number): .double(Double(number))
        case .array(let items): .array(items.map(normalized))
        case .object(let object): .object(JSONObject(object.members.map { ($0.name, normalized($0.value)) }))
        case .null, .bool, .double, .string: value
        }
    }

    static func value(depth: Int, _ random: inout SystemRandomNumberGenerator) -> JSON {
        switch Int.random(in: 0..<(depth > 3 ? 5 : 7), using: &random) {
        case 0: .null
        case 1: .bool(Bool.random(using: &random))
        case 2: .int(Int64.random(in: -(1 << 50)...(1 << 50), using: &random))
        case 3: .double(Double(Int.random(in: -100_000...100_000, using: &random)) / 64 + 1 / 128)
        case 4:
            .string(
                String(
                    (0..<Int.random(in: 0...12, using: &random)).map { _ in
                        "aЯ\"\\\n\u{1}😀/é".randomElement(using: &random) ?? "x"
                    }))
        case 5: .array((0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth: depth + 1, &random) })
        default:
            .object(JSONObject((0..<Int.random(in: 0...20, using: &random)).map { ("n\($0)", value(depth: depth + 1, &random)) }))
        }
    }

    @Test(
        "A string that ends with a number",
        arguments: [
            ("", 7, 1, #""7""#), ("a.", 0, 1, #""a.0""#), ("", 42, 20, #""00000000000000000042""#), ("\"", 5, 3, #""\"005""#),
            ("", .max, 20, #""09223372036854775807""#), ("", .min, 20, #""-09223372036854775808""#),
        ] as [(String, Int64, Int, String)])
    func numberedStrings(prefix: String, number: Int64, width: Int, expected: String) throws {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("a", prefix, number: number, width: width)
        writer.member("b", Int64(1))
        writer.endObject()
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"{"a":\#(expected),"b":1}"#)
        _ = try JSONParser.parse(writer.bytes)
    }
}

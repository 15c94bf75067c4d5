import Testing

@testable import opora

@Suite("CSV")
struct CSVReaderTests {
    /// What a reader makes of a text: rows as `line:a|b`, faults as `line!fault`.
    static func read(_ source: MemorySource, rowBytes: Int = 1000, chunkBytes: Int = 64) throws -> [String] {
        var reader = CSVReader(source, rowBytes: rowBytes, chunkBytes: chunkBytes)
        var out: [String] = []
        while true {
            switch try reader.next() {
            case .row(let row): out.append("\(row.line):" + (0..<row.count).map(row.text).joined(separator: "|"))
            case .bad(let line, let fault): out.append("\(line)!\(fault)")
            case .end: return out
            }
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var rows: [String]
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "plain", text: "a,b\n1,2\n", rows: ["1:a|b", "2:1|2"]),
        Case(name: "no line feed at the end", text: "a,b\n1,2", rows: ["1:a|b", "2:1|2"]),
        Case(name: "CRLF", text: "a,b\r\n1,2\r\n", rows: ["1:a|b", "2:1|2"]),
        Case(name: "BOM", text: "\u{feff}a,b\n1,2", rows: ["1:a|b", "2:1|2"]),
        Case(name: "nothing", text: "", rows: []),
        Case(name: "BOM alone", text: "\u{feff}", rows: []),
        Case(name: "empty fields", text: "a,b\n,\n", rows: ["1:a|b", "2:|"]),
        Case(name: "empty lines are passed over and counted", text: "a,b\n\n\r\n1,2\n", rows: ["1:a|b", "4:1|2"]),
        Case(name: "quotes", text: "a,b\n\"1,\"\"x\"\"\",\"\"\n", rows: ["1:a|b", "2:1,\"x\"|"]),
        Case(name: "line feed in quotes", text: "a,b\n\"1\n2\",3\n4,5\n", rows: ["1:a|b", "2:1\n2|3", "4:4|5"]),
        Case(name: "CRLF in quotes", text: "a,b\r\n\"1\r\n2\",3\r\n", rows: ["1:a|b", "2:1\r\n2|3"]),
        Case(name: "CR inside a field", text: "a,b\n1\r1,2\n", rows: ["1:a|b", "2:1\r1|2"]),
        Case(name: "one column, quoted and empty", text: "a\n\"\"\nx\n", rows: ["1:a", "2:", "3:x"]),
        Case(name: "too few columns", text: "a,b\n1\n3,4\n", rows: ["1:a|b", "2!columns(found: 1, wanted: 2)", "3:3|4"]),
        Case(name: "too many columns", text: "a,b\n1,2,3\n3,4\n", rows: ["1:a|b", "2!columns(found: 3, wanted: 2)", "3:3|4"]),
        Case(name: "quote inside a field", text: "a,b\n1\"x,2\n3,4\n", rows: ["1:a|b", "2!strayQuote", "3:3|4"]),
        Case(name: "text after a quote", text: "a,b\n\"1\"x,2\n3,4\n", rows: ["1:a|b", "2!strayQuote", "3:3|4"]),
        Case(
            name: "open quote costs its own line", text: "a,b\n\"1,2\n3,4\n5,6\n",
            rows: ["1:a|b", "2!openQuote", "3:3|4", "4:5|6"]),
        Case(
            name: "open quote closed by a later one", text: "a,b\n\"1,2\n3,\"4\"\n5,6\n",
            rows: ["1:a|b", "2!strayQuote", "3:3|4", "4:5|6"]),
        Case(name: "Cyrillic", text: "имя,б\nАнна,2\n", rows: ["1:имя|б", "2:Анна|2"]),
    ]

    @Test("Each text is read the same however its bytes arrive", arguments: cases)
    func texts(_ item: Case) throws {
        for portion in [1, 2, 3, 7, 1000] {
            for chunk in [1, 5, 4096] {
                #expect(try Self.read(MemorySource(item.text, portion: portion), chunkBytes: chunk) == item.rows)
            }
        }
    }

    @Test("Bytes that are not UTF-8 cost their row")
    func notUTF8() throws {
        let bytes = Array("a,b\n1,".utf8) + [0xff, 0x0a] + Array("3,4\n".utf8)
        #expect(try Self.read(MemorySource(bytes: bytes)) == ["1:a|b", "2!notUTF8", "3:3|4"])
    }

    @Test("A row that is too long is passed over without being kept")
    func tooLong() throws {
        let text = "a,b\n" + String(repeating: "x", count: 5000) + ",1\n3,4\n"
        #expect(try Self.read(MemorySource(text)) == ["1:a|b", "2!tooLong(bytes: 1000)", "3:3|4"])
        #expect(try Self.read(MemorySource(String(text.dropLast(6)))) == ["1:a|b", "2!tooLong(bytes: 1000)"])
        let open = "a,b\n\"" + String(repeating: "x\n", count: 2000)
        let rows = try Self.read(MemorySource(open))
        #expect(rows.prefix(3) == ["1:a|b", "2!openQuote", "3!columns(found: 1, wanted: 2)"])
        #expect(rows.count == 2001)
    }

    @Test("What is written by the rules is read back", arguments: 1...40)
    func roundTrip(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let alphabet: [Character] = ["a", "ж", ",", "\"", "\n", "\r", " ", "漢", "?"]
        let rows = (0..<20).map { _ in
            (0..<3).map { _ in String((0..<Int(random.next() % 6)).map { _ in alphabet[Int(random.next() % 9)] }) }
        }
        let text = rows.map { $0.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") }.joined(
            separator: "\r\n")
        let read = try Self.read(MemorySource(text, portion: Int(random.next() % 9) + 1)).map {
            String($0.drop { $0 != ":" }.dropFirst())
        }
        #expect(read == rows.map { $0.joined(separator: "|") })
    }

    @Test("Random bytes never stop the reader, and every line is accounted for", arguments: 1...40)
    func randomBytes(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let alphabet: [UInt8] = [0x22, 0x2c, 0x0a, 0x0d, 0x61, 0xff, 0xd0, 0xb6]
        let bytes = Array("h,h\n".utf8) + (0..<2000).map { _ in alphabet[Int(random.next() % 8)] }
        var reader = CSVReader(MemorySource(bytes: bytes, portion: 17), rowBytes: 200, chunkBytes: 31)
        var last = 0
        while true {
            let item = try reader.next()
            if item == .end { break }
            switch item {
            case .row(let row):
                #expect(row.count == 2 && row.line > last)
                last = row.line
            case .bad(let line, _):
                #expect(line > last)
                last = line
            case .end: break
            }
        }
        #expect(reader.bytesDone == bytes.count)
    }
}

/// Reproducible random numbers.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
        return value ^ value >> 31
    }
}

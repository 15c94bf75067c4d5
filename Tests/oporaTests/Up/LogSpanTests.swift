import OporaPluginKit
import Testing

@testable import opora

@Suite("The span of an incident log") struct LogSpanTests {
    private static let head = IncidentRow.columns

    /// A line with these times and nothing else.
    private static func line(opened: String, updated: String) -> String {
        let cells = head.split(separator: ",").map { $0 == "opened_at" ? opened : $0 == "sys_updated_at" ? updated : "?" }
        return cells.joined(separator: ",")
    }

    private static func span(_ lines: [String]) throws -> LogSpan {
        try LogSpan(BytesSource(bytes: Array(lines.map { $0 + "\r\n" }.joined().utf8)))
    }

    @Test("First and last call and the last update are found, wherever they stand")
    func span() throws {
        let span = try Self.span([
            Self.head, Self.line(opened: "2/3/2016 09:00", updated: "5/3/2016 10:00"),
            Self.line(opened: "29/2/2016 01:16", updated: "1/3/2016 00:00"), Self.line(opened: "?", updated: "9/9/2016 00:00"),
            "short",
        ])
        #expect(span.firstCall == LocalTime("2016-02-29T01:16"))
        #expect(span.lastCall == LocalTime("2016-03-02T09:00"))
        #expect(span.end == LocalTime("2016-03-05T10:00"))
    }

    @Test(
        "What is no incident log is refused", arguments: [[], ["a,b", "1,2"], [head], [head, line(opened: "x", updated: "y")]])
    func refused(lines: [String]) {
        #expect(throws: Failure.self) { try Self.span(lines) }
    }

    @Test("A made-up log and its CSV have the same span, which ends on the morning of the export")
    func made() throws {
        let log = IncidentGenerator(seed: 1, tickets: 300)
        let span = try #require(LogSpan(rows: log.rows()))
        #expect(try LogSpan(BytesSource(bytes: Array(log.csv().utf8))) == span)
        #expect(span.firstCall.date >= IncidentGenerator.firstDay && span.lastCall < span.end)
        #expect(span.end.millisecondsOfDay < 10 * 3_600_000)
    }
}

/// Bytes in memory.
private struct BytesSource: ByteSource {
    var bytes: [UInt8]

    mutating func read(_ count: Int, into buffer: inout [UInt8]) throws(ReadFault) -> Bool {
        buffer.append(contentsOf: bytes.prefix(count))
        defer { bytes.removeFirst(min(count, bytes.count)) }
        return !bytes.isEmpty
    }
}

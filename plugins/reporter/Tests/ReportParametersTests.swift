import OporaPluginKit
import Testing

@testable import reporter

@Suite struct ReportParametersTests {
    private static let names = ["from", "to", "zone", "language"]
    private let zones = SystemZones()

    private func range(_ params: JSON) throws -> TimeRange {
        let parameters = try ReportParameters(params, Self.names, zones)
        return try parameters.range(try parameters.zone())
    }

    @Test(arguments: [
        ("2016-03-01", "UTC", "2016-03-01T00:00:00.000Z"),
        ("2016-03-01", "Europe/Moscow", "2016-02-29T21:00:00.000Z"),
        ("2016-03-01T08:30", "Europe/Moscow", "2016-03-01T05:30:00.000Z"),
        ("2016-03-01T08:30:15", "Europe/Moscow", "2016-03-01T05:30:15.000Z"),
        ("2016-03-01T08:30:00Z", "Europe/Moscow", "2016-03-01T08:30:00.000Z"),
        ("2016-03-01T08:30:00.5+03:00", "UTC", "2016-03-01T05:30:00.500Z"),
        // In the spring gap: forward by the gap. In the autumn hour that comes twice: the first time.
        ("2016-03-27T02:30", "Europe/Berlin", "2016-03-27T01:30:00.000Z"),
        ("2016-10-30T02:30", "Europe/Berlin", "2016-10-30T00:30:00.000Z"),
    ])
    func `times are read in the zone`(_ text: String, _ zone: String, _ expected: String) throws {
        #expect(try range(["from": .string(text), "to": "2030-01-01", "zone": .string(zone)]).from.text == expected)
    }

    @Test(
        arguments: [
            ([:], "/zone", "required"),
            (["zone": "UTC"], "/from", "required"),
            (["zone": "UTC", "from": "2016-03-01", "to": .null], "/to", "required"),
            (["zone": "UTC", "from": 5, "to": "2016-03-01"], "/from", "type"),
            (["zone": "UTC", "from": "yesterday", "to": "2016-03-01"], "/from", "format"),
            (["zone": "UTC", "from": "2016-02-30", "to": "2016-03-01"], "/from", "format"),
            (["zone": "Mars/Olympus", "from": "2016-03-01", "to": "2016-03-02"], "/zone", "format"),
            (["zone": "../etc/passwd", "from": "2016-03-01", "to": "2016-03-02"], "/zone", "format"),
            (["zone": "UTC", "from": "2016-03-02", "to": "2016-03-01"], "/to", "range"),
            (["zone": "UTC", "from": "2016-03-01", "to": "2016-03-02", "till": 1], "/till", "unknown"),
        ] as [(JSON, String, String)])
    func `wrong parameters are named`(_ params: JSON, _ path: String, _ rule: String) throws {
        let error = try #require(throws: RPCError.self) { try range(params) }
        #expect(error.code == .invalidParams)
        let detail = error.data["details"]?.array?.first
        #expect(detail?["path"]?.string == path)
        #expect(detail?["rule"]?.string == rule)
    }

    @Test func `a range may be empty, and _meta is nobody's parameter`() throws {
        let range = try range(["from": "2016-03-01", "to": "2016-03-01", "zone": "UTC", "_meta": ["deadline_ms": 5]])
        #expect(range.milliseconds == 0)
    }

    @Test(arguments: [("en", .english), ("ru", .russian), (nil, .english)] as [(String?, Language)])
    func `the language is English unless another is named`(_ text: String?, _ expected: Language) throws {
        #expect(try ReportParameters(["language": .optional(text)], Self.names, zones).language() == expected)
    }

    @Test func `an unknown language is refused`() throws {
        let error = try #require(throws: RPCError.self) {
            try ReportParameters(["language": "tlh"], Self.names, zones).language()
        }
        #expect(error.data["details"]?.array?.first?["rule"] == "enum")
    }

    @Test func `a range that ends in the future ends now`() throws {
        let params: JSON = ["from": "2026-11-01", "to": "2026-12-01", "zone": "UTC"]
        let parameters = try ReportParameters(params, ["from", "to", "zone"], SystemZones())
        let now = try #require(Timestamp("2026-11-22T10:00:00Z"))
        #expect(try parameters.range(.utc, now: now).to == now)
        #expect(
            try parameters.range(.utc, now: try #require(Timestamp("2026-10-01T00:00:00Z"))).to
                == Timestamp("2026-11-01T00:00:00Z"))
        #expect(try parameters.range(.utc, now: .latest).to == Timestamp("2026-12-01T00:00:00Z"))
    }
}

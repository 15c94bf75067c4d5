import Foundation
import OporaTime
import Testing

@Suite("Time zones")
struct ZoneTests {
    static let zones = SystemZones()

    static func instant(_ zone: String, _ wall: String) throws -> String {
        let rules = try #require(zones.zone(zone))
        return rules.instant(of: try #require(LocalTime(wall))).text
    }

    @Test(
        "Wall times become instants",
        arguments: [
            ("Europe/Berlin", "2022-03-27T01:59", "2022-03-27T00:59:00.000Z"),
            // Inside the spring gap: forward by the gap.
            ("Europe/Berlin", "2022-03-27T02:05:12", "2022-03-27T01:05:12.000Z"),
            ("Europe/Berlin", "2022-03-27T03:00", "2022-03-27T01:00:00.000Z"),
            // Twice in autumn: the first.
            ("Europe/Berlin", "2022-10-30T02:30", "2022-10-30T00:30:00.000Z"),
            // A midnight that does not exist.
            ("America/Sao_Paulo", "2015-10-18T00:00", "2015-10-18T03:00:00.000Z"),
            // A whole day that does not exist.
            ("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T22:00:00.000Z"),
            ("Pacific/Apia", "2011-12-31T00:00", "2011-12-30T10:00:00.000Z"),
            ("Asia/Kolkata", "2023-10-10T09:00", "2023-10-10T03:30:00.000Z"),
            // Half an hour of summer time.
            ("Australia/Lord_Howe", "2023-01-10T09:00", "2023-01-09T22:00:00.000Z"),
            ("Australia/Lord_Howe", "2023-07-10T09:00", "2023-07-09T22:30:00.000Z"),
            // Beyond the table of the file: by its rule.
            ("Europe/Berlin", "2090-07-01T12:00", "2090-07-01T10:00:00.000Z"),
            ("America/New_York", "2090-01-01T12:00", "2090-01-01T17:00:00.000Z"),
            ("Europe/Moscow", "2090-07-01T12:00", "2090-07-01T09:00:00.000Z"),
        ])
    func wallTimes(zone: String, wall: String, expected: String) throws { #expect(try Self.instant(zone, wall) == expected) }

    @Test(
        "Offsets agree with Foundation's zone data",
        arguments: [
            "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Australia/Lord_Howe", "Europe/Moscow",
            "Africa/Casablanca", "Asia/Tehran", "Pacific/Apia", "Pacific/Chatham",
        ])
    func foundation(name: String) throws {
        let rules = try #require(Self.zones.zone(name))
        let other = try #require(TimeZone(identifier: name))
        // 1975 to 2021: later years depend on how fresh each side's tables are.
        for hour in stride(from: Int64(157_766_400), to: 1_609_459_200, by: 3600 * 7 + 60) {
            #expect(
                rules.offset(at: Timestamp(hour * 1000)) == other.secondsFromGMT(for: Date(timeIntervalSince1970: Double(hour))))
        }
    }

    @Test(
        "What is no zone is none", arguments: ["", "Nowhere/Land", "../../etc/passwd", "/etc/passwd", "Europe", "Europe/Ber lin"])
    func unknown(name: String) { #expect(Self.zones.zone(name) == nil) }

    @Test("Every zone of the machine can be read")
    func all() throws {
        let folder = "/usr/share/zoneinfo"
        let table = try String(contentsOfFile: "\(folder)/tzdata.zi", encoding: .utf8)
        let names = table.split(separator: "\n").filter { $0.hasPrefix("Z ") }.compactMap {
            $0.split(separator: " ").dropFirst().first
        }
        #expect(names.count > 300)
        for name in names { #expect(Self.zones.zone(String(name)) != nil, "\(name)") }
    }

    @Test("Damaged files are refused, never a crash")
    func damaged() throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/Europe/Berlin")))
        #expect(TZif.parse(bytes, name: "x") != nil)
        for cut in stride(from: 0, to: bytes.count, by: 3) { _ = TZif.parse(Array(bytes[..<cut]), name: "x") }
        #expect(TZif.parse(Array(bytes[..<40]), name: "x") == nil)
        #expect(TZif.parse([], name: "x") == nil)
        // Each byte in turn: counts, far futures, wrong indexes.
        for at in bytes.indices {
            var copy = bytes
            copy[at] = 0x7f
            _ = TZif.parse(copy, name: "x")
        }
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            var copy = bytes
            copy[Int.random(in: 0..<copy.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            _ = TZif.parse(copy, name: "x")
        }
    }
}

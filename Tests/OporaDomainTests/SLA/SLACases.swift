import Foundation
import OporaDomain
import OporaProtocol
import OporaTime
import Testing

/// The SLA cases from other products' own tests. They lie beside the repository, not in it; where they are absent, the
/// suites that need them say so and are skipped.
enum SLACases {
    static let zones = SystemZones()

    static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../shared/cases/sla-cases.json").standardizedFileURL

    static var isThere: Bool { FileManager.default.fileExists(atPath: file.path) }

    static func load(kinds: Set<String>) -> [JSON] {
        guard let data = try? Data(contentsOf: file), let all = try? JSONParser.parse([UInt8](data)) else { return [] }
        return (all["cases"]?.array ?? []).filter { kinds.contains($0["kind"]?.string ?? "") }
    }

    static func calendar(_ name: String) throws -> BusinessCalendar {
        let all = try JSONParser.parse([UInt8](try Data(contentsOf: file)))
        var schedule = try #require(all["schedules"]?[name]?.object)
        schedule["zone"] = schedule["tz"]
        let spec = try CalendarSpec(reading: schedule)
        return BusinessCalendar(spec, zone: try #require(zones.zone(spec.zone)))
    }

    static func time(_ value: JSON?) throws -> Timestamp { try #require(value?.string.flatMap { Timestamp($0) }) }
}

@Suite("SLA cases of other products", .enabled(if: SLACases.isThere, "shared/cases/sla-cases.json is not beside the repository"))
struct SLACaseTests {
    @Test("Deadlines, with and without pauses")
    func deadlines() throws {
        var count = 0
        for item in SLACases.load(kinds: ["deadline", "deadline_paused"]) {
            let name = item["id"]?.string ?? "?"
            let calendar = try SLACases.calendar(item["schedule"]?.string ?? "")
            let pauses = try (item["pauses"]?.array ?? []).map { pause in
                Span(start: try SLACases.time(pause.array?.first), end: try SLACases.time(pause.array?.last))
            }
            let due = try calendar.due(
                start: try SLACases.time(item["start"]), budget: (item["seconds"]?.int ?? 0) * 1000, pauses: pauses)
            // Zendesk and Zammad put a target that is used up exactly at close at the next opening; ours is due at close.
            if item["boundary_convention"]?.string == "next_open" { continue }
            #expect(due == (try SLACases.time(item["expect"])), "\(name) \(item["name"]?.string ?? "")")
            count += 1
        }
        #expect(count >= 70)
    }

    @Test("Elapsed working time")
    func elapsed() throws {
        for item in SLACases.load(kinds: ["elapsed"]) {
            let calendar = try SLACases.calendar(item["schedule"]?.string ?? "")
            let worked = calendar.worked(from: try SLACases.time(item["start"]), to: try SLACases.time(item["end"]))
            #expect(
                worked == (item["expect_seconds"]?.int ?? -1) * 1000, "\(item["id"]?.string ?? "") \(item["name"]?.string ?? "")")
        }
    }

    @Test("Wall times")
    func wallTimes() throws {
        for item in SLACases.load(kinds: ["wall_to_instant"]) {
            let zone = try #require(SLACases.zones.zone(item["tz"]?.string ?? ""))
            let wall = try #require(LocalTime(item["wall"]?.string ?? ""))
            #expect(zone.instant(of: wall) == (try SLACases.time(item["expect"])), "\(item["id"]?.string ?? "")")
        }
    }
}

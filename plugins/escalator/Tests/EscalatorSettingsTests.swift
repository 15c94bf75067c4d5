import Foundation
import OporaPluginKit
import Testing

@testable import escalator

@Suite("The escalator's settings and manifest")
struct EscalatorSettingsTests {
    private func config(_ yaml: String) throws -> Config {
        try Config(file: "escalator.yaml", yaml: yaml, environment: [:], flags: [])
    }

    @Test func withoutAFileTheDefaultsHold() throws {
        let config = try config("zone: UTC")
        #expect(EscalatorSettings(config) == EscalatorSettings())
        try config.finish()
    }

    @Test func everythingCanBeSet() throws {
        let config = try config(
            """
            language: ru
            zone: Europe/Moscow
            on_warning: []
            on_breach: [note, raise_priority, note]
            untouched:
              minutes: 30
              calendar: C-4
              steps: [note]
            """)
        let settings = EscalatorSettings(config)
        try config.finish()
        #expect(settings.language == .ru)
        #expect(settings.zone.name == "Europe/Moscow")
        #expect(settings.onWarning.isEmpty)
        #expect(settings.onBreach == [.raisePriority, .note])
        #expect(settings.untouched == .init(minutes: 30, calendar: CalendarID(rawValue: 4), steps: [.note]))
    }

    @Test(arguments: ["untouched: {minutes: 0}", "untouched: {steps: []}"])
    func theWatchCanBeSwitchedOff(yaml: String) throws {
        #expect(EscalatorSettings(try config(yaml)).untouched == nil)
    }

    @Test(arguments: [
        ("on_breach: [page_the_boss]", "\"page_the_boss\" is none of raise_priority, assign_lead, note"),
        ("untouched: {calendar: C1}", "is no calendar's id"),
        ("zone: Mars/Base", "is no time zone"), ("ladder: 1", "no such setting"),
    ])
    func faultsAreTold(yaml: String, message: String) throws {
        let config = try config(yaml)
        _ = EscalatorSettings(config)
        let error = #expect(throws: ConfigProblems.self) { try config.finish() }
        #expect(error?.description.contains(message) == true)
    }

    @Test func theManifestFileIsThePluginsOwn() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../manifest.json")
        #expect(try JSON(parsing: String(contentsOf: file, encoding: .utf8)) == Escalator.manifest.json)
    }
}

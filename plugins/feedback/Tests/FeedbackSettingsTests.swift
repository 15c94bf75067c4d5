import Foundation
import OporaPluginKit
import Testing

@testable import feedback

@Suite("The collector's settings and manifest")
struct FeedbackSettingsTests {
    private func config(_ yaml: String) throws -> Config {
        try Config(file: "feedback.yaml", yaml: yaml, environment: [:], flags: [])
    }

    @Test func withoutAFileTheDefaultsHold() throws {
        let config = try config("")
        #expect(FeedbackSettings(config) == FeedbackSettings())
        try config.finish()
    }

    @Test func everythingCanBeSet() throws {
        let config = try config(
            """
            http: {host: "::1", port: 0}
            base_url: https://desk.example/feedback/
            language: ru
            ask_every_days: 0
            remind_after_hours: 24
            expire_after_days: 3
            """)
        let settings = FeedbackSettings(config)
        try config.finish()
        #expect(settings.baseURL == "https://desk.example/feedback")
        #expect(settings.language == .ru)
        #expect(settings.askEveryDays == 0)
        #expect(settings.expireAfterDays == 3)
    }

    @Test(arguments: [("127.0.0.1", "http://127.0.0.1:9"), ("::1", "http://[::1]:9")])
    func theAddressIsTheBoundOne(host: String, address: String) {
        var settings = FeedbackSettings()
        settings.host = host
        let page = PageAddress(settings)
        #expect(page.url == nil)
        page.serve(boundPort: 9)
        #expect(page.url == address)
        settings.baseURL = "https://desk.example"
        #expect(PageAddress(settings).url == "https://desk.example")
    }

    @Test(arguments: [
        ("base_url: desk.example", "is no address"), ("base_url: \"https://desk.example/?a=b\"", "is no address"),
        ("base_url: \"https://\"", "is no address"), ("http: {host: 0.0.0.0}", "no browser can open"),
        ("http: {port: 70000}", "0 to 65535"), ("expire_after_days: 2", "comes after the link expires"),
        ("colour: red", "no such setting"),
    ])
    func faultsAreTold(yaml: String, message: String) throws {
        let config = try config(yaml)
        _ = FeedbackSettings(config)
        let error = #expect(throws: ConfigProblems.self) { try config.finish() }
        #expect(error?.description.contains(message) == true)
    }

    @Test func theManifestFileIsThePluginsOwn() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../manifest.json")
        #expect(try JSON(parsing: String(contentsOf: file, encoding: .utf8)) == Feedback.manifest.json)
    }
}

import OporaPluginKit
import Testing

@testable import opora

@Suite("Status")
struct StatusReportTests {
    static let now = Timestamp(1_800_000_000_000)

    static func health(
        status: String = "ok", ready: Bool = true, sessions: [JSON] = [], consumers: [JSON] = [], problems: [JSON] = []
    ) -> JSON {
        [
            "status": .string(status), "ready": .bool(ready), "version": "1.2.3", "head_seq": 9,
            "started_at": .string((now - 60_000).text),
            "sessions": .array(sessions), "consumers": .array(consumers), "problems": .array(problems),
        ]
    }

    static func session(_ name: String, silent milliseconds: Int64 = 1000, health: JSON = [:]) -> JSON {
        [
            "name": .string(name), "version": "0.1", "since": .string((now - 60_000).text),
            "last_seen_at": .string((now - milliseconds).text), "health": health,
        ]
    }

    static func report(_ health: JSON, holders: [String] = []) -> StatusReport {
        let items = holders.map { JSON.object(JSONObject([("name", .string($0)), ("holder", "x/1")])) }
        return StatusReport(health: health, consumers: ["items": .array(items)], now: now)
    }

    @Test("All well")
    func well() {
        let report = Self.report(
            Self.health(sessions: [Self.session("notifier", health: ["sent": 3])], consumers: [["name": "notifier", "lag": 4]]))
        #expect(report.isWell)
        #expect(report.services.map(\.name) == ["kernel", "notifier"])
        #expect(report.services[1].lag == 4 && report.services[1].details == "sent=3")
    }

    @Test("What is not well shows")
    func unwell() {
        #expect(!Self.report(Self.health(status: "degraded")).isWell)
        #expect(!Self.report(Self.health(ready: false)).isWell)
        #expect(!Self.report(Self.health(problems: ["the disk is full"])).isWell)
        #expect(Self.report(Self.health(sessions: [Self.session("a", silent: 60_000)])).services[1].state == .silent)
        #expect(
            Self.report(Self.health(sessions: [Self.session("a", health: ["status": "degraded"])])).services[1].state == .degraded
        )
        #expect(Self.report([:]).services[0].state == .degraded)
    }

    @Test("A place in the log without a plugin is offline, unless somebody reads it")
    func consumers() {
        let health = Self.health(consumers: [["name": "script", "lag": 0], ["name": "gone", "lag": 7]])
        let report = Self.report(health, holders: ["script"])
        #expect(report.services.map(\.state) == [.well, .offline, .reading])
        #expect(report.services[1].name == "gone" && report.services[1].lag == 7)
        #expect(!report.isWell)
        #expect(StatusReport(health: health, consumers: nil, now: Self.now).services.map(\.state) == [.well, .offline, .offline])
    }

    @Test("A consumer that is given nothing shows, whether its plugin runs or not", arguments: ["paused", "lost"])
    func heldConsumers(state: String) {
        let consumers: [JSON] = ["running", "gone"].map { ["name": .string($0), "lag": 1, "state": .string(state)] }
        let report = Self.report(Self.health(sessions: [Self.session("running")], consumers: consumers), holders: ["gone"])
        let wanted: StatusReport.State = state == "lost" ? .lost : .paused
        #expect(report.services.map(\.state) == [.well, wanted, wanted])
        #expect(!report.isWell)
    }
}

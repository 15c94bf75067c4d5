import Foundation
import Logging
import OporaPluginKit
import Testing

@testable import feedback

/// Events, clocks and surveys for the tests.
enum Samples {
    static let start = Timestamp("2026-11-22T10:00:00.000Z") ?? .earliest
    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    static func days(_ count: Int64) -> Int64 { count * FeedbackSettings.dayMilliseconds }
    static func hours(_ count: Int64) -> Int64 { count * FeedbackSettings.hourMilliseconds }

    static func status(
        _ before: String, _ after: String, ticket: String = "T-1", seq: Int64, imported: Bool = false
    ) throws -> Event {
        let body: JSON = [
            "type": .string(EventType.ticketStatusChanged.cloudEventsType), "id": .string("log.\(seq)"),
            "time": .string(start.text), "subject": .string("ticket/\(ticket)"), "imported": imported ? true : nil,
            "data": [
                "ticket": .string(ticket), "before": ["status": .string(before), "reason": .null],
                "after": ["status": .string(after), "reason": .null],
            ],
        ]
        return try #require(Event(body: body, seq: seq, prev: seq - 1))
    }

    static func solved(_ ticket: String = "T-1", seq: Int64 = 10) throws -> Event {
        try status("open", "solved", ticket: ticket, seq: seq)
    }

    static func batch(_ events: [Event], logID: String = "log") -> EventBatch {
        EventBatch(events: events, position: LogPosition(logID: logID, epoch: 3, seq: events.last?.seq ?? 1))
    }
}

/// A folder for one test's files, taken away with it.
final class Scratch: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("feedback-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    var file: String { "\(path)/feedback.sqlite" }

    /// Opens the store as a fresh start of the plugin would.
    func store(_ settings: FeedbackSettings = FeedbackSettings()) throws -> SurveyStore {
        try SurveyStore(path: file, rules: SurveyRules(settings: settings))
    }

    /// A store with one survey whose link may be answered.
    func openSurvey() throws -> (store: SurveyStore, token: String) {
        let store = try store()
        _ = try store.take(Samples.batch([try Samples.solved()]), now: Samples.start)
        let token = SurveyToken.make()
        try store.open(try #require(try store.latest(TicketID(rawValue: 1))), requester: "U-5", token: token, now: Samples.start)
        return (store, token)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

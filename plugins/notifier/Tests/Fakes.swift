import Foundation
import Logging
import OporaPluginKit
import OporaPluginStore
import Synchronization

@testable import notifier

/// A kernel's answers, as the notifier asks for them.
final class FakeDesk: Sendable {
    private struct State {
        var answers: [String: JSON] = [:]
        var failure: CallError?
        var calls: [String] = []
    }
    private let state = Mutex(State())

    var desk: Desk {
        Desk { (method, params) async throws(CallError) in
            let id = ["ticket", "message", "user", "group"].compactMap { params[$0]?.string }.first ?? ""
            return try self.answer("\(method) \(id)")
        }
    }

    /// What was asked for so far.
    var calls: [String] { state.withLock { $0.calls } }

    /// Every call fails with this from now on; nil ends it.
    func fail(_ error: CallError?) { state.withLock { $0.failure = error } }

    func remove(_ call: String) { state.withLock { $0.answers[call] = nil } }

    private func answer(_ call: String) throws(CallError) -> JSON {
        let result: Result<JSON, CallError> = state.withLock { state in
            state.calls.append(call)
            if let failure = state.failure { return .failure(failure) }
            return state.answers[call].map { .success($0) } ?? .failure(.rejected(RPCError(.notFound, "no such thing")))
        }
        return try result.get()
    }

    func add(ticket id: String, subject: String = "Printer on fire", _ more: JSON = [:]) {
        var ticket = more.object ?? JSONObject()
        ticket["id"] = .string(id)
        ticket["subject"] = .string(subject)
        if ticket["priority"] == nil { ticket["priority"] = "high" }
        if ticket["created_at"] == nil { ticket["created_at"] = "2026-11-20T08:00:00.000Z" }
        state.withLock { $0.answers["ticket.get \(id)"] = ["ticket": .object(ticket)] }
    }

    func add(user id: String, name: String, email: String? = nil, language: String? = nil, _ more: JSON = [:]) {
        var user = more.object ?? JSONObject()
        user["id"] = .string(id)
        user["name"] = .string(name)
        user["email"] = .optional(email)
        user["language"] = .optional(language)
        if user["active"] == nil { user["active"] = true }
        state.withLock { $0.answers["user.get \(id)"] = ["user": .object(user)] }
    }

    func add(group id: String, name: String = "Hardware", lead: String? = nil, members: [String] = []) {
        let group: JSON = [
            "id": .string(id), "name": .string(name), "lead": .optional(lead), "members": .array(members.map { .string($0) }),
        ]
        state.withLock { $0.answers["group.get \(id)"] = ["group": group] }
    }

    func add(message id: String, of ticket: String, author: String, visibility: String = "public", text: String) {
        let message: JSON = [
            "id": .string(id), "ticket": .string(ticket), "author": .string(author), "visibility": .string(visibility),
            "text": .string(text),
        ]
        state.withLock {
            $0.answers["message.get \(id)"] = ["message": message]
            $0.answers["message.list \(ticket)"] = ["items": [message]]
        }
    }
}

/// A clock that stands until a test moves it.
final class ManualClock: Sendable {
    private let instant = Mutex(Timestamp(1_795_000_000_000))

    var now: Timestamp { instant.withLock { $0 } }
    var clock: Clock { Clock { self.now } }

    func advance(milliseconds: Int64) { instant.withLock { $0 = $0 + milliseconds } }
}

/// A folder that is gone with the test.
final class Scratch: Sendable {
    let path = FileManager.default.temporaryDirectory.appending(path: "notifier-\(UUID().uuidString)").path

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    func outbox() throws -> Outbox { try Outbox(path: "\(path)/notifier.sqlite") }
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
        return "\(path)/\(name)"
    }
}

/// An outlet that ends every try as a test says.
final class FakeOutlet: Outlet {
    private let outcomes: Mutex<[Outcome]>
    private let failure = Mutex<CallError?>(nil)
    private let seen = Mutex<[Int64]>([])

    init(_ outcomes: [Outcome]) { self.outcomes = Mutex(outcomes) }

    /// The deliveries that were tried.
    var tried: [Int64] { seen.withLock { $0 } }
    func fail(_ error: CallError?) { failure.withLock { $0 = error } }

    func deliver(_ delivery: Delivery, now: Timestamp) async throws(CallError) -> Outcome {
        if let error = failure.withLock({ $0 }) { throw error }
        seen.withLock { $0.append(delivery.id) }
        return outcomes.withLock { $0.isEmpty ? .sent : $0.removeFirst() }
    }
}

extension Event {
    /// An event as the kernel gives it.
    static func made(
        _ type: EventType, _ subject: String, _ data: JSON, seq: Int64 = 7, actor: String = "kernel", imported: Bool = false,
        at: String = "2026-11-22T03:39:59.123Z"
    ) throws -> Event {
        let body: JSON = [
            "type": .string(type.cloudEventsType), "id": .string("log.\(seq)"), "subject": .string(subject), "time": .string(at),
            "recordedtime": .string(at), "actor": .string(actor), "imported": imported ? true : nil, "data": data,
        ]
        struct NoEvent: Error {}
        guard let event = Event(body: body, seq: seq, prev: 0) else { throw NoEvent() }
        return event
    }
}

extension Logger {
    /// Says nothing.
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

extension LogPosition {
    static func at(_ seq: Int64, epoch: Int64 = 1) -> LogPosition { LogPosition(logID: "log", epoch: epoch, seq: seq) }
}

extension Config {
    /// Settings as they stand in a file.
    static func of(_ yaml: String) throws -> Config { try Config(file: "t.yaml", yaml: yaml, environment: [:], flags: []) }
}

extension Notifier {
    /// Each sender tries what is due first.
    func step() async throws {
        for lane in lanes { _ = try await lane.step() }
    }
}

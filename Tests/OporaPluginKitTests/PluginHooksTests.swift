import Logging
import OporaTestKit
import Synchronization
import Testing

@testable import OporaPluginKit

/// A plugin that is asked before tickets are created, answers methods and publishes events.
private struct Guard: Plugin {
    static let manifest = Manifest(
        name: "guard", version: "1", summary: "Watches what comes in.",
        methods: [
            .init(
                "count", summary: "Counts to a number.",
                params: [
                    "required": ["to"], "properties": ["to": ["type": "integer", "minimum": 1]], "additionalProperties": false,
                ],
                result: ["required": ["done"]]),
            .init("wait", summary: "Waits until it is taken back."),
        ], streams: [.ticket],
        hooks: [.init(.beforeCreate), .init(.beforeAssign)],
        events: [.init("refused", summary: "A ticket was refused.", schema: ["required": ["word"]])])
    static let state = PluginState.effects

    let context: PluginContext
    let started = Doorbell()
    let cancelled = Doorbell()

    init(_ context: PluginContext) { self.context = context }

    func position() -> LogPosition? { nil }
    func handle(_ batch: EventBatch) {}

    func hook(_ call: HookCall) async throws -> HookAnswer {
        switch call.point {
        case .beforeCreate:
            let subject = call.proposed["subject"]?.string ?? ""
            if subject.contains("spam") { return .veto(code: "spam", reason: "\(call.via) sends spam.") }
            if subject.contains("slow") { try await Task.sleep(for: .seconds(60)) }
            if subject.contains("inside") {
                // Looking is allowed, changing is not; neither needs a word of the plugin's own.
                _ = try await context.client.call("user.get", ["user": "U-2"])
                do throws(CallError) {
                    _ = try await context.client.call("ticket.create", ["subject": "own", "requester": "U-2"])
                } catch {
                    return .patch(["subject": .string("refused inside: \(error.code?.rawValue ?? "")")])
                }
            }
            return subject.contains("urgent") ? .patch(["priority": "urgent"]) : .proceed
        case .beforeAssign:
            guard let status = call.ticket?["status"]?.string else { throw RPCError(.internalError, "no ticket") }
            return .veto(code: "no", reason: "\(call.method) of a ticket that is \(status)")
        default: return .proceed
        }
    }

    func answer(_ call: MethodCall) async throws -> JSON {
        switch call.verb {
        case "count":
            let count = call.params["to"]?.int ?? 0
            for number in 1...count { call.progress(number, of: count, note: "counting") }
            return ["done": .int(count), "caller": .string(call.caller), "user": .optional(call.user?.description)]
        default:
            started.ring()
            do {
                try await Task.sleep(for: .seconds(60))
            } catch {
                cancelled.ring()
                throw error
            }
            return [:]
        }
    }
}

@Suite("Hooks, methods and events of a plugin", .timeLimit(.minutes(2)))
struct PluginHooksTests {
    /// Runs the plugin beside a body, as its host would.
    private func guarded(_ body: (RealDesk, Guard) async throws -> Void) async throws {
        try await RealDesk.with { desk in
            try await desk.furnish()
            let log = Logger(label: "guard") { _ in SwiftLogNoOpLogHandler() }
            let client = try DeskClient(desk.location)
            let config = try Config(path: nil, environment: [:], flags: [])
            let plugin = Guard(
                PluginContext(client: client, plugin: Guard.manifest.name, dataFolder: desk.folder, config: config, log: log))
            let session = PluginSession(plugin: plugin, client: client, log: log)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await session.keepAlive() }
                group.addTask { await session.answerCalls() }
                group.addTask { try await session.follow() }
                _ = try await session.greeting()
                try await body(desk, plugin)
                group.cancelAll()
                client.close()
                while let result = await group.nextResult() { _ = result }
            }
        }
    }

    /// With which code a call fails.
    private static func refusal(_ body: @Sendable () async throws -> Void) async -> ErrorCode? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? CallError)?.code
        }
    }

    @Test("Continue, patch, veto; inside it may look and not change; a slow one is passed over")
    func hooks() async throws {
        try await guarded { desk, _ in
            var seen: [JSON?] = []
            for subject in ["plain", "urgent", "inside", "slow"] {
                let result = try await desk.call("ticket.create", ["subject": .string(subject), "requester": "U-2"])
                seen.append(result["ticket"]?[subject == "inside" || subject == "slow" ? "subject" : "priority"])
            }
            #expect(seen == ["normal", "urgent", "refused inside: reentrant", "slow"])
            let error = await #expect(throws: CallError.self) {
                try await desk.call("ticket.create", ["subject": "spam", "requester": "U-2"])
            }
            guard case .rejected(let refusal)? = error else { return }
            #expect(
                refusal.code == .vetoed && refusal.data["veto_code"] == "spam" && refusal.data["reason"] == "owner sends spam.")
            let second = await #expect(throws: CallError.self) {
                try await desk.call("ticket.assign", ["ticket": "T-1", "group": "G-1"])
            }
            #expect(second?.description.contains("ticket.assign of a ticket that is new") == true)
        }
    }

    @Test("A method with schemas, its caller and its progress")
    func methods() async throws {
        try await guarded { desk, _ in
            let caller = try DeskClient(desk.location)
            defer { caller.close() }
            let result = try await caller.call("x.guard.count", ["to": 3, "_meta": ["progress_token": "mine"]])
            #expect(result == ["done": 3, "caller": "owner", "user": "U-1"])
            var seen: [JSON] = []
            for await message in caller.incoming {
                #expect(message.method == "$/progress" && message.id == nil)
                seen.append(message.params)
                if seen.count == 3 { break }
            }
            #expect(seen.last == ["token": "mine", "done": 3, "total": 3, "note": "counting"])
            let error = await #expect(throws: CallError.self) { try await caller.call("x.guard.count", ["to": 0]) }
            #expect(error?.code == .invalidParams)
        }
    }

    @Test("A call that is taken back is cancelled in the plugin")
    func cancelled() async throws {
        try await guarded { desk, plugin in
            let caller = try DeskClient(desk.location)
            defer { caller.close() }
            async let refusal = Self.refusal { _ = try await caller.call("x.guard.wait") }
            await plugin.started.wait(milliseconds: 10_000)
            // The first request of a connection has the id 1.
            caller.notify("$/cancel", ["id": 1])
            #expect(await refusal == .cancelled)
            await plugin.cancelled.wait(milliseconds: 10_000)
            // The plugin goes on with the next.
            #expect(try await caller.call("x.guard.count", ["to": 1])["done"] == 1)
        }
    }

    @Test("An event is published once for a key, and held against its schema")
    func publish() async throws {
        try await guarded { desk, plugin in
            let context = plugin.context
            try await desk.call("ticket.create", ["subject": "x", "requester": "U-2"])
            let seq = try await context.publish("refused", ticket: TicketID(rawValue: 1), data: ["word": "spam"], key: "k")
            #expect(try await context.publish("refused", ticket: TicketID(rawValue: 1), data: ["word": "spam"], key: "k") == seq)
            let page = try await desk.call("events.read", ["after_seq": 0, "types": ["x.guard.refused"]])
            let event = try #require(page["events"]?.array?.first.flatMap { Event(item: $0) })
            #expect(event.seq == seq && event.name == .plugin("x.guard.refused") && event.ticket == TicketID(rawValue: 1))
            let error = await #expect(throws: CallError.self) { try await context.publish("refused", data: [:]) }
            #expect(error?.code == .invalidParams)
            let other = await #expect(throws: CallError.self) { try await context.publish("other") }
            #expect(other?.code == .forbidden)
        }
    }

    @Test("After a restart of the kernel it is asked again")
    func restart() async throws {
        try await guarded { desk, _ in
            await desk.kill()
            try await desk.start()
            while true {
                let health = try await desk.call("kernel.health")
                if health["sessions"]?.array?.isEmpty == false { break }
                try await Task.sleep(for: .milliseconds(20))
            }
            let error = await #expect(throws: CallError.self) {
                try await desk.call("ticket.create", ["subject": "spam", "requester": "U-2"])
            }
            #expect(error?.code == .vetoed)
        }
    }
}

@Suite("What a manifest says")
struct ManifestTests {
    @Test("Nothing that is not there; all that is there")
    func json() {
        let plain = Manifest(name: "p", version: "1", summary: "s", streams: [.ticket])
        #expect(plain.json == ["name": "p", "version": "1", "summary": "s", "methods": [], "streams": ["ticket"]])
        #expect(plain.greeting["consumers"] == ["p"] && plain.greeting["streams"] == nil)
        let full = Manifest(
            name: "p", version: "1", summary: "s", methods: [.init("m", summary: "t", params: ["type": "object"])],
            hooks: [.init(.beforeSend, after: ["q"], timeoutMilliseconds: 100)], events: [.init("e", summary: "u")])
        #expect(
            full.json["methods"] == [
                ["name": "x.p.m", "summary": "t", "timeout_ms": 10_000, "params_schema": ["type": "object"]]
            ])
        #expect(full.json["hooks"] == [["point": "message.before_send", "after": ["q"], "timeout_ms": 100]])
        #expect(full.json["events"] == [["type": "x.p.e.v1", "summary": "u"]])
    }
}

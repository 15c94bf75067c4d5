import Logging
import OporaTestKit
import Synchronization
import Testing

@testable import OporaPluginKit

/// A plugin that remembers which events it was given.
private struct Recorder: Plugin {
    final class Memory: Sendable {
        struct State {
            var seqs: [Int64] = []
            var position: LogPosition?
            var failures = 0
        }
        let state = Mutex(State())
    }

    static let manifest = Manifest(
        name: "recorder", version: "1", summary: "Remembers.", methods: [.init("count", summary: "How many events.")],
        streams: [.ticket])
    static let state = PluginState.readModel
    let memory: Memory

    init(_ context: PluginContext) { memory = Memory() }
    init(memory: Memory) { self.memory = memory }

    func position() -> LogPosition? { memory.state.withLock { $0.position } }

    func handle(_ batch: EventBatch) throws {
        try memory.state.withLock { state in
            if state.failures > 0 {
                state.failures -= 1
                throw RPCError(.internalError, "not this time")
            }
            state.seqs += batch.events.map(\.seq)
            state.position = batch.position
        }
    }

    func answer(_ verb: String, _ params: JSON) throws -> JSON {
        guard verb == "count" else { throw RPCError(.methodNotFound, "no \(verb)") }
        return ["count": .int(Int64(memory.state.withLock { $0.seqs.count }))]
    }
}

@Suite("A plugin's way through the log", .timeLimit(.minutes(2)))
struct PluginFeedTests {
    /// Runs a recorder beside a body, as its host would, until the body is done.
    private func recording(_ desk: RealDesk, _ memory: Recorder.Memory, _ body: () async throws -> Void) async throws {
        let client = try DeskClient(desk.location)
        let session = PluginSession(
            plugin: Recorder(memory: memory), client: client, log: Logger(label: "recorder") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await session.keepAlive() }
            group.addTask { await session.answerCalls() }
            group.addTask { try await session.follow() }
            try await body()
            _ = try? await client.call("session.bye", timeoutMilliseconds: 500)
            group.cancelAll()
            client.close()
            while let result = await group.nextResult() { _ = result }
        }
    }

    private func until(_ condition: () async throws -> Bool) async throws {
        while try await !condition() { try await Task.sleep(for: .milliseconds(10)) }
    }

    /// The numbers of all events of the stream, as the log has them.
    private func expected(_ desk: RealDesk) async throws -> [Int64] {
        let page = try await desk.call("events.read", ["after_seq": 0, "limit": 500, "streams": ["ticket"]])
        return page["events"]?.array?.compactMap { $0["seq"]?.int } ?? []
    }

    @Test("Every event once and in order: live, while it was away, with failures, and through kills of the kernel")
    func once() async throws {
        try await RealDesk.with { desk in
            try await desk.furnish()
            let memory = Recorder.Memory()
            func create(_ count: Int) async throws {
                for _ in 0..<count { try await desk.call("ticket.create", ["subject": "x"]) }
            }
            func isThrough() async throws -> Bool {
                let all = try await expected(desk)
                return memory.state.withLock { $0.seqs } == all
            }
            try await create(3)
            try await recording(desk, memory) {
                try await until(isThrough)
                memory.state.withLock { $0.failures = 2 }
                try await create(3)
                try await until(isThrough)
            }
            try await create(5)
            try await recording(desk, memory) {
                try await until(isThrough)
                for _ in 0..<3 {
                    await desk.kill()
                    try await desk.start()
                    try await create(4)
                    try await until(isThrough)
                }
                let answer = try await desk.call("x.recorder.count")
                #expect(answer["count"]?.int == Int64(try await expected(desk).count))
                await #expect(throws: CallError.self) { try await desk.call("x.recorder.sum") }
            }
            #expect(try await isThrough())
        }
    }

    @Test("A read model whose file is gone is made again from the whole log")
    func rebuilt() async throws {
        try await RealDesk.with { desk in
            try await desk.furnish()
            for _ in 0..<10 { try await desk.call("ticket.create", ["subject": "x"]) }
            for _ in 0..<2 {
                let memory = Recorder.Memory()
                try await recording(desk, memory) {
                    let all = try await expected(desk)
                    try await until { memory.state.withLock { $0.seqs } == all }
                }
            }
        }
    }
}

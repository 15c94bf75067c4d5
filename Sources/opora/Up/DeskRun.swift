import Glibc
import OporaPluginKit
import UnixSignals

/// A desk that runs: the kernel and its plugins from their start to their orderly stop.
struct DeskRun: Sendable {
    private static let sessionSeconds = 10
    private static let sessionPauseMilliseconds = 50

    var setup: DeskSetup
    var programs: Programs
    var seeding: Seeding
    var restarts: Bool
    var news: UpNews

    /// Which plugins have a session with the kernel, and which should have one.
    struct Attendance: Hashable, Sendable {
        var present: [DeskService]
        var absent: [DeskService]
    }

    /// The person or the system wants the desk to stop.
    struct Stopped: Error {}

    private var folder: DeskFolder { setup.folder }

    /// Starts everything, runs `body` and stops everything, whether it returns or throws or a signal comes first.
    /// - Parameter body: gets a connection to the kernel, and which plugins have greeted it.
    func run(_ body: @escaping @Sendable (DeskClient, Attendance) async throws -> Void) async throws {
        let stop = Once<Bool>()
        Child.stopAllAtExit()
        // A reader that went away, `opora up | head -1`, is no reason to leave the services alone.
        signal(SIGPIPE, SIG_IGN)
        // Under `nohup` the hang-up is ignored already, and stays so.
        let hangs = signal(SIGHUP, SIG_IGN)
        let isKept = unsafeBitCast(hangs, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
        let signals = await UnixSignalsSequence(trapping: [.sigint, .sigterm] + (isKept ? [] : [.sighup]))
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                for await _ in signals { stop.set(true) }
            }
            try await runKernel(stop, body)
        }
    }

    private func runKernel(
        _ stop: Once<Bool>, _ body: @escaping @Sendable (DeskClient, Attendance) async throws -> Void
    ) async throws {
        let spawn = try programs.service(.kernel, folder, config: setup.config)
        let logStart = LogTail.size(folder.log(.kernel))
        let kernel: Child
        do { kernel = try spawn.start() } catch { throw Failure.notStarted(error) }
        let client: DeskClient
        do {
            client = try await DeskRun.unless(stop) {
                let client = try await KernelStart(child: kernel, folder: folder, logStart: logStart, output: news.output).ready()
                try await seeding.run(client, logID: try DeskLocation(runFolder: folder.run).discover().logID)
                return client
            }
        } catch {
            if await !kernel.stop(within: DeskService.kernel.stopMilliseconds) {
                news.say(.forced(.kernel, milliseconds: DeskService.kernel.stopMilliseconds))
            }
            throw error
        }
        defer { client.close() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            group.addTask { await Keeper(service: .kernel, spawn: spawn, restarts: restarts, news: news).run(first: kernel) }
            try await runPlugins(client, stop, body)
        }
    }

    /// Returns, or throws, when every plugin is gone; only then may the kernel go.
    private func runPlugins(
        _ client: DeskClient, _ stop: Once<Bool>, _ body: @escaping @Sendable (DeskClient, Attendance) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            for plugin in setup.plugins {
                let spawn = try programs.service(plugin, folder, config: folder.config(plugin))
                group.addTask { await Keeper(service: plugin, spawn: spawn, restarts: restarts, news: news).run() }
            }
            try await DeskRun.unless(stop) { try await body(client, try await greeted(client)) }
        }
    }

    /// The plugins that have a session with the kernel; waits for all of them, but not for ever.
    private func greeted(_ client: DeskClient) async throws -> Attendance {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(Self.sessionSeconds)
        var found: [DeskService] = []
        while found.count < setup.plugins.count, clock.now < end {
            try await Task.sleep(for: .milliseconds(Self.sessionPauseMilliseconds))
            let health = try? await client.call("kernel.health", timeoutMilliseconds: 2000)
            let names = (health?["sessions"]?.array ?? []).compactMap { $0["name"]?.string }
            found = setup.plugins.filter { names.contains($0.name) }
        }
        return Attendance(present: found, absent: setup.plugins.filter { !found.contains($0) })
    }

    /// Runs `work`; throws `Stopped` where the desk is to stop before it ends.
    private static func unless<T: Sendable>(
        _ stop: Once<Bool>, _ work: @escaping @Sendable () async throws -> T
    ) async throws -> T {
        try await withThrowingTaskGroup(of: T.self) { group in
            defer { group.cancelAll() }
            group.addTask(operation: work)
            group.addTask {
                // Nil: `work` was first, and this task is cancelled.
                guard await stop.value() != nil else { throw CancellationError() }
                throw Stopped()
            }
            guard let result = try await group.next() else { throw Stopped() }
            return result
        }
    }
}

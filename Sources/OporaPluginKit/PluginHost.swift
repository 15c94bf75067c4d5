import ArgumentParser
import FoundationEssentials
import Glibc
import Logging
import UnixSignals

/// Runs a plugin from start to stop: `await PluginHost<Notifier>.main()` is a plugin's whole main function.
public enum PluginHost<P: Plugin> {
    /// Parses the command line, runs until SIGTERM or SIGINT, and exits: 0 after an orderly stop, 78 for wrong settings,
    /// 69 where the kernel can't be reached with what was given, 70 for a fault of the plugin.
    public static func main() async -> Never {
        let options = PluginOptions.parseOrExit()
        let log = LineLog.logger(P.manifest.name, level: options.logLevel)
        do {
            try await run(options, log: log)
            exit(0)
        } catch let problems as ConfigProblems {
            StandardError.print("\(problems)")
            exit(78)
        } catch let error as CallError {
            StandardError.print("\(P.manifest.name): \(error)")
            exit(69)
        } catch {
            log.critical("the plugin failed", metadata: ["error": "\(error)"])
            exit(70)
        }
    }

    static func run(_ options: PluginOptions, log: Logger) async throws {
        let environment = ProcessInfo.processInfo.environment
        let location = DeskLocation(
            runFolder: options.runDir ?? DeskLocation.defaultRunFolder(environment: environment), keyFile: options.key)
        let config = try Config(path: options.config, environment: environment, flags: options.settings)
        try FileManager.default.createDirectory(atPath: options.dataDir, withIntermediateDirectories: true)
        let client = try DeskClient(location)
        defer { client.close() }
        let context = PluginContext(
            client: client, plugin: P.manifest.name, dataFolder: options.dataDir, config: config, log: log)
        let plugin = try await P(context)
        log.info("started", metadata: ["version": "\(P.manifest.version)"])
        try await serve(plugin, client, log)
        log.info("stopped")
    }

    /// Runs the plugin's loops until a signal comes or one of them fails.
    private static func serve(_ plugin: P, _ client: DeskClient, _ log: Logger) async throws {
        let session = PluginSession<P>(plugin: plugin, client: client, log: log)
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                for await _ in signals { break }
                return true
            }
            group.addTask {
                try await session.keepAlive()
                return false
            }
            group.addTask {
                await session.answerCalls()
                return false
            }
            group.addTask {
                try await session.follow()
                return false
            }
            group.addTask {
                try await plugin.run()
                return false
            }
            defer {
                group.cancelAll()
                client.close()
            }
            while let ended = try await group.next() {
                guard ended else { continue }
                log.info("stopping")
                _ = try? await client.call("session.bye", timeoutMilliseconds: 500)
                return
            }
        }
    }

    /// Suspends until the task is cancelled.
    static func untilCancelled() async {
        while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
    }
}

/// Messages to the person at the terminal.
enum StandardError {
    static func print(_ text: String) {
        let line = Array((text + "\n").utf8)
        _ = write(STDERR_FILENO, line, line.count)
    }
}

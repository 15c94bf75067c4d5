import ArgumentParser
import Foundation
import Logging
import OporaKernel
import OporaProtocol
import OporaService
import OporaStore
import OporaStoreSQLite

/// The kernel process: owns tickets, people and SLA state, keeps the log, answers and publishes over ZeroMQ.
@main
struct Oporad: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "oporad", abstract: "The kernel of an Opora desk.",
        discussion: """
            Settings come from one YAML file, the environment (OPORA_DATA_DIR, OPORA_RUN_DIR, ...) and flags; flags win.
            Exit codes: 0 after an orderly stop, 69 endpoint busy, 74 database unusable, 75 another kernel runs here, 78 wrong settings.
            """,
        version: ServiceVersion.text)

    @Option(help: "A YAML file with settings.")
    var config: String?

    @Option(help: "The folder of the database and the keys. Setting: data_dir.")
    var dataDir: String?

    @Option(help: "The folder of sockets and kernel.json. Setting: run_dir.")
    var runDir: String?

    @Option(name: .customLong("set"), help: "A setting as path=value; wins over file and environment.")
    var settings: [String] = []

    @Flag(help: "Begins a new epoch of the log: its history is not what it was. Needed after a repair by hand alone.")
    var newEpoch = false

    @Flag(help: ArgumentHelp("Adds the conformance suite's methods and clock. For tests alone.", visibility: .hidden))
    var conformance = false

    @Flag(help: "Checks the settings, says what is wrong, and ends.")
    var check = false

    @Flag(
        help:
            "Looks through the database without changing it, prints what it found as JSON, and ends; 74 where something is wrong."
    )
    var verify = false

    func run() async throws {
        var flags = settings
        if let dataDir { flags.append("data_dir=\(dataDir)") }
        if let runDir { flags.append("run_dir=\(runDir)") }
        do {
            let settings = try Self.read(config, flags)
            if check {
                print("the settings are good")
                return
            }
            if verify { return try Self.verify(DaemonFolders(settings).database) }
            let reread: @Sendable () -> Result<AccessRules, AccessProblems> = { [config, flags] in
                do throws(ConfigProblems) {
                    return .success(try Self.read(config, flags).access)
                } catch {
                    return .failure(AccessProblems(error.problems.map { "\($0)" }))
                }
            }
            let options = Daemon.Options(isConformance: conformance, beginsEpoch: newEpoch, reread: reread)
            try await Daemon(settings, options).run()
        } catch let problems as ConfigProblems {
            try Self.end("oporad: \(problems)", 78)
        } catch let failure as StartFailure {
            try Self.end("oporad: \(failure.message)", failure.exitCode)
        }
    }

    private static func verify(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { try end("oporad: there is no database \(path)", 74) }
        let found: Verification
        do throws(StoreError) { found = try Verification(path: path) } catch { try end("oporad: \(path): \(error)", 74) }
        let report: JSON = [
            "database": .string(path), "tickets": .int(found.tickets), "messages": .int(found.messages),
            "events": .int(found.events), "problems": .array(found.problems.map { .string($0) }),
            "problem_count": .int(found.problemCount),
        ]
        print(report.text)
        if found.problemCount > 0 { throw ExitCode(74) }
    }

    private static func read(_ path: String?, _ flags: [String]) throws(ConfigProblems) -> DaemonSettings {
        let environment = ProcessInfo.processInfo.environment
        return try DaemonSettings(reading: try Config(path: path, environment: environment, flags: flags))
    }

    private static func end(_ text: String, _ code: Int32) throws -> Never {
        FileHandle.standardError.write(Data("\(text)\n".utf8))
        throw ExitCode(code)
    }
}

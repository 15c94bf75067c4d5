import Foundation
public import OporaPluginKit

/// A real kernel in a folder of its own, for the tests of a plugin: started, killed and started again at will.
///
/// ```swift
/// try await RealDesk.with { desk in
///     try await desk.furnish()
///     let ticket = try await desk.client.call("ticket.create", ["subject": "Printer"])
/// }
/// ```
public actor RealDesk {
    /// Why there is no desk to test with.
    public struct Failure: Error, CustomStringConvertible {
        public var description: String
    }

    /// How long the kernel may take to start or stop.
    public static let patience = Duration.seconds(30)

    /// The folder of everything; gone after the test.
    public nonisolated let folder: String
    /// Where `kernel.json` is.
    public nonisolated var runFolder: String { "\(folder)/run" }
    /// How to reach the kernel: as its owner.
    public nonisolated var location: DeskLocation { DeskLocation(runFolder: runFolder) }

    private var kernel: Process?
    private var connection: DeskClient?

    private init() throws {
        // Paths of sockets are short by nature.
        folder = "\(FileManager.default.temporaryDirectory.path)/desk-\(UInt32.random(in: 0...UInt32.max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// Runs a test on a desk of its own; whatever happens, the kernel is stopped and the folder removed.
    public static func with<R: Sendable>(_ body: (RealDesk) async throws -> R) async throws -> R {
        let desk = try RealDesk()
        do {
            try await desk.start()
            let result = try await body(desk)
            await desk.close()
            return result
        } catch {
            await desk.close()
            throw error
        }
    }

    /// The executables of the build: `OPORA_BIN`, or the folder of the running test.
    public static var binaries: String {
        if let given = ProcessInfo.processInfo.environment["OPORA_BIN"] { return given }
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: own).deletingLastPathComponent().path
    }

    /// Starts the kernel and returns once it answers.
    public func start() async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "\(Self.binaries)/oporad")
        process.arguments = ["--data-dir", "\(folder)/data", "--run-dir", runFolder]
        process.standardError = FileHandle(forWritingAtPath: "/dev/null")
        do { try process.run() } catch { throw Failure(description: "oporad is not in \(Self.binaries): build it first") }
        kernel = process
        let end = ContinuousClock.now + Self.patience
        while (try? location.discover())?.pid != Int64(process.processIdentifier) {
            guard process.isRunning, ContinuousClock.now < end else {
                throw Failure(description: "oporad does not start in \(folder)")
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    /// Ends the kernel as a power cut would.
    public func kill() {
        guard let process = kernel else { return }
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        kernel = nil
    }

    /// A connection as the owner; made once, it outlives restarts of the kernel.
    public var client: DeskClient {
        get throws {
            if let connection { return connection }
            let made = try DeskClient(location)
            connection = made
            return made
        }
    }

    /// Calls a method as the owner.
    @discardableResult
    public func call(_ method: String, _ params: JSON = [:], key: String? = nil) async throws -> JSON {
        try await client.call(method, params, key: key)
    }

    /// An agent `U-1` behind the owner, a requester `U-2`, a group `G-1`.
    public func furnish() async throws {
        try await call("user.create", ["name": "Admin", "roles": ["admin", "agent"], "identity": "owner"])
        try await call("user.create", ["name": "Anna"])
        try await call("group.create", ["name": "Support", "lead": "U-1", "members": ["U-1"]])
    }

    private func close() {
        connection?.close()
        kill()
        try? FileManager.default.removeItem(atPath: folder)
    }
}

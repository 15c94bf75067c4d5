import Foundation

/// A server of `TestServers/` in a process of its own, which ends with it.
final class PythonServer {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    /// Where it listens; the machine chose it.
    private(set) var port = ""

    /// The Python that has the servers' packages.
    static let python = ProcessInfo.processInfo.environment["OPORA_PYTHON"] ?? "python3"

    /// Whether the real SMTP server can be run here.
    static let hasSMTP = (try? run(["-c", "import aiosmtpd"])) == 0
    /// Whether any server can be run here.
    static let hasPython = (try? run(["-c", "import http.server"])) == 0

    /// Whether certificates can be made here.
    static let hasOpenSSL = (try? run(["version"], program: "openssl")) == 0

    /// Makes a certificate for 127.0.0.1 that signs itself: a PEM file with the key in it.
    static func certificate(in folder: String) throws -> String {
        let path = "\(folder)/certificate.pem"
        let arguments = [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
            "subjectAltName=IP:127.0.0.1", "-keyout", path, "-out", "\(path).part",
        ]
        struct NoCertificate: Error {}
        guard try run(arguments, program: "openssl") == 0 else { throw NoCertificate() }
        let both = try Data(contentsOf: URL(filePath: path)) + Data(contentsOf: URL(filePath: "\(path).part"))
        try both.write(to: URL(filePath: path))
        return path
    }

    struct NoPort: Error {}

    init(_ script: String, _ arguments: [String] = []) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [Self.python, folder.appending(path: "TestServers/\(script)").path] + arguments
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        guard let first = nextLine() else { throw NoPort() }
        port = first
    }

    /// The next line that the server prints; nil where it ended.
    func nextLine() -> String? {
        var line = Data()
        while let byte = try? output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty {
            if byte == Data("\n".utf8) { return String(data: line, encoding: .utf8) }
            line += byte
        }
        return nil
    }

    /// Ends the server, so that its port refuses connections, and returns what it printed and nobody read.
    func stop() -> [String] {
        try? input.fileHandleForWriting.close()
        var rest: [String] = []
        while let line = nextLine() { rest.append(line) }
        process.waitUntilExit()
        return rest
    }

    deinit {
        try? input.fileHandleForWriting.close()
        if process.isRunning { process.terminate() }
    }

    private static func run(_ arguments: [String], program: String = python) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}

import Foundation
import Testing

/// The house rules that a program can check.
@Suite("Tidy")
struct TidyTests {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
        .standardizedFileURL

    /// Swift files below a folder of the repository, by path from its root.
    static func files(_ folder: String) -> [String] {
        let start = root.appendingPathComponent(folder)
        let all = FileManager.default.enumerator(atPath: start.path)?.compactMap { $0 as? String } ?? []
        return all.filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }.sorted()
    }

    static func lines(_ path: String) throws -> [Substring] {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
    }

    static func imports(_ path: String) throws -> Set<String> {
        var found: Set<String> = []
        for line in try lines(path) {
            let words = line.split(separator: " ")
            guard let at = words.firstIndex(of: "import"), at <= 2, words.count > at + 1, !line.hasPrefix("//") else { continue }
            found.insert(String(words[at + 1]))
        }
        return found
    }

    /// Who may import whom, of our own modules and of the two that only one place may know.
    static let graph: [String: Set<String>] = [
        "OporaTime": [], "OporaThreads": [], "OporaService": [], "OporaProtocol": ["OporaTime"],
        "OporaDomain": ["OporaProtocol", "OporaTime"], "OporaStore": ["OporaDomain", "OporaProtocol", "OporaTime"],
        "OporaStoreSQLite": ["OporaStore", "OporaDomain", "OporaProtocol", "OporaTime", "GRDB", "GRDBSQLite", "CStemmer"],
        "OporaBlobs": ["OporaStore", "OporaDomain", "OporaProtocol"],
        "OporaTransport": ["OporaProtocol", "OporaThreads", "CZeroMQ"],
        "OporaKernel": ["OporaProtocol", "OporaDomain", "OporaStore", "OporaTime", "OporaThreads"],
        "OporaPluginKit": ["OporaProtocol", "OporaService", "OporaTime", "OporaTransport"],
        "OporaPluginStore": ["OporaPluginKit", "GRDB"], "OporaTestKit": ["OporaPluginKit", "OporaTransport"],
        "oporad": [
            "OporaKernel", "OporaStoreSQLite", "OporaBlobs", "OporaTransport", "OporaProtocol", "OporaDomain", "OporaStore",
            "OporaTime",
            "OporaThreads", "OporaService",
        ],
        "opora": ["OporaPluginKit"],
    ]

    static func isGuarded(_ name: String) -> Bool {
        name.hasPrefix("Opora") || ["CZeroMQ", "GRDB", "GRDBSQLite", "SQLite3", "CStemmer"].contains(name)
    }

    @Test("Modules import what the architecture allows", arguments: graph.keys.sorted())
    func modules(name: String) throws {
        let files = Self.files("Sources/\(name)")
        #expect(!files.isEmpty)
        for file in files {
            let forbidden = try Self.imports(file).filter { Self.isGuarded($0) }.subtracting(Self.graph[name] ?? [])
            #expect(forbidden.isEmpty, "\(file) imports \(forbidden.sorted())")
        }
    }

    @Test(
        "Plugins import the kit and its store, and nothing else of ours",
        arguments: ["notifier", "escalator", "feedback", "reporter"])
    func plugins(name: String) throws {
        let files = Self.files("plugins/\(name)/Sources")
        #expect(!files.isEmpty)
        for file in files {
            let forbidden = try Self.imports(file).filter { Self.isGuarded($0) }.subtracting([
                "OporaPluginKit", "OporaPluginStore",
            ])
            #expect(forbidden.isEmpty, "\(file) imports \(forbidden.sorted())")
        }
        for part in ["manifest.json", "README.md"] {
            #expect(
                FileManager.default.fileExists(atPath: Self.root.appendingPathComponent("plugins/\(name)/\(part)").path),
                "\(name) lacks \(part)")
        }
    }

    @Test("Files are small: no file over 400 lines, half of them under 100")
    func sizes() throws {
        let written = (Self.files("Sources") + Self.files("plugins")).filter {
            !$0.contains("/Tests/") && !$0.contains("/Generated/Method")
        }
        let sizes = try written.map { ($0, try Self.lines($0).count) }
        for (file, count) in sizes { #expect(count <= 400, "\(file) has \(count) lines") }
        let sorted = sizes.map(\.1).sorted()
        #expect(sorted[sorted.count / 2] < 100)
    }

    @Test("Words and names that are banned are not there")
    func words() throws {
        let banned = ["TODO", "FIXME", "fatalError(", "try!", "Task.detached", "Thread.sleep", "usleep("]
        for file in Self.files("Sources") + Self.files("plugins") where !file.contains("/Tests/") {
            let text = try Self.lines(file).joined(separator: "\n")
            // Whoever takes a check from the compiler says why it holds all the same.
            if text.contains(": @unchecked Sendable") {
                #expect(text.contains("`@unchecked Sendable`:"), "\(file) does not say why")
            }
            for word in banned { #expect(!text.contains(word), "\(file) has \(word)") }
            let name = file.split(separator: "/").last ?? ""
            for suffix in ["Utils", "Helpers", "Helper", "Manager"] { #expect(!name.contains(suffix), "\(file)") }
        }
    }

    @Test("Every type of event has a schema, and no schema is for an event that is not there")
    func eventSchemas() throws {
        let source = try Self.lines("Sources/OporaProtocol/Vocabulary/Streams.swift").joined(separator: "\n")
        let types = Set(source.matches(of: /= "([a-z]+\.[a-z_]+)"/).map { "\($0.output.1).v1.json" })
        #expect(types.count > 30)
        let folder = Self.root.appendingPathComponent("protocol/schemas/events").path
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
        #expect(Set(files) == types)
    }
}

import FoundationEssentials
import Glibc
import OporaPluginKit

/// The Alertmanager bridge as `opora up` runs it: a program in Python, left out where nothing here can run it.
struct AlertBridge: Hashable, Sendable {
    /// Where it listens for alerts, where that port is free.
    static let port = 8322
    /// Folders above the executable that are searched for the bridge: a checkout's `.build/<triple>/<configuration>`.
    private static let searchedFolders = 4
    private static let checkMilliseconds = 10_000

    /// A name or a path.
    var python: String
    /// What starts it.
    var script: String

    /// Why there is none.
    enum Missing: Error { case script, python }

    /// Looks for the bridge and for a Python that can run it.
    /// - Parameters:
    ///   - programs: where the executables of the project lie.
    ///   - environment: `OPORA_ALERTMANAGER` names the script, `OPORA_PYTHON` a Python to try first.
    static func find(programs: String, environment: [String: String]) async throws(Missing) -> AlertBridge {
        guard let script = script(programs, environment) else { throw .script }
        let checkout = folder(above: script, levels: 3)
        for python in [environment["OPORA_PYTHON"], "\(checkout)/.venv/bin/python", "python3"] {
            guard let python, !python.isEmpty else { continue }
            let bridge = AlertBridge(python: python, script: script)
            if await bridge.canRun() { return bridge }
        }
        throw .python
    }

    private static func script(_ programs: String, _ environment: [String: String]) -> String? {
        if let named = environment["OPORA_ALERTMANAGER"] { return access(named, R_OK) == 0 ? named : nil }
        for levels in 0...searchedFolders {
            let path = "\(folder(above: programs, levels: levels))/plugins/alertmanager/run"
            if access(path, R_OK) == 0 { return path }
        }
        return nil
    }

    private static func folder(above path: String, levels: Int) -> String {
        path.split(separator: "/").dropLast(levels).map { "/\($0)" }.joined()
    }

    /// Whether this Python is new enough and has what the bridge needs.
    private func canRun() async -> Bool {
        let check = "import sys, zmq; sys.exit(sys.version_info < (3, 11))"
        let spawn = Spawn(program: Self.env, arguments: [python, "-c", check], log: "/dev/null")
        guard let child = try? spawn.start() else { return false }
        return await child.ending.value(within: Self.checkMilliseconds) == .exited(0)
    }

    /// Finds Python on the path.
    private static let env = "/usr/bin/env"

    /// How it is started.
    func spawn(_ arguments: [String], log: String) -> Spawn {
        Spawn(program: Self.env, arguments: [python, script] + arguments, log: log)
    }

    /// Whether a command line, from its second word on, is that of the bridge.
    static func isNamed(in words: [String]) -> Bool {
        words.count > 1 && words[1].hasSuffix("/alertmanager/run")
            && words[0].split(separator: "/").last?.hasPrefix("python") == true
    }

    /// Where it says that it listens; nil while it does not.
    static func address(_ folder: DeskFolder) -> String? {
        guard let data = FileManager.default.contents(atPath: "\(folder.data(.alertmanager))/http.json"),
            let text = try? JSONParser.parse([UInt8](data))
        else { return nil }
        return text["url"]?.string
    }
}

import Foundation
import Glibc
import OporaProtocol
import OporaTransport

/// The kernel's two folders: made, locked, and what lies in them besides the database.
final class DaemonFolders {
    let settings: DaemonSettings
    private var locks: [Int32] = []

    init(_ settings: DaemonSettings) { self.settings = settings }

    var database: String { "\(settings.dataFolder)/opora.db" }
    var search: String { "\(settings.dataFolder)/search" }
    var mark: String { "\(settings.dataFolder)/desk.json" }
    private var discovery: String { "\(settings.runFolder)/kernel.json" }

    /// Makes the folders and takes their locks, before anything in them is touched.
    func open() throws {
        // One folder may be both.
        let folders =
            settings.dataFolder == settings.runFolder ? [settings.dataFolder] : [settings.dataFolder, settings.runFolder]
        for folder in folders {
            do {
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
            } catch {
                throw StartFailure(message: "the folder \(folder) can't be made: \(error.localizedDescription)", exitCode: 73)
            }
            try lock(folder)
        }
        try? FileManager.default.removeItem(atPath: discovery)
    }

    private func lock(_ folder: String) throws {
        let path = "\(folder)/kernel.lock"
        let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard file >= 0 else {
            throw StartFailure(message: "\(path) can't be opened: \(String(cString: strerror(errno)))", exitCode: 73)
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let pid = (try? String(contentsOfFile: path, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
            throw StartFailure.locked(folder, holder: pid.isEmpty ? "" : " (pid \(pid))")
        }
        let pid = Array("\(getpid())\n".utf8)
        guard ftruncate(file, 0) == 0, Glibc.write(file, pid, pid.count) == pid.count else {
            throw StartFailure(message: "\(path) can't be written: \(String(cString: strerror(errno)))", exitCode: 73)
        }
        locks.append(file)
    }

    /// Refuses to begin an empty desk where one was: its database is gone.
    func checkDatabase() throws {
        guard let log = DeskMark(path: mark)?.logID else { return }
        let size = try? FileManager.default.attributesOfItem(atPath: database)[.size] as? Int
        guard size ?? 0 == 0 else { return }
        throw StartFailure(
            message: """
                the database \(database) is \(size == nil ? "missing" : "empty"), but this folder held the desk \(log).
                Put the database back from a backup; or, to begin a new and empty desk here, remove \(mark)
                """, exitCode: 74)
    }

    /// Refuses another desk than lived here. True where the database ends before what was seen of it: a backup was put back.
    func wentBack(_ logID: String, seq: Int64) throws -> Bool {
        guard let known = DeskMark(path: mark) else { return false }
        guard known.logID == logID else {
            throw StartFailure(
                message: """
                    the database \(database) holds the desk \(logID), but this folder held \(known.logID).
                    If the new one is meant, remove \(mark)
                    """, exitCode: 74)
        }
        return seq < known.seq
    }

    /// The kernel's own CURVE keys, made at its first start.
    func curveKeys() throws -> CurveKeys {
        let path = "\(settings.dataFolder)/curve.json"
        if let data = FileManager.default.contents(atPath: path) {
            guard let secret = (try? JSONParser.parse([UInt8](data)))?["secret_key"]?.string,
                let publicKey = CurveKeys.publicKey(ofSecret: secret)
            else {
                throw StartFailure(
                    message:
                        "\(path) holds no keys; put it back from a backup, or remove it and give every plugin the new public key",
                    exitCode: 78)
            }
            return CurveKeys(publicKey: publicKey, secretKey: secret)
        }
        let keys = CurveKeys.generate()
        try DurableFile.write(
            ["public_key": .string(keys.publicKey), "secret_key": .string(keys.secretKey)], to: path, mode: 0o600)
        return keys
    }

    /// Says where the kernel listens; after both sockets are bound.
    func announce(_ found: Discovery) throws { try DurableFile.write(found.json, to: discovery, mode: 0o640) }

    /// Takes back what was announced.
    func withdraw() { try? FileManager.default.removeItem(atPath: discovery) }
}

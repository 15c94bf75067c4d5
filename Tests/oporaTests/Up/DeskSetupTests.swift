import Foundation
import OporaPluginKit
import Testing

@testable import opora

/// A folder that is gone after the test.
private struct Scratch: ~Copyable {
    let path: String

    init() throws { path = try ScratchFolder.make() }
    deinit { ScratchFolder.remove(path) }

    func mode(_ name: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")[.posixPermissions] as? Int)
    }

    func text(_ name: String) throws -> String { try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }
}

@Suite("The files of a new desk") struct DeskSetupTests {
    private func setup(_ scratch: borrowing Scratch, config: String? = nil) throws -> DeskSetup {
        let folder = DeskFolder(root: scratch.path, workingFolder: "/")
        try folder.make()
        // A port of its own, so that a desk that runs on this machine is not in the way.
        if !FileManager.default.fileExists(atPath: folder.config(.feedback)) {
            try "http:\n  port: 0\n".write(newFile: folder.config(.feedback))
        }
        return DeskSetup(folder: folder, kernelConfig: config, language: .en)
    }

    @Test("Folders, keys and settings are made, for their owner alone")
    func made() throws {
        let scratch = try Scratch()
        try setup(scratch).prepare()
        for folder in ["data", "data/notifier", "run", "keys", "logs", "mail"] { #expect(try scratch.mode(folder) == 0o700) }
        for file in ["kernel.yaml", "notifier.yaml", "keys/notifier.json"] { #expect(try scratch.mode(file) == 0o600) }
        let key = try KeyFile.publicKey(at: "\(scratch.path)/keys/escalator.json")
        #expect(try scratch.text("kernel.yaml").contains(key))
    }

    @Test("What is there is never written over")
    func kept() throws {
        let scratch = try Scratch()
        try setup(scratch).prepare()
        let kernel = try scratch.text("kernel.yaml")
        try "language: ru\n".write(toFile: "\(scratch.path)/notifier.yaml", atomically: true, encoding: .utf8)
        try setup(scratch).prepare()
        #expect(try scratch.text("kernel.yaml") == kernel)
        #expect(try scratch.text("notifier.yaml") == "language: ru\n")
    }

    @Test("A log that has grown large is put aside at the next start, a small one goes on")
    func logs() throws {
        let scratch = try Scratch()
        let setup = try setup(scratch)
        try Data(count: DeskSetup.logBytes + 1).write(to: URL(fileURLWithPath: setup.folder.log(.kernel)))
        try "small\n".write(newFile: setup.folder.log(.notifier))
        try setup.prepare()
        #expect(LogTail.size(setup.folder.log(.kernel)) == 0)
        #expect(LogTail.size(setup.folder.log(.kernel) + ".1") == DeskSetup.logBytes + 1)
        #expect(try scratch.text("logs/notifier.log") == "small\n")
    }

    @Test("A kernel that would not know a plugin is not started")
    func unknownKey() throws {
        let scratch = try Scratch()
        try setup(scratch).prepare()
        try FileManager.default.removeItem(atPath: "\(scratch.path)/keys/reporter.json")
        let failure = try #require(throws: Failure.self) { try setup(scratch).prepare() }
        #expect(failure.code == "unknown_key" && failure.what.en.contains("reporter"))
        let other = try #require(throws: Failure.self) { try setup(scratch, config: "\(scratch.path)/notifier.yaml").prepare() }
        #expect(other.code == "unknown_key" && other.what.en.contains("notifier"))
        let missing = try #require(throws: Failure.self) { try setup(scratch, config: "\(scratch.path)/none.yaml").prepare() }
        #expect(missing.status == .noInput)
    }

    @Test("A role of an older version that names no streams is told with what to add")
    func noStreams() throws {
        let scratch = try Scratch()
        try setup(scratch).prepare()
        let path = "\(scratch.path)/kernel.yaml"
        let old = try scratch.text("kernel.yaml").split(separator: "\n").filter { !$0.contains("streams: [ticket]") }
        try old.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        let failure = try #require(throws: Failure.self) { try setup(scratch).prepare() }
        #expect(failure.code == "no_streams" && failure.what.en.contains("feedback"))
        #expect(failure.hint?.en.contains("streams: [ticket]") == true)
    }

    @Test("A port that is taken is told with the file that names it")
    func port() throws {
        let scratch = try Scratch()
        let free = try #require(LocalPort.anyFree())
        #expect(LocalPort.isFree(free))
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, size) == 0 && listen(socket, 1) == 0 && getsockname(socket, $0, &size) == 0
            }
        }
        #expect(bound)
        let taken = Int(in_port_t(bigEndian: address.sin_port))
        #expect(!LocalPort.isFree(taken))
        let setup = try setup(scratch)
        try "http:\n  port: \(taken)\n".write(toFile: setup.folder.config(.feedback), atomically: true, encoding: .utf8)
        let failure = try #require(throws: Failure.self) { try setup.prepare() }
        #expect(failure.code == "port_taken")
        #expect(failure.hint?.en.contains(setup.folder.config(.feedback)) == true)
    }

    @Test("One `opora up` has a folder at a time; the second learns who")
    func lock() throws {
        let scratch = try Scratch()
        let path = "\(scratch.path)/up.lock"
        let lock = try FolderLock(path)
        do throws(Failure) {
            _ = try FolderLock(path)
            Issue.record("two have the folder")
        } catch {
            #expect(error.code == "already_runs" && error.what.en.contains("\(getpid())"))
        }
        _ = consume lock
        _ = try FolderLock(path)
    }

    @Test("A folder that can't be made is told by name")
    func noFolder() {
        let failure = #expect(throws: Failure.self) { try DeskFolder(root: "/dev/null/desk", workingFolder: "/").make() }
        #expect(failure?.what.en.contains("/dev/null") == true)
    }
}

@Suite("Key files") struct KeyFileTests {
    @Test("A pair is made once, for its owner alone, and read from then on")
    func once() throws {
        let scratch = try Scratch()
        let path = "\(scratch.path)/a.json"
        let key = try KeyFile.generate(at: path)
        #expect(key.utf8.count == 40)
        #expect(try scratch.mode("a.json") == 0o600)
        #expect(try KeyFile.generate(at: path) == key)
        #expect(try KeyFile.publicKey(at: path) == key)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["a.json"])
        #expect(try KeyFile.generate(at: "\(scratch.path)/b.json") != key)
    }

    @Test("A file without keys is refused and left as it is", arguments: ["", "{}", "{\"secret_key\":\"short\"}"])
    func damaged(content: String) throws {
        let scratch = try Scratch()
        let path = "\(scratch.path)/a.json"
        try content.write(toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: CallError.self) { try KeyFile.generate(at: path) }
        #expect(try scratch.text("a.json") == content)
    }

    @Test("A folder that is not there is told with the system's reason")
    func noFolder() {
        #expect(throws: KeyFileError.self) { try KeyFile.generate(at: "/nowhere/a.json") }
    }
}

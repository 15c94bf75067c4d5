import FoundationEssentials
import Glibc
import OporaPluginKit

/// Brings a desk's folder into the state in which its services can start: folders, keys, configurations.
struct DeskSetup: Sendable {
    /// Where the survey page listens, where that port is free.
    static let surveyPort = 8321

    var folder: DeskFolder
    /// The plugins that run on it.
    var plugins = DeskService.standard
    /// The kernel's configuration, where it is not the folder's own.
    var kernelConfig: String?
    var language: Language

    /// The kernel's configuration that counts.
    var config: String { kernelConfig ?? folder.config(.kernel) }

    /// A log that is larger at the start of a desk is put aside, over the one that was put aside before.
    static let logBytes = 10_000_000

    /// Makes what is missing and checks what is there. What is there is never written over.
    func prepare() throws {
        let keys = try plugins.map { service in (service: service, key: try key(service)) }
        try write(DeskConfig.kernel(folder, keys: keys), to: folder.config(.kernel))
        for service in plugins where access(folder.config(service), F_OK) != 0 {
            let usual = service == .alertmanager ? AlertBridge.port : Self.surveyPort
            let port = LocalPort.isFree(usual) ? usual : LocalPort.anyFree() ?? usual
            let text = DeskConfig.plugin(service, folder, language: language, port: port)
            try write(text, to: folder.config(service))
        }
        guard let data = FileManager.default.contents(atPath: config) else { throw Failure.unreadable(config) }
        let known = String(decoding: data, as: UTF8.self)
        for (service, key) in keys where !known.contains(key) {
            throw Failure.unknownKey(service, key: key, config: config, generated: folder.config(.kernel))
        }
        try checkStreams()
        for log in DeskService.allCases.map(folder.log) where LogTail.size(log) > Self.logBytes { rename(log, log + ".1") }
        let port = self.port
        if port > 0, !LocalPort.isFree(port) { throw Failure.portTaken(port, config: folder.config(.feedback)) }
    }

    /// Whether the kernel's settings were written before there was this plugin, or without it.
    func isUnknown(_ service: DeskService) -> Bool {
        guard let settings = try? Config(path: config, environment: [:], flags: []) else { return false }
        let names = (0..<settings.count("identities")).compactMap { settings.string("identities.\($0).name") }
        return !names.contains(service.name)
    }

    /// A role that names no streams reads no events. Settings of versions that did not know streams would leave plugins idle.
    private func checkStreams() throws(Failure) {
        guard let settings = try? Config(path: config, environment: [:], flags: []) else { return }
        let roles = settings.names("roles")
        for service in plugins where roles.contains(service.name) && !service.streams.isEmpty {
            if settings.strings("roles.\(service.name).streams").isEmpty { throw Failure.noStreams(service, config: config) }
        }
    }

    /// The port that the survey page's settings name; 0 for one that the system chooses, or where they can't be read:
    /// the plugin itself will say what is wrong with them.
    var port: Int {
        let environment = ProcessInfo.processInfo.environment
        let settings = try? Config(path: folder.config(.feedback), environment: environment, flags: [])
        return settings?.int("http.port", default: Self.surveyPort, in: 0...65_535) ?? 0
    }

    private func key(_ service: DeskService) throws -> String {
        do { return try KeyFile.generate(at: folder.key(service)) } catch let error as KeyFileError {
            throw Failure.folder(error.path, reason: "\(error)")
        } catch is CallError {
            throw Failure.damagedKey(folder.key(service))
        }
    }

    /// Writes a file that is not there yet; leaves one that is as it is.
    private func write(_ text: String, to path: String) throws(Failure) {
        if access(path, F_OK) != 0 { try text.write(newFile: path) }
    }
}

extension String {
    /// Writes the text to a file that its owner alone may read, whole or not at all.
    func write(newFile path: String) throws(Failure) {
        let draft = path + ".new"
        let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .folder(path, reason: String(cString: strerror(errno))) }
        defer { close(file) }
        let bytes = Array(utf8)
        guard Glibc.write(file, bytes, bytes.count) == bytes.count, rename(draft, path) == 0 else {
            throw .folder(path, reason: String(cString: strerror(errno)))
        }
    }
}

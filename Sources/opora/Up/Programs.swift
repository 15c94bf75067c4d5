import FoundationEssentials
import Glibc

/// The executables of the project, which lie beside this one.
struct Programs: Sendable {
    let folder: String
    /// The Alertmanager bridge, where it can run.
    var bridge: AlertBridge?

    /// Finds the folder of the running executable.
    init() throws(Failure) {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let path = String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard let slash = path.lastIndex(of: "/") else { throw .program("opora", folder: "/proc/self") }
        folder = String(path[..<slash])
    }

    /// How the person called this program, so that it can be called so again.
    static func typed(_ workingFolder: String) -> String {
        let typed = CommandLine.arguments.first ?? "opora"
        return typed.hasPrefix(workingFolder + "/") ? String(typed.dropFirst(workingFolder.count + 1)) : typed
    }

    /// The path of one of them.
    func path(_ name: String) throws(Failure) -> String {
        let path = "\(folder)/\(name)"
        guard access(path, X_OK) == 0 else { throw .program(name, folder: folder) }
        return path
    }

    /// How a service of the desk is started.
    /// - Parameter config: the kernel's configuration, where it is not the folder's.
    func service(_ service: DeskService, _ folder: DeskFolder, config: String) throws(Failure) -> Spawn {
        var arguments = ["--run-dir", folder.run, "--data-dir", folder.data(service), "--config", config]
        if service != .kernel { arguments += ["--key", folder.key(service)] }
        if service == .alertmanager, let bridge { return bridge.spawn(arguments, log: folder.log(service)) }
        return Spawn(program: try path(service.name), arguments: arguments, log: folder.log(service))
    }
}

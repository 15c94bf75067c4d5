import FoundationEssentials
public import OporaProtocol
import OporaTransport

/// Where a desk's kernel is and how this process proves who it is.
public struct DeskLocation: Sendable {
    /// The kernel's runtime folder, which holds `kernel.json`.
    public var runFolder: String
    /// A file with this process's CURVE keys; without one the process is known by its uid.
    public var keyFile: String?

    public init(runFolder: String, keyFile: String? = nil) {
        self.runFolder = runFolder
        self.keyFile = keyFile
    }

    /// The folder that `opora up` uses, or the one of a system installation.
    public static func defaultRunFolder(environment: [String: String]) -> String {
        if let given = environment["OPORA_RUN_DIR"], !given.isEmpty { return given }
        let local = ".opora/run"
        return FileManager.default.fileExists(atPath: local) ? local : "/run/opora"
    }

    /// What `kernel.json` says now.
    public func discover() throws(CallError) -> Discovery {
        let path = "\(runFolder)/kernel.json"
        guard let data = FileManager.default.contents(atPath: path) else { throw .noKernel(runFolder) }
        guard let json = try? JSONParser.parse([UInt8](data)), let found = Discovery(json) else { throw .badDiscovery(path) }
        return found
    }

    /// Keys in the form that `opora key new` writes: JSON with `public_key` and `secret_key`.
    func keys() throws(CallError) -> CurveKeys? {
        guard let keyFile else { return nil }
        guard let data = FileManager.default.contents(atPath: keyFile), let json = try? JSONParser.parse([UInt8](data)),
            let secret = json["secret_key"]?.string, let publicKey = CurveKeys.publicKey(ofSecret: secret)
        else { throw .badKeyFile(keyFile) }
        return CurveKeys(publicKey: publicKey, secretKey: secret)
    }
}

import Glibc

/// Where everything of a desk that runs under `opora up` lies.
struct DeskFolder: Hashable, Sendable {
    /// The longest path that a socket may have: `sun_path` has 108 bytes, the last of them zero.
    static let socketPathBytes = 107
    /// The kernel's socket with the longest name.
    private static let longestSocket = "events-curve.sock"

    /// An absolute path, as all here.
    let root: String
    /// Where the kernel's sockets and `kernel.json` are.
    let run: String

    /// - Parameters:
    ///   - run: elsewhere than in `root`, for a `root` whose path is too long for sockets.
    ///   - workingFolder: what relative paths start from.
    init(root: String, run: String? = nil, workingFolder: String) {
        self.root = DeskFolder.absolute(root, workingFolder)
        self.run = run.map { DeskFolder.absolute($0, workingFolder) } ?? "\(self.root)/run"
    }

    var keys: String { "\(root)/keys" }
    var logs: String { "\(root)/logs" }
    var mail: String { "\(root)/mail" }
    var lock: String { "\(root)/up.lock" }
    var seeded: String { "\(root)/seeded.json" }

    func data(_ service: DeskService) -> String {
        service == .kernel ? "\(root)/data" : "\(root)/data/\(service.name)"
    }
    func config(_ service: DeskService) -> String {
        switch service {
        case .kernel: "\(root)/kernel.yaml"
        case .alertmanager: "\(root)/\(service.name).toml"
        default: "\(root)/\(service.name).yaml"
        }
    }
    func key(_ service: DeskService) -> String { "\(keys)/\(service.name).json" }
    func log(_ service: DeskService) -> String { "\(logs)/\(service.name).log" }

    /// By how many bytes the sockets' paths are too long; 0 where they are not.
    var socketPathExcess: Int { max(0, "\(run)/\(DeskFolder.longestSocket)".utf8.count - DeskFolder.socketPathBytes) }

    /// Makes the folders that are missing, for their owner alone.
    func make() throws(Failure) {
        for folder in [root, run, keys, logs, mail, data(.kernel)] + DeskService.plugins.map(data) {
            try DeskFolder.make(folder)
        }
    }

    private static func make(_ folder: String) throws(Failure) {
        var path = ""
        for part in folder.split(separator: "/") {
            path += "/\(part)"
            if mkdir(path, 0o700) != 0, errno != EEXIST { throw .folder(path, reason: String(cString: strerror(errno))) }
        }
        var status = stat()
        guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw .folder(folder, reason: String(cString: strerror(ENOTDIR)))
        }
    }

    private static func absolute(_ path: String, _ workingFolder: String) -> String {
        let full = path.hasPrefix("/") ? path : "\(workingFolder)/\(path)"
        var parts: [Substring] = []
        for part in full.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }
}

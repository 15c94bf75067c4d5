import FoundationEssentials
import Glibc

/// Processes of a desk whose `opora up` was killed and could not stop them.
enum Leftovers {
    /// One of them.
    struct Found: Hashable, Sendable {
        var service: DeskService
        var pid: pid_t
    }

    /// Those that run in this folder, as the system's list of processes shows them.
    static func find(_ folder: DeskFolder) -> [Found] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { name in
            guard let pid = pid_t(name), let data = FileManager.default.contents(atPath: "/proc/\(name)/cmdline"),
                let service = service(ofCommandLine: [UInt8](data), run: folder.run)
            else { return nil }
            return Found(service: service, pid: pid)
        }.sorted { $0.pid < $1.pid }
    }

    /// Which service a command line, words ended by zero bytes, is of; nil where it is another desk's or no service.
    static func service(ofCommandLine bytes: [UInt8], run: String) -> DeskService? {
        let words = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        let program = words.first?.split(separator: "/").last.map(String.init) ?? ""
        guard let service = AlertBridge.isNamed(in: words) ? .alertmanager : DeskService(rawValue: program),
            let flag = words.firstIndex(of: "--run-dir"), words.indices.contains(flag + 1), words[flag + 1] == run
        else { return nil }
        return service
    }

    /// Stops those in this folder, plugins first; returns those that are still there after the limit.
    static func stop(_ folder: DeskFolder) async throws -> [Found] {
        for services in [DeskService.plugins, [.kernel]] {
            for one in find(folder) where services.contains(one.service) { kill(one.pid, SIGTERM) }
            var pauses = (services.map(\.stopMilliseconds).max() ?? 0) / pauseMilliseconds
            while pauses > 0, find(folder).contains(where: { services.contains($0.service) }) {
                pauses -= 1
                try await Task.sleep(for: .milliseconds(pauseMilliseconds))
            }
        }
        return find(folder)
    }

    /// They are not this process's children, so that nothing tells of their end.
    private static let pauseMilliseconds = 50
}

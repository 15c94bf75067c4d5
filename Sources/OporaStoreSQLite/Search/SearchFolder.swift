import Foundation
import Glibc
import OporaStore
import Synchronization

/// The folder of the index: `index-7.sqlite` is the seventh that was made. A new one takes a name of its own, since SQLite finds
/// the log of a file by its name and would take the old one's for the new one's.
final class SearchFolder: Sendable {
    private let path: String
    /// The number of the index in use; 0 where there is none.
    private let current: Mutex<Int64>

    /// Makes the folder, and takes away what a crash left unfinished and all indexes but the newest.
    init(_ path: String) throws(StoreError) {
        self.path = path
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
        } catch {
            throw .failed("the folder \(path) can't be made: \(error.localizedDescription)")
        }
        current = Mutex(SearchFolder.numbers(path).max() ?? 0)
        tidy()
    }

    /// The number of the index in use.
    var number: Int64 { current.withLock { $0 } }
    /// The file of the index in use.
    var file: String { file(number) }
    /// The file of the index that is being made.
    var unfinished: String { "\(path)/unfinished.sqlite" }

    /// Where an index in use begins, if there is none: it needs no making.
    func begin() -> String {
        current.withLock { $0 += 1 }
        return file
    }

    /// Gives the finished file its name and has the others removed. It must be closed.
    func adopt() throws(StoreError) {
        let next = number + 1
        guard flush(unfinished), rename(unfinished, file(next)) == 0, flush(path) else {
            throw .failed("\(file(next)) can't be written: \(String(cString: strerror(errno)))")
        }
        current.withLock { $0 = next }
        tidy()
    }

    /// Removes all files but those of the index in use. Who has one open goes on with it.
    func tidy() {
        let kept = "index-\(number).sqlite"
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] where !name.hasPrefix(kept) {
            try? FileManager.default.removeItem(atPath: "\(path)/\(name)")
        }
    }

    /// Bytes of all files.
    var bytes: Int64 {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.reduce(0) { sum, name in
            let size = try? FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")[.size] as? Int64
            return sum + (size ?? 0)
        }
    }

    private func file(_ number: Int64) -> String { "\(path)/index-\(number).sqlite" }

    private static func numbers(_ path: String) -> [Int64] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).compactMap { name in
            guard name.hasPrefix("index-"), name.hasSuffix(".sqlite") else { return nil }
            return Int64(name.dropFirst(6).dropLast(7))
        }
    }

    private func flush(_ path: String) -> Bool {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        return fsync(file) == 0
    }
}

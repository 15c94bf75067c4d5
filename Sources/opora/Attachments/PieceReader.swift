import Glibc
import OporaPluginKit

/// A file that is read in pieces of a size that the reader names.
final class PieceReader {
    private let source: FileSource
    private let path: String

    init(_ path: String) throws {
        self.path = path
        do throws(ReadFault) { source = try FileSource(path) } catch { throw error.failure }
        guard source.size != nil else {
            throw Failure.usage("\(path) is no plain file", ru: "\(path) — не обычный файл")
        }
    }

    /// Up to so many bytes; fewer at the end only.
    func next(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        do throws(ReadFault) {
            while bytes.count < count, try source.read(count - bytes.count, into: &bytes) {}
        } catch { throw error.failure }
        return bytes
    }

    /// Passes bytes over.
    func skip(_ count: Int) throws {
        var left = count
        while left > 0 {
            let piece = try next(min(left, 262_144))
            guard !piece.isEmpty else { throw Failure.changed(path) }
            left -= piece.count
        }
    }

    /// All pieces from here on.
    func pieces(_ take: ([UInt8]) -> Void) throws {
        while true {
            let piece = try next(262_144)
            if piece.isEmpty { return }
            take(piece)
        }
    }
}

extension Failure {
    /// A file that somebody wrote to while it was being sent.
    static func changed(_ path: String) -> Failure {
        .badData("\(path) became shorter while it was being sent", ru: "\(path): файл стал короче во время отправки")
    }
}

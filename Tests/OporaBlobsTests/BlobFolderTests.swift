import Foundation
import OporaBlobs
import OporaProtocol
import OporaStore
import Testing

@Suite("Attachments as files")
struct BlobFolderTests {
    private func withFolder(_ body: (BlobFolder, String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("blobs-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(try BlobFolder(path), path)
    }

    private let first = AttachmentID(rawValue: 1)
    private let second = AttachmentID(rawValue: 2)

    @Test("Pieces are added where they belong, and nowhere else")
    func pieces() throws {
        try withFolder { folder, _ in
            #expect(try folder.received(first) == 0)
            #expect(try folder.append([1, 2, 3], to: first, at: 0) == 3)
            #expect(try folder.append([9], to: first, at: 0) == 3)
            #expect(try folder.append([9], to: first, at: 7) == 3)
            #expect(try folder.append([4], to: first, at: 3) == 4)
            let digest = try folder.digest(first)
            #expect(digest.bytes == 4 && digest.sha256 == SHA256.hex([1, 2, 3, 4]) && digest.head == [1, 2, 3, 4])
        }
    }

    @Test("The same bytes lie in one file, under their digest")
    func sharing() throws {
        try withFolder { folder, path in
            let bytes = Array("hello".utf8)
            let sha = SHA256.hex(bytes)
            for id in [first, second] {
                _ = try folder.append(bytes, to: id, at: 0)
                try folder.seal(id, as: sha)
                try folder.seal(id, as: sha)
                try folder.drop(id)
                try folder.seal(id, as: sha)
            }
            let shelf = try FileManager.default.contentsOfDirectory(atPath: "\(path)/blobs/\(sha.prefix(2))")
            #expect(shelf == [String(sha.dropFirst(2))])
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(path)/uploads").isEmpty)
            #expect(try folder.read(sha, at: 1, count: 3) == Array("ell".utf8))
            #expect(try folder.read(sha, at: 4, count: 100) == Array("o".utf8))
            #expect(try folder.read(sha, at: 5, count: 100) == [])
            try folder.remove(sha)
            try folder.remove(sha)
            #expect(try folder.read(sha, at: 0, count: 1) == nil)
            #expect(try !folder.has(sha))
        }
    }

    @Test("Two senders of one upload do not mix their pieces")
    func atOnce() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("blobs-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = try BlobFolder(path)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for piece in 0..<50 {
                        let bytes = [UInt8](repeating: UInt8(piece), count: 10)
                        while try folder.append(bytes, to: AttachmentID(rawValue: 1), at: Int64(piece * 10)) < (piece + 1) * 10 {}
                    }
                }
            }
            try await group.waitForAll()
        }
        let wanted = (0..<50).flatMap { [UInt8](repeating: UInt8($0), count: 10) }
        #expect(try folder.digest(AttachmentID(rawValue: 1)).sha256 == SHA256.hex(wanted))
    }
}

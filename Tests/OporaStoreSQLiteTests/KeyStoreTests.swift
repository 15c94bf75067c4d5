import Foundation
import OporaStore
import OporaStoreSQLite
import OporaTime
import Testing

@Suite("Keys in the SQLite store")
struct KeyStoreTests {
    @Test("A key is written, changed, forgotten, and read oldest first")
    func rows() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try SQLiteStore(path: folder.appendingPathComponent("opora.db").path, newLogID: "log")
        func commit(_ change: (inout Commit) -> Void) throws -> [DeskKey] {
            let writer = try store.makeWriter()
            var commit = Commit()
            change(&commit)
            #expect(!commit.isEmpty)
            try writer.begin()
            try writer.apply(commit)
            try writer.commit()
            return try store.makeWriter().deskKeys()
        }
        var young = DeskKey(publicKey: "a", name: "anna", roles: ["plugin", "reporter"], createdAt: Timestamp(2000))
        let old = DeskKey(publicKey: "b", name: "anna", roles: [], createdAt: Timestamp(1000), revokedAt: Timestamp(1500))
        #expect(try commit { $0.keys = [young, old] } == [old, young])
        young.revokedAt = Timestamp(3000)
        #expect(try commit { $0.keys = [young] } == [old, young])
        #expect(try commit { $0.forgottenKeys = ["b"] } == [young])
    }
}

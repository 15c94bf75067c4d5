import Foundation
import OporaPluginKit
import OporaPluginStore
import Testing

@Suite("A plugin's store")
struct PluginStoreTests {
    private struct Stop: Error {}

    @Test("The position moves with the effect, or not at all, and outlives the process")
    func position() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("plugin-\(UUID().uuidString).db").path
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        let migrations = ["CREATE TABLE t(n INTEGER, s TEXT) STRICT"]
        let store = try PluginStore(path: path, migrations: migrations)
        #expect(try store.position() == nil)
        let first = LogPosition(logID: "l", epoch: 1, seq: 7)
        try store.write(at: first) { try $0.run("INSERT INTO t VALUES (?, ?)", [1, "ё"]) }
        #expect(throws: Stop.self) {
            try store.write(at: LogPosition(logID: "l", epoch: 1, seq: 9)) { tx in
                try tx.run("INSERT INTO t VALUES (?, ?)", [2, nil])
                throw Stop()
            }
        }
        let again = try PluginStore(path: path, migrations: migrations + ["ALTER TABLE t ADD COLUMN x TEXT"])
        #expect(try again.position() == first)
        let rows = try again.read { try $0.rows("SELECT n, s, x FROM t") }
        #expect(rows.count == 1 && rows[0].int(0) == 1 && rows[0].text(1) == "ё" && rows[0].optionalText(2) == nil)
    }
}

import FoundationEssentials
import OporaPluginKit
import Synchronization
import Testing

@testable import reporter

@Suite struct DeskCallsTests {
    private static func group(_ number: Int) -> GroupID { GroupID(rawValue: Int64(number)) }

    @Test func `names are read page by page and then remembered`() async {
        let calls = Mutex<[JSON]>([])
        let directory = GroupDirectory { params in
            calls.withLock { $0.append(params) }
            return params["cursor"] == nil
                ? ["items": [["id": "G-1", "name": "First"]], "next_cursor": "c"]
                : ["items": [["id": "G-2", "name": "Second"]], "next_cursor": .null]
        }
        for _ in 0..<2 {
            let names = await directory.names(of: [Self.group(1), Self.group(2)])
            #expect([names[Self.group(1)], names[Self.group(2)], names[nil]] == ["First", "Second", "(none)"])
        }
        #expect(calls.withLock { $0 } == [["limit": 200], ["limit": 200, "cursor": "c"]])
    }

    @Test func `a change of groups makes the next report ask again`() async {
        let asked = Mutex(0)
        let directory = GroupDirectory { _ in
            let n = asked.withLock {
                $0 += 1; return $0
            }
            return ["items": [["id": "G-1", "name": .string("name \(n)")]], "next_cursor": .null]
        }
        #expect(await directory.names(of: [Self.group(1)])[Self.group(1)] == "name 1")
        await directory.forget()
        #expect(await directory.names(of: [Self.group(1)])[Self.group(1)] == "name 2")
    }

    @Test func `a failed look-up shows ids and is tried again`() async {
        let fails = Mutex(true)
        let directory = GroupDirectory { _ in
            if fails.withLock({ $0 }) { throw RPCError(.unavailable, "not now") }
            return ["items": [["id": "G-1", "name": "First"]]]
        }
        #expect(await directory.names(of: [Self.group(1)])[Self.group(1)] == "G-1")
        fails.withLock { $0 = false }
        #expect(await directory.names(of: [Self.group(1)])[Self.group(1)] == "First")
    }

    @Test func `a report waits until the read model has what was recorded`() async throws {
        let positions = Mutex<[Int64]>([3, 5, 9])
        let asked = Mutex<[Int64]>([])
        let head = LogHead(
            read: { params in
                let after = params["after_seq"]?.int ?? -1
                asked.withLock { $0.append(after) }
                // The log grows on; what came after the question is not waited for.
                return ["head_seq": .int(after + 6), "events": [["seq": .int(after + 1)]]]
            },
            position: { positions.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] } }, patience: .seconds(60))
        try await head.reached()
        #expect(asked.withLock { $0 } == [3, 5, 9])
    }

    @Test func `a report is refused where the reporter stays behind`() async throws {
        let head = LogHead(
            read: { _ in ["head_seq": 90, "events": [["seq": 2]]] }, position: { 1 }, patience: .zero)
        let error = await #expect(throws: RPCError.self) { try await head.reached() }
        #expect(error?.code == .unavailable)
    }

    @Test func `the manifest on disk is the one that the plugin sends`() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/manifest.json"
        let data = try #require(FileManager.default.contents(atPath: path))
        #expect(try JSONParser.parse([UInt8](data)) == Reporter.manifest.json)
    }
}

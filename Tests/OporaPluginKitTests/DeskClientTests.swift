import OporaPluginKit
import OporaTestKit
import Testing

@Suite("A client and a real kernel", .timeLimit(.minutes(2)))
struct DeskClientTests {
    @Test("Results and refusals come back as what they are")
    func calls() async throws {
        try await RealDesk.with { desk in
            try await desk.furnish()
            let ticket = try await desk.call("ticket.create", ["subject": "Принтер"])["ticket"]
            #expect(ticket?["id"] == "T-1" && ticket?["subject"] == "Принтер")
            await #expect {
                try await desk.call("ticket.get", ["ticket": "T-9"])
            } throws: { error in
                (error as? CallError)?.code == .notFound && (error as? CallError)?.isRetryable == false
            }
        }
    }

    @Test("A thousand calls at once are all answered")
    func manyCalls() async throws {
        try await RealDesk.with { desk in
            try await desk.furnish()
            let client = try await desk.client
            let ids = try await withThrowingTaskGroup(of: String?.self) { group in
                for n in 0..<1000 {
                    group.addTask {
                        try await client.call("ticket.create", ["subject": .string("s\(n)")])["ticket"]?["id"]?.string
                    }
                }
                return try await group.reduce(into: Set<String>()) { ids, id in if let id { ids.insert(id) } }
            }
            #expect(ids.count == 1000)
        }
    }

    @Test("After the kernel was killed the same connection goes on, and a key gives the stored answer")
    func restart() async throws {
        try await RealDesk.with { desk in
            try await desk.furnish()
            let first = try await desk.call("ticket.create", ["subject": "x"], key: "k")
            await desk.kill()
            let client = try await desk.client
            await #expect(throws: CallError.self) { try await client.call("ping", timeoutMilliseconds: 50) }
            try await desk.start()
            let again = try await desk.call("ticket.create", ["subject": "x"], key: "k")
            #expect(again["ticket"] == first["ticket"] && again["_meta"]?["replayed"] == true)
        }
    }

    @Test("No kernel is said as such")
    func noKernel() {
        #expect {
            _ = try DeskClient(DeskLocation(runFolder: "/nowhere"))
        } throws: { "\($0)".contains("no kernel runs at /nowhere") && "\($0)".contains("opora up") }
    }
}

import OporaProtocol
import OporaTime
import Testing

@testable import OporaKernel

@Suite("One command past its hooks")
struct HookChainTests {
    private static let start = Timestamp(1_000_000)

    private func seat(_ plugin: String, milliseconds: Int64 = 300) -> HookSeat {
        HookSeat(plugin: plugin, identity: plugin, peer: Peer(Array(plugin.utf8)), milliseconds: milliseconds)
    }

    private func chain(
        _ plugins: [String], _ onFailure: HookRule.OnFailure = .open, budget: Int64 = 1000, deadline: Int64 = 10_000,
        params: JSONObject = JSONObject([("subject", "s")]), method: String = "ticket.create"
    ) throws -> HookChain {
        HookChain(
            point: try #require(HookPoint(method: method)), method: method, params: params,
            rule: HookRule(onFailure: onFailure, budgetMilliseconds: budget), seats: plugins.map { seat($0) },
            deadline: Self.start + deadline)
    }

    /// A step in a word: `a300` asks a for 300 ms.
    private func text(_ step: HookChain.Step?) -> String {
        switch step {
        case nil: "go on"
        case .ask(let seat, let milliseconds): "\(seat.plugin)\(milliseconds)"
        case .submit: "submit"
        case .refuse(let error): error.code.rawValue
        }
    }

    private func step(_ chain: inout HookChain, after: Int64 = 0, skips: Set<String> = []) -> String {
        text(chain.step(Self.start + after) { skips.contains($0) })
    }

    @Test("Patches accumulate, and the version of the ticket goes along")
    func patches() throws {
        var chain = try chain(
            ["a", "b", "c"], params: JSONObject([("ticket", "T-1"), ("priority", "low")]), method: "ticket.set_priority")
        try chain.saw(.init(ticket: [], version: 7))
        #expect(step(&chain) == "a300")
        #expect(text(chain.take(.patch(JSONObject([("priority", "high")])), Self.start)) == "go on")
        #expect(step(&chain) == "b300" && chain.proposed["priority"] == "high")
        #expect(text(chain.take(.proceed, Self.start)) == "go on")
        _ = step(&chain)
        #expect(text(chain.take(.patch(JSONObject([("priority", "urgent")])), Self.start)) == "go on")
        #expect(step(&chain) == "submit")
        #expect(chain.finalParams == JSONObject([("ticket", "T-1"), ("priority", "urgent"), ("expected_version", 7)]))
        #expect(chain.stageParams.map { $0["priority"] } == ["low", "high"])
        chain.settle()
        #expect(chain.takeNotes().map(\.plugin).sorted() == ["a", "b", "c"])
    }

    @Test("The first veto ends it")
    func veto() throws {
        var chain = try chain(["a", "b"])
        _ = step(&chain)
        guard case .refuse(let error)? = chain.take(.veto(code: "spam", reason: "Looks like spam."), Self.start) else {
            Issue.record("no refusal")
            return
        }
        #expect(error.code == .vetoed)
        #expect(error.data == JSONObject([("plugin", "a"), ("veto_code", "spam"), ("reason", "Looks like spam.")]))
    }

    @Test(
        "A failure: open goes on, closed refuses",
        arguments: [
            (HookReply.Failure.timeout, "provider_timeout"), (.error, "provider_error"), (.malformed, "provider_error"),
            (.offline, "provider_error"),
        ] as [(HookReply.Failure, String)])
    func failures(failure: HookReply.Failure, code: String) throws {
        var open = try chain(["a", "b"])
        _ = step(&open)
        #expect(text(open.take(.failure(failure), Self.start)) == "go on")
        #expect(open.takeNotes() == [.init(plugin: "a", failure: failure)])
        #expect(step(&open) == "b300")
        var closed = try chain(["a", "b"], .closed)
        _ = step(&closed)
        #expect(text(closed.take(.failure(failure), Self.start)) == code)
        #expect(closed.takeNotes() == [.init(plugin: "a", failure: failure)])
    }

    @Test("A patch that may not be is a failure and is not applied")
    func badPatch() throws {
        for patch in [JSONObject([("priority", "asap")]), JSONObject([("external_id", "x")]), JSONObject([("subject", .null)])] {
            var chain = try chain(["a"])
            _ = step(&chain)
            #expect(text(chain.take(.patch(patch), Self.start)) == "go on")
            #expect(chain.takeNotes() == [.init(plugin: "a", failure: .malformed)])
            #expect(step(&chain) == "submit" && chain.finalParams == chain.original)
        }
    }

    @Test("Together they have the budget; whoever comes too late is passed over, and it is not counted against them")
    func budget() throws {
        var chain = try chain(["a", "b", "c", "d"], budget: 700)
        #expect(step(&chain) == "a300")
        _ = chain.take(.failure(.timeout), Self.start + 300)
        #expect(step(&chain, after: 300) == "b300")
        _ = chain.take(.failure(.timeout), Self.start + 600)
        #expect(step(&chain, after: 600) == "c100")
        _ = chain.take(.proceed, Self.start + 700)
        #expect(step(&chain, after: 700) == "submit")
        #expect(chain.takeNotes().last == .init(plugin: "d", failure: .timeout, counts: false))
        var closed = try self.chain(["a", "b"], .closed, budget: 100)
        _ = step(&closed)
        _ = closed.take(.proceed, Self.start + 100)
        #expect(step(&closed, after: 100) == "provider_timeout")
    }

    @Test("The caller's deadline counts, and is not held against a plugin")
    func deadline() throws {
        var chain = try chain(["a", "b"], .closed, deadline: 50)
        #expect(step(&chain) == "a50")
        #expect(text(chain.take(.failure(.timeout), Self.start + 50)) == "deadline_exceeded")
        #expect(chain.takeNotes().isEmpty)
        var late = try self.chain(["a"], deadline: 50)
        #expect(step(&late, after: 50) == "deadline_exceeded")
    }

    @Test("A plugin whose breaker is open is passed over; closed, that is a failure")
    func skipped() throws {
        var open = try chain(["a", "b"])
        #expect(step(&open, skips: ["a"]) == "b300" && open.takeNotes().isEmpty)
        var closed = try chain(["a", "b"], .closed)
        #expect(step(&closed, skips: ["a"]) == "provider_error")
        #expect(closed.takeNotes() == [.init(plugin: "a", failure: .offline, counts: false)])
    }

    @Test("A patch that the command refuses is taken back with what came after it, and those after are asked again")
    func takenBack() throws {
        for rule in HookRule.OnFailure.allCases {
            var chain = try chain(["a", "b", "c"], rule)
            _ = step(&chain)
            _ = chain.take(.patch(JSONObject([("priority", "low")])), Self.start)
            _ = step(&chain)
            _ = chain.take(.patch(JSONObject([("group", "G-99")])), Self.start)
            _ = step(&chain)
            _ = chain.take(.patch(JSONObject([("type", "task")])), Self.start)
            _ = chain.takeNotes()
            // The writer would have taken what there was before the patch of b.
            #expect(text(chain.takeBack(to: 1)) == (rule == .open ? "go on" : "provider_error"))
            #expect(chain.takeNotes() == [.init(plugin: "b", failure: .malformed)])
            guard rule == .open else { continue }
            #expect(step(&chain) == "c300")
            #expect(chain.proposed == JSONObject([("subject", "s"), ("priority", "low")]))
        }
    }

    @Test("Once more where the ticket moved, but only once; what the caller expects decides")
    func moved() throws {
        let params = JSONObject([("ticket", "T-1")])
        var chain = try chain(["a"], params: params, method: "ticket.solve")
        try chain.saw(.init(ticket: [], version: 3))
        _ = step(&chain)
        _ = chain.take(.proceed, Self.start)
        #expect(step(&chain) == "submit" && chain.finalParams["expected_version"] == 3)
        var mayRestart = chain.restart()
        #expect(mayRestart && chain.attempt == 2)
        try chain.saw(.init(ticket: [], version: 4))
        #expect(step(&chain, after: 5000) == "a300")
        _ = chain.take(.proceed, Self.start + 5000)
        #expect(step(&chain, after: 5000) == "submit" && chain.finalParams["expected_version"] == 4)
        mayRestart = chain.restart()
        #expect(!mayRestart)
        var expecting = try self.chain(
            ["a"], params: JSONObject([("ticket", "T-1"), ("expected_version", 3)]), method: "ticket.solve")
        let error = #expect(throws: RPCError.self) { try expecting.saw(.init(ticket: [], version: 4)) }
        #expect(error?.code == .versionConflict && error?.data["current_version"] == 4)
        var create = try self.chain(["a"])
        mayRestart = create.restart()
        #expect(!mayRestart)
    }
}

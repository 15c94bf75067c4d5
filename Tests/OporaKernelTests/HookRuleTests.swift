import OporaProtocol
import OporaTime
import Testing

@testable import OporaKernel

@Suite("Rules of hooks")
struct HookRuleTests {
    private func seat(_ plugin: String, before: [String] = [], after: [String] = []) -> HookSeat {
        HookSeat(plugin: plugin, identity: plugin, peer: Peer(Array(plugin.utf8)), before: before, after: after)
    }

    @Test("Order: the operator's, else the manifests', else the names'; contradictions leave the names")
    func order() {
        func order(_ seats: [HookSeat], _ wanted: [String] = []) -> String {
            let order = HookOrder(seats, wanted: wanted)
            return order.places.map { seats[$0].plugin }.joined() + (order.hasCycle ? "!" : "")
        }
        let plain = [seat("c"), seat("a"), seat("b")]
        #expect(order(plain) == "abc")
        #expect(order(plain, ["b", "zz", "c"]) == "bca")
        #expect(order([seat("a", after: ["c"]), seat("b"), seat("c")]) == "bca")
        #expect(order([seat("c", before: ["a"]), seat("a"), seat("b")]) == "bca")
        #expect(order([seat("a", after: ["b"]), seat("b", after: ["c"]), seat("c", after: ["nobody"])]) == "cba")
        #expect(order([seat("a", before: ["b"]), seat("b", before: ["a"]), seat("c")]) == "abc!")
        #expect(order([seat("b", before: ["c"]), seat("c", before: ["a"]), seat("a", before: ["b"])]) == "abc!")
        #expect(order([seat("a", before: ["b"]), seat("b", before: ["a"]), seat("c")], ["b"]) == "bac")
        #expect(order([seat("a", before: ["a"])]) == "a")
        #expect(order([]) == "")
    }

    @Test(
        "What counts as an answer",
        arguments: [
            (#"{"result":{"action":"continue"}}"#, HookReply.proceed),
            (#"{"result":{"action":"continue","extra":1}}"#, .proceed),
            (#"{"result":{"action":"patch","patch":{"priority":"high"}}}"#, .patch(JSONObject([("priority", "high")]))),
            (#"{"result":{"action":"veto","code":"no_way","reason":"Not today."}}"#, .veto(code: "no_way", reason: "Not today.")),
            (#"{"error":{"code":-1,"message":"x"}}"#, .failure(.error)), (#"{"error":null}"#, .failure(.error)),
            (#"{"result":{}}"#, .failure(.malformed)), (#"{"result":"x"}"#, .failure(.malformed)),
            (#"{"result":null}"#, .failure(.malformed)), (#"{"result":{"action":"go"}}"#, .failure(.malformed)),
            (#"{"result":{"action":1}}"#, .failure(.malformed)), (#"{"result":{"action":"patch"}}"#, .failure(.malformed)),
            (#"{"result":{"action":"patch","patch":[]}}"#, .failure(.malformed)),
            (#"{"result":{"action":"veto","reason":"x"}}"#, .failure(.malformed)),
            (#"{"result":{"action":"veto","code":"a b","reason":"x"}}"#, .failure(.malformed)),
            (#"{"result":{"action":"veto","code":"x","reason":5}}"#, .failure(.malformed)),
        ] as [(String, HookReply)])
    func replies(answer: String, expected: HookReply) throws {
        #expect(HookReply(reading: try #require(try JSON(parsing: answer).object)) == expected)
    }

    @Test("A reason has up to 500 characters")
    func reason() {
        func reply(_ count: Int) -> HookReply {
            let result: JSON = ["action": "veto", "code": "x", "reason": .string(String(repeating: "ж", count: count))]
            return HookReply(reading: JSONObject([("result", result)]))
        }
        #expect(reply(500) == .veto(code: "x", reason: String(repeating: "ж", count: 500)))
        #expect(reply(501) == .failure(.malformed))
    }

    @Test("The breaker opens with the fifth failure in a row and closes after a minute")
    func breaker() {
        var breaker = HookBreaker()
        let start = Timestamp(1_000_000)
        for _ in 0..<4 { breaker.failed(start) }
        breaker.succeeded()
        for _ in 0..<4 { breaker.failed(start) }
        #expect(!breaker.isOpen(start))
        breaker.failed(start)
        #expect(breaker.isOpen(start) && breaker.isOpen(start + 59_999) && !breaker.isOpen(start + 60_000))
        // Then it counts anew.
        breaker.failed(start + 60_000)
        #expect(!breaker.isOpen(start + 60_000) && !breaker.isIdle(start + 60_000))
    }

    @Test(
        "A patch touches what it may, and leaves what the command takes",
        arguments: [
            (
                "ticket.create", #"{"priority":"high","fields":{"b":2,"a":null}}"#,
                #"{"subject":"s","priority":"high","fields":{"b":2}}"#
            ),
            ("ticket.create", #"{"group":"G-1"}"#, #"{"subject":"s","fields":{"a":1},"group":"G-1"}"#),
            ("ticket.create", #"{}"#, #"{"subject":"s","fields":{"a":1}}"#),
            ("ticket.create", #"{"subject":null}"#, ""), ("ticket.create", #"{"subject":"a\nb"}"#, ""),
            ("ticket.create", #"{"priority":"asap"}"#, ""), ("ticket.create", #"{"priority":1}"#, ""),
            ("ticket.create", #"{"external_id":"x"}"#, ""), ("ticket.create", #"{"ticket":"T-2"}"#, ""),
            ("ticket.create", #"{"status":"open"}"#, ""), ("ticket.create", #"{"group":"U-1"}"#, ""),
            ("ticket.create", #"{"fields":{"a":[1]}}"#, ""), ("ticket.create", #"{"fields":"x"}"#, ""),
        ] as [(String, String, String)])
    func fields(method: String, patch: String, expected: String) throws {
        let params = JSONObject([("subject", "s"), ("fields", ["a": 1])])
        let patch = try #require(try JSON(parsing: patch).object)
        let result = try? HookFields.apply(patch, to: params, of: method)
        #expect(try result.map { .object($0) } == (expected.isEmpty ? nil : JSON(parsing: expected)))
    }

    @Test("A patch of a command that takes none of the fields may hold nothing")
    func nothingToPatch() throws {
        let params = JSONObject([("ticket", "T-1")])
        #expect(try HookFields.apply(JSONObject(), to: params, of: "ticket.solve") == params)
        #expect(throws: RPCError.self) {
            try HookFields.apply(JSONObject([("status", "closed")]), to: params, of: "ticket.solve")
        }
        #expect(throws: RPCError.self) {
            try HookFields.apply(JSONObject([("expected_version", 1)]), to: params, of: "ticket.solve")
        }
        let many = JSON.object(JSONObject((0..<50_000).map { ("f\($0)", 1) }))
        #expect(throws: RPCError.self) { try HookFields.apply(JSONObject([("fields", many)]), to: params, of: "ticket.create") }
    }
}

import OporaProtocol
import Testing

@testable import OporaKernel

@Suite("Greetings")
struct GreetingTests {
    private func offer(_ text: String) throws -> PluginOffer {
        try PluginOffer(try #require(try JSON(parsing: text).object))
    }

    @Test(
        "libzmq before 4.3.3 is old",
        arguments: [
            ("pyzmq 26 / libzmq 4.3.5", false), ("libzmq/4.3.3", false), ("libzmq 4.3.2", true), ("libzmq 4.2", true),
            ("LibZMQ v4.10.0", false), ("libzmq-3.2.5", true), ("libzmq 5.0.0", false),
        ] as [(String, Bool)])
    func libraries(text: String, isOld: Bool) throws {
        #expect((try #require(LibraryVersion(text)) < .oldestSafe) == isOld)
    }

    @Test("A library that says no version is none", arguments: ["", "pyzmq 26", "libzmq", "libzmq x.y", "libzmq 4"])
    func noLibrary(text: String) {
        #expect(LibraryVersion(text) == nil)
    }

    @Test("What is granted is what is asked for and allowed")
    func grants() throws {
        let offer = try offer(
            """
            {"name":"p","version":"1","methods":[{"name":"x.p.echo","timeout_ms":90000},{"name":"x.q.echo"},{"name":"x.p.a.b"},
             {"name":"p.echo","params_schema":{"pattern":"a"}}],
             "hooks":[{"point":"ticket.before_create","timeout_ms":900},{"point":"message.before_send"},{"point":"user.before_merge"}],
             "events":[{"type":"x.p.done.v1"},{"type":"x.q.done.v1"},{"type":"x.p.done.v2"},{"type":"opora.ticket.created.v1"}],
             "consumers":["p"]}
            """)
        let identity = Identity(name: "p", roles: [], methods: ["*"], streams: [.ticket], hooks: ["ticket.*"], rights: [])
        let grant = PluginGrant(offer, to: identity)
        #expect(grant.json == ["methods": ["x.p.echo"], "hooks": ["ticket.before_create"], "events": ["x.p.done.v1"]])
        #expect(grant.methods["x.p.echo"]?.milliseconds == 60_000)
        #expect(grant.hooks[.beforeCreate]?.milliseconds == 300)
        #expect(
            grant.warnings.map { "\($0.code.rawValue) \($0.path)" } == [
                "method_not_granted /manifest/methods/1/name", "method_not_granted /manifest/methods/2/name",
                "method_not_granted /manifest/methods/3/name", "hook_not_granted /manifest/hooks/1/point",
                "unknown_hook /manifest/hooks/2/point", "event_not_granted /manifest/events/1/type",
                "event_not_granted /manifest/events/2/type", "event_not_granted /manifest/events/3/type",
                "stream_not_granted /manifest/consumers", "schema_keyword_ignored /manifest/methods/3/params_schema/pattern",
            ])
        #expect(grant.refusal?.data["details"]?.array?.count == 10)
        // The owner speaks for any plugin, and sees every stream.
        let owner = PluginGrant(offer, to: .owner)
        #expect(owner.plugin == "p" && owner.hooks.count == 2)
        #expect(!owner.warnings.contains { $0.code == .streamNotGranted || $0.code == .hookNotGranted })
    }

    @Test(
        "A manifest that is none is refused where it goes wrong",
        arguments: [
            (#"{}"#, "/name"), (#"{"name":"a b"}"#, "/name"), (#"{"name":"p","methods":{}}"#, "/methods"),
            (#"{"name":"p","methods":[1]}"#, "/methods/0"), (#"{"name":"p","methods":[{}]}"#, "/methods/0/name"),
            (#"{"name":"p","methods":[{"name":"x.p.a","timeout_ms":0}]}"#, "/methods/0/timeout_ms"),
            (
                #"{"name":"p","methods":[{"name":"x.p.a","params_schema":{"properties":{"a":{"type":"text"}}}}]}"#,
                "/methods/0/params_schema/properties/a/type"
            ),
            (#"{"name":"p","hooks":[{"point":5}]}"#, "/hooks/0/point"),
            (#"{"name":"p","hooks":[{"point":"x","before":["a b"]}]}"#, "/hooks/0/before/0"),
            (#"{"name":"p","events":[{"type":"x.p.a.v1","schema":5}]}"#, "/events/0/schema"),
            (#"{"name":"p","consumers":"p"}"#, "/consumers"),
        ] as [(String, String)])
    func invalid(manifest: String, path: String) throws {
        let error = #expect(throws: RPCError.self) { try offer(manifest) }
        #expect(error?.code == .invalidParams)
        #expect(error?.data["details"]?.array?.first?["path"]?.string == path)
    }

    @Test("What is not known in a manifest may be of a later version")
    func unknownMembers() throws {
        #expect(try offer(#"{"name":"p","streams":["ticket"],"later":{"a":1}}"#).name == "p")
    }
}

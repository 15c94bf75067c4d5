import OporaDomain
import OporaKernel
import OporaProtocol
import OporaStore
import OporaTime
import Synchronization
import Testing

@testable import OporaKernel

@Suite("Who is known")
struct AccessTests {
    static let first = "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID"
    static let second = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"

    /// A configuration that a test writes anew.
    private final class File: Sendable {
        let rules: Mutex<AccessRules>
        let problems = Mutex<[String]>([])
        init(_ rules: AccessRules) { self.rules = Mutex(rules) }

        var access: Access {
            Access(rules.withLock { $0 }) { [self] in
                let problems = self.problems.withLock { $0 }
                return problems.isEmpty ? .success(rules.withLock { $0 }) : .failure(AccessProblems(problems))
            }
        }
    }

    private static func rules(_ members: [AccessRules.Member] = [], _ change: (inout AccessRules) -> Void = { _ in })
        -> AccessRules
    {
        var rules = AccessRules(ownUID: 7, members: members)
        change(&rules)
        return rules
    }

    private static func key(_ text: String) -> [PublicKey] { [text].compactMap { PublicKey($0) } }

    private static func fingerprint(_ text: String) -> String { PublicKey(text)?.fingerprint ?? "" }

    @Test(
        "A pattern has its star at an end",
        arguments: [
            ("ticket.*", true), ("*.get", true), ("*", true), ("ping", true), ("", false), ("a*b", false), ("*a*", false),
            ("**", false), ("a b", false),
        ] as [(String, Bool)])
    func patterns(_ text: String, _ isPattern: Bool) { #expect(MethodPattern.isPattern(text) == isPattern) }

    @Test("Several roles add up; what one denies is denied; the most generous rate holds")
    func union() {
        let a = Role(
            methods: ["ticket.*"], deny: ["ticket.close"], streams: [.ticket], hooks: ["ticket.*"], rights: [.importing],
            rate: .init(perSecond: 5, burst: 9))
        let b = Role(methods: ["*.list", "ticket.close"], streams: [.sla], rate: .init(perSecond: 7, burst: 8))
        let both = Identity(name: "x", roles: [("a", a), ("b", b)])
        #expect(both.mayCall("ticket.create") && both.mayCall("user.list") && !both.mayCall("ticket.close"))
        #expect(both.streams == [.ticket, .sla] && both.rights == [.importing] && both.mayHook("ticket.before_create"))
        #expect(both.rate == .init(perSecond: 7, burst: 9))
        #expect(Identity(name: "x", roles: [("a", a), ("c", Role(methods: ["*"], streams: nil))]).streams == nil)
        #expect(Identity(name: "x", roles: [("a", a), ("c", Role(methods: []))]).rate == nil)
        let nobody = Identity(name: "x", roles: [])
        #expect(nobody.streams == [] && !nobody.mayCall("ticket.get") && nobody.mayCall("ping") && nobody.rate == nil)
    }

    @Test("The roles that are shipped allow what they say")
    func shipped() throws {
        func may(_ role: String, _ method: String) throws -> Bool {
            Identity(name: "x", roles: [(role, try #require(Role.shipped[role]))]).mayCall(method)
        }
        for (role, method, isAllowed) in [
            ("operator", "key.create", true), ("plugin", "ticket.create", true), ("plugin", "key.create", false),
            ("plugin", "import.apply", false), ("plugin", "x.other.verb", true), ("reporter", "ticket.list", true),
            ("reporter", "ticket.create", false), ("reporter", "consumer.delete", false), ("integrator", "ticket.reply", true),
            ("integrator", "user.create", false), ("integrator", "events.read", false),
        ] { #expect(try may(role, method) == isAllowed, "\(role) \(method)") }
        #expect(Role.shipped.values.allSatisfy { $0.rights.isEmpty && $0.hooks.isEmpty })
        #expect(Role.shipped.filter { $0.value.streams != nil }.keys.sorted() == ["integrator", "requester"])
    }

    @Test(
        "A role is handed out by who has all of it",
        arguments: [
            (Role(methods: ["*"], streams: nil), Role(methods: ["a.*", "*.b"], streams: [.sla]), true),
            (Role(methods: ["*"], streams: nil), Role(methods: ["*"], rights: [.importing]), false),
            (Role(methods: ["*"], streams: [.sla]), Role(methods: ["a"], streams: nil), false),
            (Role(methods: ["*"], streams: [.sla]), Role(methods: ["a"], streams: [.sla]), true),
            (Role(methods: ["ticket.*"]), Role(methods: ["ticket.get", "ticket.s*"]), true),
            (Role(methods: ["ticket.*"]), Role(methods: ["*.get"]), false),
            (Role(methods: ["*.get"]), Role(methods: ["ticket.get", "*t.get"]), true),
            (Role(methods: ["*.get"]), Role(methods: ["*.g*"]), false),
            (Role(methods: ["*"], deny: ["key.*"]), Role(methods: ["ticket.*"]), false),
            (Role(methods: ["*"], deny: ["key.create"]), Role(methods: ["ticket.*"], deny: ["key.*"]), true),
        ] as [(Role, Role, Bool)])
    func coverage(_ own: Role, _ role: Role, _ isCovered: Bool) {
        #expect(Identity(name: "x", roles: [("own", own)]).covers(role) == isCovered)
    }

    @Test("A connection is known by its proof, for each message anew")
    func proofs() throws {
        let file = File(
            Self.rules([.init(name: "anna", roles: ["plugin"], keys: Self.key(Self.first), uids: [9])]))
        let access = file.access
        #expect(access.user(uid: 7) == "owner#uid7" && access.user(uid: 9) == "anna#uid9" && access.user(uid: 0) == nil)
        #expect(access.user(key: Self.first) == "anna#bb88471d" && access.user(key: Self.second) == nil)
        #expect(access.identity("owner#uid7")?.rights.count == 2 && access.identity("anna")?.name == nil)
        let bench = try KernelBench(access: access)
        let answer = try bench.call("auth.whoami", as: "anna#bb88471d")
        #expect(answer["via"] == "key" && answer["fingerprint"] == "bb88471d" && answer["identity"]?["name"] == "anna")
        #expect(try bench.call("auth.whoami", as: "anna#uid9")["via"] == "uid")
        for stranger in ["anna", "anna#uid7", "owner", "anna#00000000", ""] {
            #expect(access.identity(stranger) == nil, "\(stranger)")
        }
        bench.kernel.stop()
    }

    @Test("Who is not known is told so once a second, and what it asks is not done")
    func strangers() throws {
        let bench = try KernelBench()
        let (stranger, other) = (Peer([9]), Peer([8]))
        for _ in 0..<3 { bench.send(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, from: stranger, as: nil) }
        #expect(try bench.next()["error"]?["data"]?["code"] == "unauthenticated")
        bench.send(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, from: other, as: "nobody#uid1")
        #expect(try bench.next()["error"]?["code"] == -32001)
        bench.advance(seconds: 1)
        bench.send(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, from: stranger, as: nil)
        #expect(try bench.next()["error"]?["code"] == -32001)
        #expect(try bench.call("kernel.stats")["refused"] == 5)
        bench.kernel.stop()
    }

    @Test("A configuration that is read again takes effect whole, and says for whom")
    func reload() throws {
        let anna = AccessRules.Member(name: "anna", roles: ["reporter"], keys: Self.key(Self.first))
        let file = File(Self.rules([anna, .init(name: "boris", roles: ["plugin"], uids: [9])]))
        let bench = try KernelBench(access: file.access)
        func reload() throws -> JSON? { try bench.call("auth.reload", as: "owner#uid7")["identities"] }
        #expect(try reload() == [])
        // A role by itself changes whoever has it.
        file.rules.withLock { $0.roles["plugin"]?.rights = [.importing] }
        #expect(try reload() == ["boris"])
        // Hook rules concern nobody in particular.
        file.rules.withLock { $0.hooks[.beforeSend] = HookRule(onFailure: .closed) }
        #expect(try reload() == [])
        #expect(
            bench.kernel.hookRule(.beforeSend).onFailure == .closed && bench.kernel.hookRule(.beforeCreate).onFailure == .open)
        file.rules.withLock { $0.members = [.init(name: "anna", roles: ["reporter"], keys: Self.key(Self.second))] }
        #expect(try reload() == ["anna", "boris"])
        let old = try bench.answer("ping", as: "anna#\(Self.fingerprint(Self.first))")
        #expect(old["error"]?["code"] == -32001)
        #expect(try bench.call("ping", as: "anna#\(Self.fingerprint(Self.second))")["pong"] == true)
        file.problems.withLock { $0 = ["kernel.yaml:3: nonsense"] }
        let refusal = try bench.answer("auth.reload", as: "owner#uid7")["error"]
        #expect(refusal?["code"] == 1004 && refusal?["data"]?["details"]?.array?.count == 1)
        bench.kernel.stop()
        let told = bench.probe.events.withLock { $0.filter { $0.topic == "system.access_changed/access" } }
        #expect(told.map { $0.body["data"]?["identities"] } == [["boris"], [], ["anna", "boris"]])
    }

    @Test("Keys of the desk are there after a restart; the configuration counts where both name somebody")
    func deskKeys() throws {
        let file = File(Self.rules())
        let bench = try KernelBench(access: file.access)
        let made = try bench.call(
            "key.create", ["name": "robot", "public_key": .string(Self.first), "roles": ["plugin", "plugin"]], as: "owner#uid7")
        #expect(made["identity"]?["fingerprint"] == "bb88471d" && made["identity"]?["roles"] == ["plugin"])
        #expect(try bench.call("auth.whoami", as: "robot#bb88471d")["identity"]?["roles"] == ["plugin"])
        bench.kernel.stop()
        let events = bench.probe.events.withLock { $0.filter { $0.topic == "system.key_created/robot" } }
        #expect(events.first?.body["actor"] == "plugin/owner")

        let again = try KernelBench(folder: bench.folder, access: file.access)
        #expect(try again.call("ping", as: "robot#bb88471d")["pong"] == true)
        again.kernel.stop()

        let member = AccessRules.Member(name: "robot", roles: ["reporter"], keys: Self.key(Self.second))
        let third = try KernelBench(folder: bench.folder, access: File(Self.rules([member])).access)
        #expect(try third.answer("ping", as: "robot#bb88471d")["error"]?["code"] == -32001)
        #expect(try third.call("ping", as: "robot#\(Self.fingerprint(Self.second))")["pong"] == true)
        let listed = try third.call("key.list", as: "owner#uid7")["items"]?.array ?? []
        #expect(listed.map { $0["source"] } == ["config", "desk"])
        third.kernel.stop()
    }

    @Test("The keys that are kept are bounded: the oldest revoked ones make room")
    func bound() throws {
        let keys = (0..<AccessCommands.keysKept).map { n in
            DeskKey(
                publicKey: "\(n)", name: "n\(n)", roles: [], createdAt: Timestamp(Int64(n)),
                revokedAt: n == 5 ? Timestamp(1) : nil)
        }
        var book = AccessBook(rules: Self.rules(), keys: keys)
        #expect(book.activeKeys.count == keys.count - 1)
        book.forget("5")
        #expect(book.keys.count == keys.count - 1 && book.activeKeys.count == book.keys.count)
        book.keep(DeskKey(publicKey: "0", name: "n0", roles: [], createdAt: Timestamp(0), revokedAt: Timestamp(2)))
        #expect(book.keys.count == keys.count - 1 && !book.activeKeys.contains { $0.name == "n0" })
    }
}

import OporaKernel
import OporaProtocol
import OporaService
import Testing

@testable import oporad

@Suite("The kernel's settings")
struct SettingsTests {
    static let anna = "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID"
    static let boris = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"

    private func read(_ yaml: String, flags: [String] = []) throws -> DaemonSettings {
        try DaemonSettings(reading: Config(file: "kernel.yaml", yaml: yaml, environment: [:], flags: flags), ownUID: 1000)
    }

    /// What is wrong with settings, without where.
    private func problems(_ yaml: String) -> [String] {
        do {
            _ = try read(yaml)
            return []
        } catch let problems as ConfigProblems {
            return problems.problems.map(\.description)
        } catch {
            return ["\(error)"]
        }
    }

    @Test("Without a configuration there are the limits and roles that are shipped, and nobody but the owner")
    func standard() throws {
        let settings = try read("")
        #expect(
            settings.access
                == AccessRules(
                    ownUID: 1000, hooks: Dictionary(uniqueKeysWithValues: HookPoint.allCases.map { ($0, HookRule()) })))
        #expect(settings.access.roles.keys.sorted() == ["integrator", "operator", "plugin", "reporter", "requester"])
        #expect(settings.tcp.rpc == nil && settings.tcp.events == nil && settings.trafficFolder == nil)
        let kernel = settings.kernel(instanceID: "i")
        #expect(kernel.inFlightPerConnection == 1024 && kernel.unreadBytesPerConnection == 16 * 1_048_576)
        #expect(kernel.malformedPerMinute == 20 && kernel.consumerLag == 5_000_000 && kernel.trafficFolder == nil)
        #expect(HookRule() == HookRule(onFailure: .open, order: [], budgetMilliseconds: 1000))
    }

    @Test("Limits, hooks, tcp and the record are read")
    func limits() throws {
        let settings = try read(
            """
            traffic_dir: /tmp/record
            limits: {inflight: 3, unread_bytes: 1000, malformed_per_minute: 5, consumer_lag: 10}
            tcp: {rpc: "tcp://0.0.0.0:5710", events: "tcp://127.0.0.1:*"}
            hooks:
              ticket.before_create: {on_failure: closed, order: [guard, tagger], budget_ms: 500}
            """)
        let kernel = settings.kernel(instanceID: "i")
        #expect(kernel.inFlightPerConnection == 3 && kernel.unreadBytesPerConnection == 1000)
        #expect(kernel.malformedPerMinute == 5 && kernel.consumerLag == 10 && kernel.trafficFolder == "/tmp/record")
        #expect(settings.tcp.rpc == "tcp://0.0.0.0:5710" && settings.tcp.events == "tcp://127.0.0.1:*")
        #expect(
            settings.access.hooks[.beforeCreate]
                == HookRule(onFailure: .closed, order: ["guard", "tagger"], budgetMilliseconds: 500))
        #expect(settings.access.hooks[.beforeSend] == HookRule())
    }

    @Test("A role of the configuration takes the place of the shipped one of that name")
    func roles() throws {
        let roles = try read(
            """
            roles:
              plugin:
                methods: ["ticket.*", "*.get"]
                deny: [ticket.close]
                streams: [ticket, sla]
                hooks: ["ticket.*"]
                rights: [import, on_behalf_of]
                rate: {per_s: 10, burst: 50}
              all: {methods: ["*"], streams: ["*"]}
              slow: {rate: {per_s: 2}}
            """
        ).access.roles
        #expect(
            roles["plugin"]
                == Role(
                    methods: ["ticket.*", "*.get"], deny: ["ticket.close"], streams: [.ticket, .sla], hooks: ["ticket.*"],
                    rights: [.importing, .onBehalfOf], rate: .init(perSecond: 10, burst: 50)))
        #expect(roles["all"] == Role(methods: ["*"], streams: nil))
        #expect(roles["slow"] == Role(methods: [], rate: .init(perSecond: 2, burst: 2)))
        #expect(roles["operator"] == Role.shipped["operator"])
    }

    @Test("An identity has a key or a uid, or several of each")
    func identities() throws {
        let members = try read(
            """
            identities:
              - {name: anna, key: "\(Self.anna)", keys: ["\(Self.boris)"], uid: 7, uids: [8, 9], roles: [plugin]}
              - {name: b.2, uid: 10, roles: [reporter, operator]}
            """
        ).access.members
        #expect(
            members == [
                .init(
                    name: "anna", roles: ["plugin"], keys: [Self.anna, Self.boris].compactMap { PublicKey($0) }, uids: [7, 8, 9]),
                .init(name: "b.2", roles: ["reporter", "operator"], uids: [10]),
            ])
    }

    static let wrong: [(yaml: String, said: String)] = [
        ("tcp: {curve: false}", "tcp.curve: there is no such setting"),
        ("tcp: {rpc: \"ipc:///tmp/x\"}", "is no endpoint"),
        ("tcp: {rpc: \"tcp://0.0.0.0\"}", "is no endpoint"),
        ("tcp: {rpc: \"tcp://0.0.0.0:0\"}", "is no endpoint"),
        ("tcp: {rpc: \"tcp://0.0.0.0:70000\"}", "is no endpoint"),
        ("tcp: {rpc: \"tcp://1.2.3.4:5\", events: \"tcp://1.2.3.4:5\"}", "take another port"),
        ("limits: {inflight: 0}", "limits.inflight"),
        ("limits: {in_flight: 1}", "there is no such setting"),
        ("hooks: {ticket.before_delete: {on_failure: open}}", "there is no such setting"),
        ("hooks: {ticket.before_create: {on_failure: maybe}}", "is none of open, closed"),
        ("hooks: {ticket.before_create: {budget_ms: 60000}}", "10 to 10000"),
        ("roles: {x: {methods: [\"a*b\"]}}", "is no pattern"),
        ("roles: {x: {deny: [\"*x*\"]}}", "is no pattern"),
        ("roles: {x: {streams: [tickets]}}", "is none of ticket, message"),
        ("roles: {x: {rights: [all]}}", "is none of import, on_behalf_of"),
        ("roles: {x: {tickets: some}}", "is none of own, organization, groups, all"),
        ("roles: {x: {tickets: own, streams: [ticket]}}", "reads no events"),
        ("roles: {x: {internal: false, hooks: [ticket.before_create]}}", "asked at no hook point"),
        ("roles: {x: {rate: {burst: 5}}}", "a rate needs per_s"),
        ("roles: {x: {rate: {per_s: 0}}}", "1 to 1000000"),
        ("roles: {x: {may: all}}", "there is no such setting"),
        ("roles: {\"a b\": {methods: [ping]}}", "a name has"),
        ("identities: [{uid: 1, roles: []}]", "needs a name"),
        ("identities: [{name: a, roles: [plugin]}]", "needs a key or a uid"),
        ("identities: [{name: owner, uid: 1}]", "choose another name"),
        ("identities: [{name: \"a#b\", uid: 1}]", "a name has"),
        ("identities: [{name: a, uid: 1, roles: [nobody]}]", "there is no role \"nobody\"; there are integrator"),
        ("identities: [{name: a, uid: 1}, {name: a, uid: 2}]", "is there twice"),
        ("identities: [{name: a, uid: 1}, {name: b, uids: [1]}]", "this uid is there twice"),
        ("identities: [{name: a, uid: 1000}]", "runs the kernel"),
        ("identities: [{name: a, uid: root}]", "is not a user id"),
        ("identities: [{name: a, key: short}]", "40 characters"),
        ("identities: [{name: a, key: \"\(anna)\"}, {name: b, keys: [\"\(anna)\"]}]", "this key is there twice"),
    ]

    @Test("What is wrong is said", arguments: wrong)
    func refused(_ yaml: String, _ said: String) {
        let all = problems(yaml)
        #expect(all.contains { $0.contains(said) }, "\(all)")
    }

    @Test("A key is 40 characters of Z85, known by the first 8 hexadecimal digits of its bytes")
    func keys() {
        #expect(PublicKey(Self.anna)?.fingerprint == "bb88471d")
        #expect(PublicKey(String(Self.anna.dropLast())) == nil)
        // Five of the highest digit stand for more than four bytes.
        #expect(PublicKey("#####" + Self.anna.dropFirst(5)) == nil)
        #expect(PublicKey("\"" + Self.anna.dropFirst()) == nil)
    }
}

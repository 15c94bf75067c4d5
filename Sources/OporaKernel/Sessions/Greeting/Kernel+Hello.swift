import Logging
import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

extension Kernel {
    /// Greets a plugin: reads what it offers, grants what its identity allows, says where things stand.
    func hello(_ request: Request, _ identity: Identity, _ peer: Peer) throws(RPCError) -> JSONObject {
        let params = Params(object: request.params)
        let minor = try agreedMinor(params)
        let capabilities = try capabilities(params)
        let isStrict = try params.optionalBool("strict") ?? false
        let library = try params.optionalText("library", max: Limits.nameCharacters)
        let instance = try params.optionalText("instance", max: 128) ?? ""
        let offer: PluginOffer
        do throws(RPCError) {
            offer = try PluginOffer(try params.optionalObject("manifest") ?? JSONObject())
        } catch {
            throw error.within("/manifest")
        }
        var grant = PluginGrant(offer, to: identity)
        if isStrict, let refusal = grant.refusal { throw refusal }
        let now = clock.now
        var session = Session(
            id: "", peer: peer, identity: identity, name: offer.name, plugin: grant.plugin, version: offer.version,
            instance: instance, methods: grant.methods, events: grant.events, since: now, lastSeenAt: now, health: [:],
            capabilities: capabilities)
        session.hooks = seats(session, grant)
        guard let (id, isNew) = sessions.greet(session) else {
            throw RPCError(.quotaExceeded, "there are \(Limits.sessions) sessions already")
        }
        if let library, let version = LibraryVersion(library), version < .oldestSafe {
            let detail = "\(library) has holes that libzmq 4.3.3 and later have not; update it"
            grant.warnings.append(.init(code: .libraryOld, detail: detail, path: "/library"))
        }
        grant.warnings += cycles(session)
        log.info("greeted", metadata: ["name": "\(offer.name)", "identity": "\(identity.name)"])
        if isNew {
            note(
                .pluginOnline, subject: "plugin/\(offer.name)",
                [
                    "plugin": .string(offer.name), "identity": .string(identity.name), "version": .string(offer.version),
                    "session": .string(id),
                ])
        }
        return welcome(id, identity, grant, minor)
    }

    /// The lower of both sides' minor versions.
    private func agreedMinor(_ params: Params) throws(RPCError) -> Int64 {
        guard let version = try params.optionalObject("protocol").map({ Params(object: $0) }) else { return 0 }
        do throws(RPCError) {
            let major = try version.int("major", in: 0...Limits.safeInteger)
            guard major == ProtocolVersion.major else {
                throw RPCError(
                    .protocolUnsupported, "this kernel speaks \(ProtocolVersion.name), not opora/\(major)",
                    data: JSONObject([("supported", [.int(ProtocolVersion.major)])]))
            }
            return min(try version.optionalInt("minor", in: 0...Limits.safeInteger) ?? 0, ProtocolVersion.minor)
        } catch {
            throw error.within("/protocol")
        }
    }

    private func capabilities(_ params: Params) throws(RPCError) -> Set<Session.Capability> {
        guard let given = try params.optionalObject("capabilities").map({ Params(object: $0) }) else { return [] }
        var capabilities: Set<Session.Capability> = []
        do throws(RPCError) {
            for capability in Session.Capability.allCases where try given.optionalBool(capability.rawValue) == true {
                capabilities.insert(capability)
            }
        } catch {
            throw error.within("/capabilities")
        }
        return capabilities
    }

    /// The greeting is answered: from now on the plugin is called and asked.
    func open(_ peer: Peer) {
        guard let session = sessions.open(peer) else { return }
        hooks.register(peer, session.hooks)
        // It may have gone meanwhile.
        if sessions.session(of: peer) == nil { hooks.register(peer, [:]) }
    }

    private func seats(_ session: Session, _ grant: PluginGrant) -> [HookPoint: HookSeat] {
        grant.hooks.mapValues { hook in
            HookSeat(
                plugin: session.plugin, identity: session.identity.name, user: session.identity.user, peer: session.peer,
                before: hook.before, after: hook.after, milliseconds: hook.milliseconds,
                hearsCancel: session.capabilities.contains(.cancel))
        }
    }

    /// Points at which this plugin's wishes and the others' contradict each other.
    private func cycles(_ session: Session) -> [PluginGrant.Warning] {
        session.hooks.sorted { $0.key.rawValue < $1.key.rawValue }.compactMap { point, own in
            let others = hooks.seats(point) { self.sessions.lastSeen($0) > self.sessions.lastSeen($1) }
            let seats = others.filter { $0.plugin != own.plugin } + [own]
            guard HookOrder(seats, wanted: hookRule(point).order).hasCycle else { return nil }
            let names = seats.map(\.plugin).sorted().joined(separator: ", ")
            return .init(
                code: .hookCycle,
                detail: "before and after of \(names) contradict each other at \(point.rawValue): they are asked by name",
                path: "/manifest/hooks")
        }
    }

    private func welcome(_ id: String, _ identity: Identity, _ grant: PluginGrant, _ minor: Int64) -> JSONObject {
        let head = self.head
        return JSONObject([
            ("protocol", ["major": .int(ProtocolVersion.major), "minor": .int(minor)]),
            (
                "session",
                [
                    "id": .string(id), "heartbeat_ms": .int(Limits.sessionHeartbeatMilliseconds),
                    "expires_after_ms": .int(Limits.sessionExpiryMilliseconds),
                ]
            ),
            (
                "kernel",
                [
                    "name": "oporad", "version": .string(SoftwareVersion.text), "instance_id": .string(settings.instanceID),
                ]
            ),
            (
                "log",
                [
                    "log_id": .string(head.logID), "epoch": .int(head.epoch), "first_seq": .int(head.firstSeq),
                    "head_seq": .int(head.seq),
                ]
            ),
            ("identity", .object(describe(identity))), ("granted", grant.json), ("limits", limits),
            ("warnings", .array(grant.warnings.map(\.json))), ("server_time", .string(clock.now.text)),
        ])
    }

    private var limits: JSON {
        [
            "body_bytes": .int(Int64(Limits.bodyBytes)), "batch": .int(Int64(Limits.batchEntries)),
            "inflight": .int(Int64(settings.inFlightPerConnection)), "event_bytes": .int(Int64(Limits.eventBytes)),
            "page_items": .int(Int64(Limits.pageItems)), "fetch_events": .int(Int64(Limits.fetchEvents)),
            "wait_ms": .int(Limits.waitMilliseconds),
        ]
    }

    /// An identity as its connection sees it: who it is and what it may do.
    func describe(_ identity: Identity) -> JSONObject {
        let streams = identity.streams.map { $0.map(\.rawValue).sorted() } ?? ["*"]
        func texts(_ all: [String]) -> JSON { .array(all.map { .string($0) }) }
        var object = JSONObject([
            ("name", .string(identity.name)), ("roles", texts(identity.roles)), ("methods", texts(identity.methods)),
            ("streams", texts(streams)), ("hooks", texts(identity.hooks)),
            ("rights", texts(identity.rights.map(\.rawValue).sorted())),
        ])
        if let user = user(of: identity.name) { object["user"] = .string("\(user)") }
        return object
    }
}

import OporaProtocol
import OporaStore
import OporaThreads
import OporaTime

extension Kernel {
    /// Whether all is well, who is connected, how far the consumers are.
    func health() -> JSONObject {
        let now = clock.now
        let head = self.head
        let problems = self.problems.texts
        return JSONObject([
            ("status", problems.isEmpty ? "ok" : "degraded"), ("ready", true), ("version", .string(SoftwareVersion.text)),
            ("instance_id", .string(settings.instanceID)), ("log_id", .string(head.logID)), ("epoch", .int(head.epoch)),
            ("pid", .int(settings.pid)), ("started_at", .string(startedAt.text)), ("uptime_ms", .int(now - startedAt)),
            ("first_seq", .int(head.firstSeq)), ("head_seq", .int(head.seq)),
            ("sessions", .array(sessions.all.map { Kernel.json($0) })),
            ("consumers", .array(consumers.all(head: head.seq, now: now))),
            ("problems", .array(problems.map { .string($0) })),
        ])
    }

    private static func json(_ session: Session) -> JSON {
        [
            "name": .string(session.name), "identity": .string(session.identity.name), "version": .string(session.version),
            "since": .string(session.since.text), "last_seen_at": .string(session.lastSeenAt.text),
            "methods": .array(session.methods.keys.sorted().map { .string($0) }), "health": session.health,
        ]
    }

    /// The counters, and what waits now.
    func stats(unsolved: Int64) -> JSONObject {
        var all = counters.json
        let trouble = output.trouble
        all["drop_episodes"] = .int(trouble.dropEpisodes)
        all["slow_peers"] = .int(trouble.slowPeers)
        let busTrouble = output.busTrouble
        all["ignored_bus_messages"] = .int(busTrouble.dataFromListeners)
        all["bus_renewals"] = .int(busTrouble.renewals)
        all["inbox"] = .int(Int64(commands.count))
        let waiting = peers.waiting
        all["waiting_bytes"] = .int(Int64(waiting.bytes))
        all["unread_bytes"] = .int(Int64(waiting.unreadBytes))
        all["queries_waiting"] = .int(Int64(queries.count))
        all["unsolved_tickets"] = .int(unsolved)
        return all
    }

    /// The methods that an identity may call, plugin methods included.
    func discover(_ identity: Identity) -> JSONObject {
        let own = MethodTable.specs.filter { identity.mayCall($0.name) }.compactMap { Discovered.methods[$0.name] }
        let plugins = pluginMethods(for: identity)
        return JSONObject([
            ("openrpc", "1.2.6"),
            ("info", ["title": "opora", "version": .string("\(ProtocolVersion.major).\(ProtocolVersion.minor)")]),
            ("methods", .array(own + plugins)), ("components", Discovered.components),
        ])
    }
}

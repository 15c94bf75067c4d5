import Logging
import OporaDomain
import OporaProtocol
import OporaStore
import OporaThreads
import OporaTime

/// What the kernel does by itself: once a second, after a start, before its end.
extension Kernel {
    /// Heartbeats with `$reset/` beside them, after a start with a new epoch.
    private static let resets: Int64 = 3
    /// Milliseconds between two notes outside the database of how far the log is.
    private static let rememberMilliseconds: Int64 = 10_000

    /// Once a second: the heartbeat, sessions that went silent, and now and then tidying.
    func beat(_ now: Timestamp) {
        let head = self.head
        let heads = EventStream.allCases.map { ($0.rawValue, JSON.int(head.streams.isEmpty ? 0 : head.streams[$0.index])) }
        tellAll(
            "$hb/",
            [
                "epoch": .int(head.epoch), "head_seq": .int(head.seq), "heads": .object(JSONObject(heads)),
                "drop_episodes": .int(output.trouble.dropEpisodes), "time": .string(now.text),
            ])
        if settings.newEpoch != nil, now - startedAt < (Self.resets + 1) * 1000 {
            tellAll("$reset/", ["log_id": .string(head.logID), "epoch": .int(head.epoch), "head_seq": .int(head.seq)])
        }
        let again = republisher.take(startedAt: startedAt, now: now)
        output.send(again.map { EventEncoder.message($0, epoch: head.epoch, isRepublished: true) })
        for session in sessions.expire(now) {
            log.notice("a session went silent", metadata: ["name": "\(session.name)"])
            release(session, .silent)
        }
        // Whoever is merely busy ignores it; for whoever is gone the transport says so, and the next instance need not wait.
        output.send(sessions.quiet(now).map { notice("session.probe", to: $0) })
        let second = now.rawValue / 1000
        if second % (Self.rememberMilliseconds / 1000) == 0 {
            _ = commands.put(.tidy)
            peers.tidy(now)
            settings.remember(head)
        }
    }

    /// Tells the sessions that the end is near, and gives them time to say goodbye.
    func sayClosing() {
        let all = sessions.all
        guard !all.isEmpty else { return }
        let params: JSON = ["reason": "stopping", "drain_ms": .int(settings.drainMilliseconds)]
        output.send(all.map { notice("session.closing", to: $0.peer, params) })
        // The end of the last session wakes it; nothing is ever put in.
        let drained = Inbox<Void>(capacity: 1)
        sessions.whenEmpty { drained.close() }
        var nothing: [Void] = []
        _ = drained.take(into: &nothing, limit: 1, timeoutMilliseconds: settings.drainMilliseconds)
    }

    /// The last message on the bus.
    func sayBye() { tellAll("$bye/", ["instance_id": .string(settings.instanceID)]) }

    private func tellAll(_ topic: String, _ body: JSON) {
        let header = EventHeader(
            isEphemeral: true, epoch: UInt32(truncatingIfNeeded: head.epoch), seq: 0, prev: 0,
            recordedMicroseconds: clock.microseconds())
        output.send([.toAll(topic: Array(topic.utf8), header: header.bytes, body: body.bytes)])
    }
}

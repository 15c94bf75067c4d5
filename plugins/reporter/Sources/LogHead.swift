import OporaPluginKit

/// Holds a report back until the read model has everything that was recorded when the report was asked for.
struct LogHead: Sendable {
    /// How long a report waits for the reporter to catch up.
    static let patience = Duration.seconds(8)
    static let pause = Duration.milliseconds(50)

    /// Calls `events.read`.
    let read: @Sendable (JSON) async throws -> JSON
    /// The last event that the read model has; 0 before the first.
    let position: @Sendable () async throws -> Int64
    var patience = LogHead.patience

    /// Returns when nothing that was there at the call is missing. Old figures would look like right ones, so where that
    /// takes too long this throws `unavailable`.
    func reached() async throws {
        let deadline = ContinuousClock.now + patience
        var head: Int64?
        while true {
            let done = try await position()
            let answer = try await read([
                "after_seq": .int(done), "limit": 1, "streams": .array(Reporter.manifest.streams.map { .string($0.rawValue) }),
            ])
            let target = head ?? answer["head_seq"]?.int ?? done
            head = target
            guard let next = answer["events"]?.array?.first?["seq"]?.int, next <= target else { return }
            guard ContinuousClock.now < deadline else {
                throw RPCError(
                    .unavailable,
                    "the reporter is still reading the log: it has \(done) of \(target) events. Ask again in a moment")
            }
            try await Task.sleep(for: LogHead.pause)
        }
    }
}

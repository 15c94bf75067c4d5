extension PluginContext {
    /// Milliseconds between two tries of `publish` while the plugin is not greeted, and how many there are.
    private static var greetingPause: (milliseconds: Int64, tries: Int) { (200, 25) }

    /// Records an event of this plugin in the log.
    /// - Parameters:
    ///   - event: its name, as it stands under `events` of the manifest: `paged` for `x.<plugin>.paged.v1`.
    ///   - subject: what it is about, as `<kind>/<id>`; without one the ticket, else the plugin.
    ///   - data: ids, numbers, words; free text has no place in the log.
    ///   - key: the idempotency key; with it a repeat records nothing more.
    ///   - causation: the id of the event that made this one happen.
    /// - Returns: its position in the log.
    @discardableResult
    public func publish(
        _ event: String, subject: String? = nil, ticket: TicketID? = nil, data: JSON = [:], key: String? = nil,
        causation: String? = nil
    ) async throws(CallError) -> Int64 {
        let params: JSON = [
            "type": .string("x.\(plugin).\(event).v1"), "subject": .optional(subject), "ticket": .optional(ticket?.description),
            "data": data,
        ]
        var tries = 1
        while true {
            do throws(CallError) {
                return try await client.call("event.publish", params, key: key, causation: causation)["seq"]?.int ?? 0
            } catch {
                // At a start, and after a restart of the kernel, the greeting may still be under way.
                guard error.code == .sessionRequired, tries < Self.greetingPause.tries, !Task.isCancelled else { throw error }
                tries += 1
                try? await Task.sleep(for: .milliseconds(Self.greetingPause.milliseconds))
            }
        }
    }
}

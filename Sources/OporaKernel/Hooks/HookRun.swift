import OporaProtocol
import OporaTime

/// A command under way past its plugins.
struct HookRun: Sendable {
    let id: Int64
    var job: CommandJob
    var chain: HookChain
    /// The request to a plugin that is not answered yet.
    var request: HookRequest?
    /// It was cancelled, and is answered so.
    var isOver = false

    /// What the command is called towards a plugin: the same where a caller repeats it with its key, another for each other.
    func callID(_ plugin: String, _ instanceID: String) -> String {
        guard let key = job.request.meta.idempotencyKey else { return "\(instanceID)-\(id)-\(chain.attempt)" }
        let parts = JSONObject([
            ("identity", .string(job.identity.name)), ("key", .string(key)), ("plugin", .string(plugin)),
            ("attempt", .int(Int64(chain.attempt))),
        ])
        return Fingerprint(method: job.request.method, params: parts).text
    }
}

/// A `hook.call` that waits for its answer.
struct HookRequest: Sendable {
    /// The JSON-RPC id.
    var id: String
    var seat: HookSeat
    var until: Timestamp
}

/// What the kernel does next for a command, outside any lock.
struct HookAction: Sendable {
    var run: HookRun
    var step: HookChain.Step
    /// Failures for the log.
    var failures: [HookChain.Note]
}

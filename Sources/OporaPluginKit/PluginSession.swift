import Glibc
import Logging
import Synchronization

/// The plugin's standing with the kernel: greeting, sign of life, calls that come in.
final class PluginSession<P: Plugin>: Sendable {
    let plugin: P
    let client: DeskClient
    let log: Logger
    private let greeted = Mutex<Greeting?>(nil)
    /// Events are being dealt with.
    let isDealing = Mutex(false)
    /// While the kernel is closing it is not greeted; nil where it is not.
    private let closedUntil = Mutex<ContinuousClock.Instant?>(nil)

    /// Milliseconds between two looks at what is under way.
    private static var lookMilliseconds: Int64 { 20 }

    /// What the kernel said in answer to the greeting.
    struct Greeting: Sendable, Equatable {
        var instanceID: String
        var logID: String
        var epoch: Int64
        var heartbeatMilliseconds: Int64
    }

    init(plugin: P, client: DeskClient, log: Logger) {
        self.plugin = plugin
        self.client = client
        self.log = log
    }

    /// Greets the kernel, then shows a sign of life at the pace it asked for; greets again after the kernel restarted.
    func keepAlive() async throws {
        while !Task.isCancelled {
            var pause: Int64 = 200
            if let until = closedUntil.withLock({ $0 }) {
                try? await Task.sleep(until: until)
                closedUntil.withLock { $0 = nil }
                continue
            }
            do throws(CallError) {
                if let greeting = greeted.withLock({ $0 }) {
                    try await ping(greeting)
                    pause = greeting.heartbeatMilliseconds
                } else {
                    try await hello()
                }
            } catch {
                if !error.isRetryable { throw error }
            }
            try? await Task.sleep(for: .milliseconds(pause))
        }
    }

    private func hello() async throws(CallError) {
        // First, so that whoever sees this plugin greeted can count on it seeing all that happens from then on.
        _ = try await ensureConsumer()
        let params: JSON = [
            "manifest": P.manifest.greeting, "instance": .string("\(getpid())"),
            "capabilities": ["cancel": true, "progress": true],
            "protocol": ["major": .int(ProtocolVersion.major), "minor": .int(ProtocolVersion.minor)],
        ]
        let answer = try await client.call("session.hello", params, timeoutMilliseconds: 2000)
        guard let instance = answer["kernel"]?["instance_id"]?.string, let logID = answer["log"]?["log_id"]?.string,
            let epoch = answer["log"]?["epoch"]?.int
        else { throw .transport("the kernel's answer to session.hello can't be read") }
        for warning in answer["warnings"]?.array ?? [] where !P.manifest.sees(all: answer, warning) {
            log.warning("the kernel warns", metadata: ["detail": "\(warning["detail"]?.string ?? "")"])
        }
        let heartbeat = answer["session"]?["heartbeat_ms"]?.int ?? Limits.sessionHeartbeatMilliseconds
        greeted.withLock {
            $0 = Greeting(instanceID: instance, logID: logID, epoch: epoch, heartbeatMilliseconds: min(heartbeat, 1000))
        }
        log.info("greeted the kernel", metadata: ["instance": "\(instance)"])
    }

    private func ping(_ greeting: Greeting) async throws(CallError) {
        do throws(CallError) {
            let answer = try await client.call("session.ping", ["health": await plugin.health()], timeoutMilliseconds: 2000)
            if answer["instance_id"]?.string == greeting.instanceID { return }
        } catch {
            guard error.code == .sessionRequired else { throw error }
        }
        // Another kernel answers: what the old one had under way will never be answered.
        greeted.withLock { $0 = nil }
        client.interruptCalls()
        log.notice("the kernel restarted; greeting it again")
    }

    /// The kernel is about to stop: says goodbye, so that it need not wait, and greets again once it can be back.
    func close(_ drainMilliseconds: Int64) async {
        log.notice("the kernel is stopping; waiting until it is back")
        let end = ContinuousClock.now + .milliseconds(drainMilliseconds)
        closedUntil.withLock { $0 = end }
        greeted.withLock { $0 = nil }
        // What is being dealt with may still need the kernel.
        while isDealing.withLock({ $0 }), ContinuousClock.now < end, !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(Self.lookMilliseconds))
        }
        _ = try? await client.call("session.bye", timeoutMilliseconds: drainMilliseconds)
    }

    /// Greets anew: the log is in another epoch than the greeting said.
    func forgetGreeting() { greeted.withLock { $0 = nil } }

    /// The kernel's log, once it is greeted.
    func greeting() async throws -> Greeting {
        while true {
            if let known = greeted.withLock({ $0 }) { return known }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}

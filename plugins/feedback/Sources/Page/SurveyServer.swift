import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import OporaPluginKit
import Synchronization

/// Serves the site over HTTP until its task is cancelled.
struct SurveyServer: Sendable {
    /// Connections at once; more wait in the system's queue.
    private static let connections = 256
    /// A connection without traffic for longer is closed.
    private static let idleSeconds: Int64 = 30
    /// Bytes of a request's headers at most.
    private static let headerBytes = 16 * 1024

    let host: String
    /// 0 lets the system choose.
    let port: Int
    let site: SurveySite
    let log: Logger

    /// - Parameter listening: called once with the port that is bound.
    func run(listening: @escaping @Sendable (Int) -> Void) async throws {
        var quiet = log
        // Links are secrets, so the framework does not log requests; nor that it was stopped, which it takes for a fault.
        quiet.logLevel = .critical
        let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: SurveyServer.headerBytes, maxHeaderListSize: SurveyServer.headerBytes, maxHeaderFieldCount: 100)
        let isBound = Mutex(false)
        let app = Application(
            responder: site,
            server: .http1(
                configuration: .init(idleTimeout: .seconds(SurveyServer.idleSeconds), httpDecoderConfiguration: decoder)),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                availableConnectionsDelegate: MaximumAvailableConnections(SurveyServer.connections, logger: quiet)),
            onServerRunning: { channel in
                isBound.withLock { $0 = true }
                listening(channel.localAddress?.port ?? port)
            },
            logger: quiet)
        do { try await app.run() } catch {
            if Task.isCancelled { return }
            guard !isBound.withLock({ $0 }) else { throw error }
            let isTaken = "\(error)".contains("Address already in use")
            let remedy = isTaken ? "another program uses it; stop that, or set http.port" : "\(error); set http.host or http.port"
            throw ConfigProblems([.init(place: "http.port", message: "\(host):\(port) can't be listened on: \(remedy)")])
        }
        if !Task.isCancelled { throw ServerEnded() }
    }

    /// The server stopped by itself: without its page the plugin is no use, so that it ends and is started again.
    struct ServerEnded: Error, CustomStringConvertible {
        var description: String { "the page's server ended by itself" }
    }
}

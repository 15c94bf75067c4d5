import CZeroMQ

/// Decides who a new connection is (ZeroMQ's RFC 27, ZAP). Called on the reactor's thread.
public struct Authenticator: Sendable {
    /// What a connection shows of itself.
    public enum Credentials: Sendable {
        /// A local peer: the user id of its process.
        case uid(UInt32)
        /// A peer with a CURVE key, Z85.
        case curve(publicKey: String)
        /// Anything else, which is refused.
        case unknown
    }

    /// The user that a connection proves to be, or nil to refuse it.
    public var identify: @Sendable (_ domain: String, _ credentials: Credentials) -> String?
    /// Whether a user that was let in would still be.
    public var isStillWelcome: @Sendable (_ domain: String, _ user: String) -> Bool

    public init(
        isStillWelcome: @escaping @Sendable (_ domain: String, _ user: String) -> Bool = { _, _ in true },
        identify: @escaping @Sendable (_ domain: String, _ credentials: Credentials) -> String?
    ) {
        self.identify = identify
        self.isStillWelcome = isStillWelcome
    }
}

/// The socket on which libzmq asks about new connections to the other sockets of a context.
final class ZAPSocket {
    let handle: UnsafeMutableRawPointer
    private let context: Context
    private let authenticator: Authenticator
    private let isBanned: (String) -> Bool
    /// Everybody who was let in.
    private(set) var admitted: Set<String> = []

    init(_ context: Context, _ authenticator: Authenticator, isBanned: @escaping (String) -> Bool) throws(TransportError) {
        guard let made = zmq_socket(context.handle, ZMQ_ROUTER) else { throw TransportError("make the ZAP socket") }
        handle = made
        self.context = context
        self.authenticator = authenticator
        self.isBanned = isBanned
        var linger: Int32 = 0
        zmq_setsockopt(handle, ZMQ_LINGER, &linger, MemoryLayout<Int32>.size)
        guard zmq_bind(handle, "inproc://zeromq.zap.01") == 0 else { throw TransportError("bind the ZAP socket") }
    }

    deinit { zmq_close(handle) }

    /// Answers every question that waits.
    func serve() {
        while let frames = next() {
            // routing id, empty, version, request id, domain, address, identity, mechanism, credentials...
            guard frames.count >= 8 else { continue }
            let domain = String(decoding: frames[4], as: UTF8.self)
            let credentials = ZAPSocket.credentials(frames)
            let known = authenticator.identify(domain, credentials)
            let user = known.flatMap { isBanned($0) ? nil : $0 }
            if let user { admitted.insert(user) }
            let status = user == nil ? ("400", "no identity has this key or uid") : ("200", "OK")
            let answer: [[UInt8]] = [
                frames[0], [], Array("1.0".utf8), frames[3], Array(status.0.utf8), Array(status.1.utf8),
                Array((user ?? "").utf8), [],
            ]
            for (index, frame) in answer.enumerated() {
                zmq_send(handle, frame, frame.count, ZMQ_DONTWAIT | (index + 1 < answer.count ? ZMQ_SNDMORE : 0))
            }
        }
    }

    private static func credentials(_ frames: [[UInt8]]) -> Authenticator.Credentials {
        switch String(decoding: frames[7], as: UTF8.self) {
        case "CURVE":
            guard frames.count >= 9, let key = CurveKeys.z85(frames[8]) else { return .unknown }
            return .curve(publicKey: key)
        case "NULL":
            // For ipc the address is `localhost:<uid>:<gid>:<pid>`, from the socket's peer credentials.
            let parts = String(decoding: frames[5], as: UTF8.self).split(separator: ":")
            guard parts.count == 4, parts[0] == "localhost", let uid = UInt32(parts[1]) else { return .unknown }
            return .uid(uid)
        default: return .unknown
        }
    }

    private func next() -> [[UInt8]]? {
        var message = zmq_msg_t()
        zmq_msg_init(&message)
        defer { zmq_msg_close(&message) }
        var frames: [[UInt8]] = []
        repeat {
            guard zmq_msg_recv(&message, handle, ZMQ_DONTWAIT) >= 0 else { return nil }
            frames.append([UInt8](UnsafeRawBufferPointer(start: zmq_msg_data(&message), count: zmq_msg_size(&message))))
        } while zmq_msg_more(&message) != 0
        return frames
    }
}

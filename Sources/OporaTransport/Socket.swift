import CZeroMQ
import Glibc

/// A ZeroMQ socket. It lives and dies on the reactor's thread.
final class Socket {
    let handle: UnsafeMutableRawPointer
    let kind: SocketSpec.Kind
    private let context: Context
    private let binds: [SocketSpec.Endpoint]
    /// Large messages on their way to the peers of a ROUTER.
    private var transit = Transit()

    /// Makes the socket and connects it; `bind` comes after it.
    init(_ context: Context, _ spec: SocketSpec) throws(TransportError) {
        guard let made = zmq_socket(context.handle, spec.kind.raw) else { throw TransportError("make a socket") }
        handle = made
        kind = spec.kind
        self.context = context
        binds = spec.binds
        try configure(spec)
    }

    deinit { zmq_close(handle) }

    private func configure(_ spec: SocketSpec) throws(TransportError) {
        try set(ZMQ_LINGER, Int32(0))
        try set(ZMQ_SNDHWM, spec.highWaterMark)
        try set(ZMQ_RCVHWM, spec.highWaterMark)
        try set(ZMQ_MAXMSGSIZE, spec.frameBytes)
        try set(ZMQ_HEARTBEAT_IVL, Int32(5000))
        try set(ZMQ_HEARTBEAT_TIMEOUT, Int32(15000))
        try set(ZMQ_HEARTBEAT_TTL, Int32(15000))
        try set(ZMQ_HANDSHAKE_IVL, Int32(5000))
        // A peer behind a router that forgot the connection is noticed after a minute, not after two hours.
        try set(ZMQ_TCP_KEEPALIVE, Int32(1))
        try set(ZMQ_TCP_KEEPALIVE_IDLE, Int32(30))
        try set(ZMQ_TCP_KEEPALIVE_INTVL, Int32(10))
        try set(ZMQ_TCP_KEEPALIVE_CNT, Int32(3))
        try set(ZMQ_RECONNECT_IVL, Int32(100))
        try set(ZMQ_RECONNECT_IVL_MAX, Int32(2000))
        switch spec.kind {
        case .router:
            try set(ZMQ_ROUTER_MANDATORY, Int32(1))
            try set(ZMQ_ROUTER_HANDOVER, Int32(0))
        case .xpub:
            try set(ZMQ_XPUB_VERBOSE, Int32(1))
            try set(ZMQ_XPUB_NODROP, Int32(1))
            try set(ZMQ_XPUB_WELCOME_MSG, Array("$welcome".utf8))
        case .sub:
            for prefix in spec.subscriptions { try set(ZMQ_SUBSCRIBE, prefix) }
        case .dealer: break
        }
        if spec.binds.contains(where: { $0.address.contains("[") }) { try set(ZMQ_IPV6, Int32(1)) }
        if let domain = spec.zapDomain { try set(ZMQ_ZAP_DOMAIN, Array(domain.utf8)) }
        for endpoint in spec.connects { try connect(endpoint) }
    }

    func connect(_ endpoint: SocketSpec.Endpoint) throws(TransportError) {
        if endpoint.address.contains("[") { try set(ZMQ_IPV6, Int32(1)) }
        try secure(endpoint.security)
        guard zmq_connect(handle, endpoint.address) == 0 else { throw TransportError("connect \(endpoint.address)") }
    }

    /// Binds to all its endpoints; returns where it then is, with the port that was found in place of `*`.
    func bind() throws(TransportError) -> [String] {
        var addresses: [String] = []
        for endpoint in binds {
            try secure(endpoint.security)
            guard zmq_bind(handle, endpoint.address) == 0 else { throw TransportError("bind \(endpoint.address)") }
            addresses.append(try lastEndpoint())
        }
        return addresses
    }

    private func lastEndpoint() throws(TransportError) -> String {
        var text = [UInt8](repeating: 0, count: 256)
        var count = text.count
        guard zmq_getsockopt(handle, ZMQ_LAST_ENDPOINT, &text, &count) == 0 else { throw TransportError("ask for the endpoint") }
        return String(decoding: text.prefix(count).prefix { $0 != 0 }, as: UTF8.self)
    }

    private func secure(_ security: SocketSpec.Security) throws(TransportError) {
        switch security {
        case .none: try set(ZMQ_CURVE_SERVER, Int32(0))
        case .curveServer(let secretKey):
            try set(ZMQ_CURVE_SERVER, Int32(1))
            try set(ZMQ_CURVE_SECRETKEY, Array(secretKey.utf8))
        case .curveClient(let keys, let serverKey):
            try set(ZMQ_CURVE_SERVERKEY, Array(serverKey.utf8))
            try set(ZMQ_CURVE_PUBLICKEY, Array(keys.publicKey.utf8))
            try set(ZMQ_CURVE_SECRETKEY, Array(keys.secretKey.utf8))
        }
    }

    func set(_ option: Int32, _ value: Int32) throws(TransportError) {
        var value = value
        guard zmq_setsockopt(handle, option, &value, MemoryLayout<Int32>.size) == 0 else {
            throw TransportError("set option \(option)")
        }
    }

    private func set(_ option: Int32, _ value: Int64) throws(TransportError) {
        var value = value
        guard zmq_setsockopt(handle, option, &value, MemoryLayout<Int64>.size) == 0 else {
            throw TransportError("set option \(option)")
        }
    }

    /// Keys in Z85 are given without their terminating zero byte, which libzmq takes for 40 characters.
    private func set(_ option: Int32, _ value: [UInt8]) throws(TransportError) {
        guard zmq_setsockopt(handle, option, value, value.count) == 0 else {
            throw TransportError("set option \(option)")
        }
    }

    /// Sends the frames as one message without waiting. False where the peer's queue is full.
    func send(_ frames: [[UInt8]]) throws(TransportError) -> Bool {
        let largest = kind == .router ? frames.reduce(0) { max($0, $1.count) } : 0
        if largest >= Transit.largeBytes, !transit.hasRoom(frames[0], for: largest) { return false }
        for (index, frame) in frames.enumerated() {
            let flags = ZMQ_DONTWAIT | (index + 1 < frames.count ? ZMQ_SNDMORE : 0)
            let isCounted = kind == .router && frame.count >= Transit.largeBytes
            let result = isCounted ? sendCounted(frame, to: frames[0], flags) : zmq_send(handle, frame, frame.count, flags)
            if result < 0 {
                if zmq_errno() == EAGAIN, index == 0 { return false }
                throw TransportError("send")
            }
        }
        return true
    }

    private func sendCounted(_ frame: [UInt8], to peer: [UInt8], _ flags: Int32) -> Int32 {
        var message = Transit.message(frame, transit.tally(peer))
        let result = zmq_msg_send(&message, handle, flags)
        // What was sent is libzmq's; what was not is ours to let go.
        if result < 0 {
            let code = errno
            zmq_msg_close(&message)
            errno = code
        }
        return result
    }

    /// The next message that waits, or nil. Frames past `Reactor.framesKept` are read and thrown away.
    func receive() -> (frames: [[UInt8]], user: String?)? {
        var message = zmq_msg_t()
        zmq_msg_init(&message)
        defer { zmq_msg_close(&message) }
        var frames: [[UInt8]] = []
        var user: String?
        while true {
            guard zmq_msg_recv(&message, handle, ZMQ_DONTWAIT) >= 0 else { return nil }
            let more = zmq_msg_more(&message) != 0
            if frames.count < Reactor.framesKept {
                let count = zmq_msg_size(&message)
                frames.append([UInt8](UnsafeRawBufferPointer(start: zmq_msg_data(&message), count: count)))
            }
            if !more {
                // On a polled ROUTER of libzmq 4.3.4 the routing-id frame carries no metadata: ask the last one.
                if let name = zmq_msg_gets(&message, "User-Id") { user = String(cString: name) }
                return (frames, user)
            }
        }
    }
}

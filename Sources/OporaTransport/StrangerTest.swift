import CZeroMQ

/// Knocks at CURVE endpoints with a key that nobody knows. Where that gets in, everybody does: libzmq admits all where no
/// ZAP handler answers.
public enum StrangerTest {
    /// What became of the stranger at one endpoint.
    public enum Verdict: Hashable, Sendable {
        /// The key was refused, as it must be.
        case refused
        /// It got in.
        case admitted
        /// Neither within the time; the text says what was seen instead.
        case unclear(String)
    }

    /// An endpoint to knock at.
    public struct Door: Sendable {
        /// The kind of the server's socket.
        public var kind: SocketSpec.Kind
        public var address: String
        public var serverKey: String

        public init(_ kind: SocketSpec.Kind, _ address: String, serverKey: String) {
            self.kind = kind
            self.address = address
            self.serverKey = serverKey
        }

        /// As a client on the same machine reaches it.
        var near: String {
            address.replacing("tcp://0.0.0.0:", with: "tcp://127.0.0.1:").replacing("tcp://[::]:", with: "tcp://[::1]:")
        }
    }

    /// Knocks at all doors at once; blocks the calling thread until all have answered or the time is over.
    public static func run(_ doors: [Door], milliseconds: Int64 = 3000) throws(TransportError) -> [Verdict] {
        let context = try Context()
        var knocks: [Knock] = []
        for (index, door) in doors.enumerated() { knocks.append(try Knock(context, door, number: index)) }
        let end = Seat.milliseconds() + milliseconds
        while knocks.contains(where: { $0.verdict == nil }) {
            let left = end - Seat.milliseconds()
            guard left > 0 else { break }
            var items = knocks.filter { $0.verdict == nil }.map {
                zmq_pollitem_t(socket: $0.monitor, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)
            }
            zmq_poll(&items, Int32(items.count), Int(left))
            for knock in knocks { knock.look() }
        }
        return knocks.map { $0.verdict ?? .unclear($0.seen ?? "no answer within \(milliseconds) ms") }
    }
}

/// A client with a random key at one door, and what libzmq says of its handshake.
private final class Knock {
    let monitor: UnsafeMutableRawPointer
    private(set) var verdict: StrangerTest.Verdict?
    private(set) var seen: String?
    private let socket: Socket

    init(_ context: Context, _ door: StrangerTest.Door, number: Int) throws(TransportError) {
        let kind: SocketSpec.Kind = door.kind == .xpub ? .sub : .dealer
        socket = try Socket(context, SocketSpec(kind))
        guard let made = zmq_socket(context.handle, ZMQ_PAIR) else { throw TransportError("make a monitor") }
        monitor = made
        let events =
            ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL
            | ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL
        let name = "inproc://stranger-\(number)"
        guard zmq_socket_monitor(socket.handle, name, events) == 0, zmq_connect(monitor, name) == 0 else {
            throw TransportError("watch a handshake")
        }
        try socket.connect(.init(door.near, .curveClient(.generate(), serverKey: door.serverKey)))
    }

    deinit {
        // The monitor ends first: libzmq would block on a closed one.
        zmq_socket_monitor(socket.handle, nil, 0)
        zmq_close(monitor)
    }

    /// Reads what the monitor has seen.
    func look() {
        while verdict == nil, let event = next() {
            switch event {
            case ZMQ_EVENT_HANDSHAKE_SUCCEEDED: verdict = .admitted
            case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH: verdict = .refused
            case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL: seen = "the handshake broke the protocol"
            default: seen = "the handshake failed; is the server's key another?"
            }
        }
    }

    /// The next event's number: the first two bytes of the first of two frames.
    private func next() -> Int32? {
        var message = zmq_msg_t()
        zmq_msg_init(&message)
        defer { zmq_msg_close(&message) }
        var number: Int32?
        repeat {
            guard zmq_msg_recv(&message, monitor, ZMQ_DONTWAIT) >= 0 else { return nil }
            if number == nil, zmq_msg_size(&message) >= 2, let bytes = zmq_msg_data(&message) {
                number = Int32(bytes.loadUnaligned(as: UInt16.self))
            }
        } while zmq_msg_more(&message) != 0
        return number
    }
}

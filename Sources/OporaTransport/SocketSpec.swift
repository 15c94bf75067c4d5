import CZeroMQ

/// A socket to be made on the reactor's thread: its kind, where it binds or connects, and its limits.
public struct SocketSpec: Sendable {
    /// The ZeroMQ socket types that Opora uses.
    public enum Kind: Sendable {
        case router, xpub, dealer, sub

        var raw: Int32 {
            switch self {
            case .router: ZMQ_ROUTER
            case .xpub: ZMQ_XPUB
            case .dealer: ZMQ_DEALER
            case .sub: ZMQ_SUB
            }
        }
    }

    /// An endpoint and how peers prove who they are on it.
    public struct Endpoint: Sendable {
        public var address: String
        public var security: Security

        public init(_ address: String, _ security: Security = .none) {
            self.address = address
            self.security = security
        }
    }

    /// The mechanism of an endpoint. libzmq takes it per bind and per connect, so one socket can have several.
    public enum Security: Sendable {
        /// NULL. On a server with a ZAP domain, peers on ipc are known by their uid.
        case none
        /// CURVE, this side as the server.
        case curveServer(secretKey: String)
        /// CURVE, this side as the client.
        case curveClient(CurveKeys, serverKey: String)
    }

    public var kind: Kind
    public var binds: [Endpoint]
    public var connects: [Endpoint]
    /// Asks the ZAP handler about every new connection, under this name.
    public var zapDomain: String?
    /// Messages that may wait for one slow peer.
    public var highWaterMark: Int32
    /// Larger frames make libzmq drop the connection.
    public var frameBytes: Int64
    /// Prefixes that a SUB asks for, set before it connects.
    public var subscriptions: [[UInt8]]

    public init(
        _ kind: Kind, binds: [Endpoint] = [], connects: [Endpoint] = [], zapDomain: String? = nil,
        highWaterMark: Int32 = 1000, frameBytes: Int64 = 4 * 1_048_576, subscriptions: [[UInt8]] = []
    ) {
        self.kind = kind
        self.binds = binds
        self.connects = connects
        self.zapDomain = zapDomain
        self.highWaterMark = highWaterMark
        self.frameBytes = frameBytes
        self.subscriptions = subscriptions
    }
}

/// A CURVE key pair in Z85, 40 characters each.
public struct CurveKeys: Hashable, Sendable {
    public var publicKey: String
    public var secretKey: String

    public init(publicKey: String, secretKey: String) {
        self.publicKey = publicKey
        self.secretKey = secretKey
    }

    /// A new random pair.
    public static func generate() -> CurveKeys {
        var publicKey = [CChar](repeating: 0, count: 41)
        var secretKey = [CChar](repeating: 0, count: 41)
        let result = zmq_curve_keypair(&publicKey, &secretKey)
        precondition(result == 0, "libzmq was built without CURVE; install Debian's libzmq5")
        return CurveKeys(publicKey: text(publicKey), secretKey: text(secretKey))
    }

    /// The public key that belongs to a secret key; nil where the text is not a key.
    public static func publicKey(ofSecret secretKey: String) -> String? {
        var publicKey = [CChar](repeating: 0, count: 41)
        guard secretKey.utf8.count == 40, zmq_curve_public(&publicKey, secretKey) == 0 else { return nil }
        return text(publicKey)
    }

    /// A key of 32 bytes in Z85.
    static func z85(_ bytes: [UInt8]) -> String? {
        guard bytes.count == 32 else { return nil }
        var out = [CChar](repeating: 0, count: 41)
        guard zmq_z85_encode(&out, bytes, 32) != nil else { return nil }
        return text(out)
    }

    private static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

import OporaTime

/// What the kernel sends, for the transport to carry.
public enum KernelMessage: Sendable {
    /// An answer or a request to one peer.
    case toPeer(Peer, [UInt8])
    /// An event to all subscribers: topic, header, body.
    case toAll(topic: [UInt8], header: [UInt8], body: [UInt8])
}

/// Where the kernel's messages go. Safe to call from any thread; never blocks.
public protocol KernelOutput: Sendable {
    func send(_ messages: [KernelMessage])
    /// Times a slow subscriber lost messages, peers given up.
    var trouble: (dropEpisodes: Int64, slowPeers: Int64) { get }
}

/// The instant now. The only source of time; tests set it by hand.
public struct WallClock: Sendable {
    /// Microseconds since 1970, UTC.
    public var microseconds: @Sendable () -> Int64

    public init(microseconds: @escaping @Sendable () -> Int64) { self.microseconds = microseconds }

    var now: Timestamp { Timestamp(microseconds() / 1000) }
}

/// What this run of the kernel is called, and the limits the operator set.
public struct KernelSettings: Sendable {
    /// New at each start.
    public var instanceID: String
    public var pid: Int64
    /// Commands that may wait for the writer.
    public var commandsWaiting: Int
    /// Queries that may wait for a reader.
    public var queriesWaiting: Int
    /// Threads that answer queries.
    public var readers: Int
    /// How long the answer to a command with a key is kept.
    public var receiptMilliseconds: Int64

    public init(
        instanceID: String, pid: Int64, commandsWaiting: Int = 20_000, queriesWaiting: Int = 20_000, readers: Int = 2,
        receiptMilliseconds: Int64 = 7 * 86_400_000
    ) {
        self.instanceID = instanceID
        self.pid = pid
        self.commandsWaiting = commandsWaiting
        self.queriesWaiting = queriesWaiting
        self.readers = readers
        self.receiptMilliseconds = receiptMilliseconds
    }
}

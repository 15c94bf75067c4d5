public import OporaProtocol
public import OporaStore
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
    /// Messages that subscribers sent up and nobody read, times that the bus was made anew to put somebody off it.
    var busTrouble: (dataFromListeners: Int64, renewals: Int64) { get }
    /// Who may listen to the bus has changed: whoever may not any more is to be put off it.
    func recheckListeners()
}

extension KernelOutput {
    public var busTrouble: (dataFromListeners: Int64, renewals: Int64) { (0, 0) }
    public func recheckListeners() {}
}

/// The instant now. The only source of time; tests set it by hand.
public struct WallClock: Sendable {
    /// Microseconds since 1970, UTC.
    public var microseconds: @Sendable () -> Int64

    public init(microseconds: @escaping @Sendable () -> Int64) { self.microseconds = microseconds }

    var now: Timestamp { Timestamp(microseconds() / 1000) }
}

/// Why the log's history is not what it was.
public enum EpochReason: String, Sendable {
    /// A backup was put back: the database ends before what was seen of it.
    case restored
    /// The operator said so.
    case asked
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
    /// Requests of one connection under way at once; more wait unread.
    public var inFlightPerConnection = Limits.inFlight
    /// Bytes that may wait unread for one connection.
    public var unreadBytesPerConnection = Limits.unreadBytes
    /// Why a new epoch of the log begins with this start; nil where it goes on.
    public var newEpoch: EpochReason?
    /// Notes outside the database how far the log is, so that a backup that is put back is noticed. Called now and then.
    public var remember: @Sendable (LogHead) -> Void = { _ in }
    /// Set where the kernel runs for the conformance suite.
    public var conformance: Conformance?
    /// What the cursors of lists are signed with; the same after a restart.
    public var cursorKey = SipHash.Key(low: 0, high: 0)
    /// Malformed messages a minute after which a connection is refused for a while.
    public var malformedPerMinute = Limits.malformedPerMinute
    /// Events that a consumer may be behind before it is lost.
    public var consumerLag: Int64 = 5_000_000
    /// How long sessions get to finish before the kernel stops.
    public var drainMilliseconds: Int64 = 2000
    /// Where every message in and out is recorded, free text included; nil records nothing.
    public var trafficFolder: String?

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

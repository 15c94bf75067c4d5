import OporaProtocol

/// A connection, as the transport names it. It says nothing about who that is.
public struct Peer: Hashable, Sendable {
    public var bytes: [UInt8]
    /// Tells those apart that had the same name one after another. See `PeerNames`.
    var generation: UInt32 = 0

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    init(_ bytes: [UInt8], generation: UInt32) {
        self.bytes = bytes
        self.generation = generation
    }
}

/// Where an answer goes: to a peer at once, or into its place in the answer to a batch.
struct ReplyTo: Sendable {
    var peer: Peer
    /// Nil for a notification, which is never answered.
    var id: RequestID?
    var batch: BatchSlot?
    /// Bytes of the request, its share of what may wait.
    var bytes = 0
    /// Whether those bytes are counted as waiting until the answer.
    var isCounted = false
    /// The run of a command past the plugins that want to be asked; it ends with the answer.
    var hookRun: Int64?
}

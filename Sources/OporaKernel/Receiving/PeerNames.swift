import Synchronization

/// Whose a routing id is that a peer has set itself, against the protocol's advice.
///
/// The transport gives a name to whoever sets none, and never the same one twice; a name that was set may come again with another
/// peer, once its first one is gone. What was under way for the first is not the second's.
final class PeerNames: Sendable {
    /// Names that are kept in mind; with more, all are forgotten, and begin anew as their peers speak.
    static let known = 10_000

    private struct Owner {
        var user: String?
        var generation: UInt32
    }

    private let owners = Mutex<[[UInt8]: Owner]>([:])
    private let next = Atomic<UInt32>(0)

    /// The peer that speaks under a name, and the one that did before, where that was another user.
    func claim(_ peer: Peer, user: String?) -> (peer: Peer, before: Peer?) {
        if peer.isNamedByTransport { return (peer, nil) }
        return owners.withLock { owners in
            let known = owners[peer.bytes]
            if let known, known.user == user { return (Peer(peer.bytes, generation: known.generation), nil) }
            if owners.count >= Self.known { owners = [:] }
            let generation = next.add(1, ordering: .relaxed).newValue
            owners[peer.bytes] = Owner(user: user, generation: generation)
            return (Peer(peer.bytes, generation: generation), known.map { Peer(peer.bytes, generation: $0.generation) })
        }
    }

    /// The peer that speaks under a name now.
    func current(_ peer: Peer) -> Peer {
        if peer.isNamedByTransport { return peer }
        return owners.withLock { owners in Peer(peer.bytes, generation: owners[peer.bytes]?.generation ?? peer.generation) }
    }
}

extension Peer {
    /// Names that the transport gives have five bytes, the first of them zero; a peer's own can't begin so.
    var isNamedByTransport: Bool { bytes.count == 5 && bytes[0] == 0 }
}

import OporaProtocol

/// What waits for peers that do not read: bounded for each of them and for all together, so that nobody holds up another.
///
/// Where all together have too much, whoever has most loses it: not the one whose queue happens to be full just then.
struct Backlogs {
    /// Bytes that may wait for one peer.
    static let bytesPerPeer = Limits.backlogBytes
    /// Bytes that may wait for all of them.
    static let bytesInAll = Limits.backlogBytesInAll

    private struct Backlog {
        var messages: [[[UInt8]]] = []
        var sent = 0
        var bytes = 0
        /// Something was thrown away since the peer last read everything.
        var hasLost = false
    }

    private var byPeer: [[UInt8]: Backlog] = [:]
    private var bytes = 0

    var isEmpty: Bool { byPeer.isEmpty }
    var peers: [[UInt8]] { Array(byPeer.keys) }
    func contains(_ peer: [UInt8]) -> Bool { byPeer[peer] != nil }

    /// What a message counts: its bytes and what it takes up besides.
    static func size(_ frames: [[UInt8]]) -> Int { frames.reduce(Limits.backlogMessageBytes) { $0 + $1.count } }

    /// Lets a message wait, or throws something away where too much waits already.
    /// - Returns: peers of whom something was thrown away for the first time: they are to be given up.
    mutating func hold(_ frames: [[UInt8]], for peer: [UInt8]) -> [[UInt8]] {
        let size = Backlogs.size(frames)
        guard byPeer[peer, default: Backlog()].bytes + size <= Backlogs.bytesPerPeer else { return lose(peer, all: false) }
        var givenUp: [[UInt8]] = []
        while bytes + size > Backlogs.bytesInAll {
            let own = byPeer[peer]?.bytes ?? 0
            guard let largest = byPeer.max(by: { $0.value.bytes < $1.value.bytes }), largest.value.bytes > own else {
                return givenUp + lose(peer, all: false)
            }
            givenUp += lose(largest.key, all: true)
        }
        byPeer[peer, default: Backlog()].messages.append(frames)
        byPeer[peer, default: Backlog()].bytes += size
        bytes += size
        return givenUp
    }

    /// Notes that something of a peer was thrown away, be it all that waits; returns the peer where that is new.
    private mutating func lose(_ peer: [UInt8], all: Bool) -> [[UInt8]] {
        var backlog = byPeer.removeValue(forKey: peer) ?? Backlog()
        if all {
            bytes -= backlog.bytes
            backlog = Backlog(hasLost: backlog.hasLost)
        }
        defer {
            backlog.hasLost = true
            byPeer[peer] = backlog
        }
        return backlog.hasLost ? [] : [peer]
    }

    /// Sends what waits for a peer, in order, until `send` says that no more fits.
    mutating func retry(_ peer: [UInt8], send: ([[UInt8]]) throws(TransportError) -> Bool) throws(TransportError) {
        guard var backlog = byPeer.removeValue(forKey: peer) else { return }
        while backlog.sent < backlog.messages.count {
            let frames = backlog.messages[backlog.sent]
            do throws(TransportError) {
                guard try send(frames) else {
                    if backlog.sent > backlog.messages.count / 2 {
                        backlog.messages.removeFirst(backlog.sent)
                        backlog.sent = 0
                    }
                    byPeer[peer] = backlog
                    return
                }
            } catch {
                bytes -= backlog.bytes
                throw error
            }
            let size = Backlogs.size(frames)
            backlog.messages[backlog.sent] = []
            backlog.sent += 1
            backlog.bytes -= size
            bytes -= size
        }
    }
}

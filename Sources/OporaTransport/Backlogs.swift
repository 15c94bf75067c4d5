/// What waits for peers that do not read: bounded for each of them and for all together, so that nobody holds up another.
struct Backlogs {
    /// Bytes that may wait for one peer.
    static let bytesPerPeer = 16 * 1_048_576
    /// Bytes that may wait for all of them.
    static let bytesInAll = 256 * 1_048_576

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

    /// Lets a message wait, or throws it away where too much waits already.
    /// - Returns: true for the first that is thrown away: the peer is to be given up.
    mutating func hold(_ frames: [[UInt8]], for peer: [UInt8]) -> Bool {
        let size = frames.reduce(0) { $0 + $1.count }
        var backlog = byPeer.removeValue(forKey: peer) ?? Backlog()
        defer { byPeer[peer] = backlog }
        guard backlog.bytes + size <= Backlogs.bytesPerPeer, bytes + size <= Backlogs.bytesInAll else {
            defer { backlog.hasLost = true }
            return !backlog.hasLost
        }
        backlog.messages.append(frames)
        backlog.bytes += size
        bytes += size
        return false
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
            let size = frames.reduce(0) { $0 + $1.count }
            backlog.messages[backlog.sent] = []
            backlog.sent += 1
            backlog.bytes -= size
            bytes -= size
        }
    }
}

import Testing

@testable import OporaTransport

@Suite("What waits for peers that do not read")
struct BacklogTests {
    private let peer: [UInt8] = [0, 1]
    private let other: [UInt8] = [0, 2]

    private func message(_ bytes: Int) -> [[UInt8]] { [[UInt8](repeating: 7, count: bytes)] }

    @Test("It is bounded for each peer, and the first message too much says so, once")
    func bound() throws {
        var backlogs = Backlogs()
        let half = Backlogs.bytesPerPeer / 2
        let first = [half, half, 1, 1].map { backlogs.hold(message($0), for: peer) }
        #expect(first == [false, false, true, false])
        // Nobody else is meant.
        let others = backlogs.hold(message(half), for: other)
        #expect(!others)
        var sizes: [Int] = []
        try backlogs.retry(peer) { (frames) throws(TransportError) in
            sizes.append(frames[0].count)
            return true
        }
        #expect(sizes == [half, half])
        #expect(!backlogs.contains(peer) && backlogs.contains(other))
        // It reads again: the next time is told again.
        let again = [half, half, 1].map { backlogs.hold(message($0), for: peer) }
        #expect(again == [false, false, true])
    }

    @Test("It is bounded for all peers together")
    func boundInAll() {
        var backlogs = Backlogs()
        let peers = Backlogs.bytesInAll / Backlogs.bytesPerPeer
        let all = (0..<peers).map { backlogs.hold(message(Backlogs.bytesPerPeer), for: [UInt8($0)]) }
        let last = backlogs.hold(message(1), for: [UInt8(peers)])
        #expect(!all.contains(true) && last)
    }

    @Test("What does not fit yet stays, in order")
    func order() throws {
        var backlogs = Backlogs()
        for n in 1...10 { _ = backlogs.hold(message(n), for: peer) }
        var sizes: [Int] = []
        for room in [0, 3, 1, 6] {
            var left = room
            try backlogs.retry(peer) { (frames) throws(TransportError) in
                guard left > 0 else { return false }
                left -= 1
                sizes.append(frames[0].count)
                return true
            }
        }
        #expect(sizes == Array(1...10))
        #expect(backlogs.isEmpty)
    }

    @Test("A peer that is gone leaves nothing behind")
    func gone() {
        var backlogs = Backlogs()
        _ = backlogs.hold(message(Backlogs.bytesPerPeer), for: peer)
        var error: TransportError?
        do throws(TransportError) {
            try backlogs.retry(peer) { _ throws(TransportError) in throw TransportError("send", code: 113) }
        } catch let found {
            error = found
        }
        #expect(error?.code == 113)
        #expect(backlogs.isEmpty)
    }
}

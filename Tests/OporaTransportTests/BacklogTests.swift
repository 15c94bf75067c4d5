import OporaProtocol
import Testing

@testable import OporaTransport

@Suite("What waits for peers that do not read")
struct BacklogTests {
    private let peer: [UInt8] = [0, 1]
    private let other: [UInt8] = [0, 2]

    private func message(_ bytes: Int) -> [[UInt8]] { [[UInt8](repeating: 7, count: bytes)] }

    /// The largest message of which two, and a small one, are no more than a peer may have.
    private let half = Backlogs.bytesPerPeer / 2 - Limits.backlogMessageBytes

    @Test("It is bounded for each peer, and the first message too much says so, once")
    func bound() throws {
        var backlogs = Backlogs()
        let first = [half, half, 1, 1].map { backlogs.hold(message($0), for: peer) }
        #expect(first == [[], [], [peer], []])
        // Nobody else is meant.
        let others = backlogs.hold(message(half), for: other)
        #expect(others.isEmpty)
        var sizes: [Int] = []
        try backlogs.retry(peer) { (frames) throws(TransportError) in
            sizes.append(frames[0].count)
            return true
        }
        #expect(sizes == [half, half])
        #expect(!backlogs.contains(peer) && backlogs.contains(other))
        // It reads again: the next time is told again.
        let again = [half, half, 1].map { backlogs.hold(message($0), for: peer) }
        #expect(again == [[], [], [peer]])
    }

    @Test("Small messages count with what each takes up")
    func small() {
        var backlogs = Backlogs()
        var held = 0
        while backlogs.hold(message(0), for: peer).isEmpty { held += 1 }
        #expect(held == Backlogs.bytesPerPeer / Limits.backlogMessageBytes)
    }

    @Test("It is bounded for all peers together: whoever has most loses it, not a peer whose queue is full for a moment")
    func boundInAll() throws {
        var backlogs = Backlogs()
        let peers = Backlogs.bytesInAll / Backlogs.bytesPerPeer
        let full = message(half)
        // All but the last have as much as a peer may have; the last has a little less.
        for n in 1...peers {
            let lost = [full, n == peers ? message(half - 1000) : full].flatMap { backlogs.hold($0, for: [UInt8(n)]) }
            #expect(lost.isEmpty)
        }
        let newcomer = backlogs.hold(message(2000), for: peer)
        #expect(newcomer.count == 1 && newcomer != [peer] && newcomer != [[UInt8(peers)]])
        let given = try #require(newcomer.first)
        var sent: [Int] = []
        try backlogs.retry(given) { (frames) throws(TransportError) in
            sent.append(frames[0].count)
            return true
        }
        #expect(sent.isEmpty, "what waited for it is gone")
        try backlogs.retry(peer) { (frames) throws(TransportError) in
            sent.append(frames[0].count)
            return true
        }
        #expect(sent == [2000])
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
        _ = backlogs.hold(message(half), for: peer)
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

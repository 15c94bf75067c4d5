import Testing

@testable import OporaPluginKit

@Suite("Tail of the log")
struct TailPositionTests {
    static func header(_ seq: Int64, prev: Int64 = 0, epoch: UInt32 = 1, isEphemeral: Bool = false) -> EventHeader {
        EventHeader(isEphemeral: isEphemeral, epoch: epoch, seq: seq, prev: prev, recordedMicroseconds: 0)
    }

    @Test(
        "With all streams the next event is one more",
        arguments: [(11, 4, .next), (10, 4, .old), (3, 1, .old), (12, 4, .gap), (500, 499, .gap)]
            as [(Int64, Int64, TailPosition.Step)])
    func all(seq: Int64, prev: Int64, step: TailPosition.Step) {
        #expect(TailPosition(stream: nil, epoch: 1, last: 10).step(Self.header(seq, prev: prev)) == step)
    }

    @Test(
        "With one stream the next event is one whose predecessor is known",
        arguments: [(11, 4, .next), (15, 10, .next), (15, 3, .next), (15, 11, .gap), (10, 9, .old)]
            as [(Int64, Int64, TailPosition.Step)])
    func one(seq: Int64, prev: Int64, step: TailPosition.Step) {
        #expect(TailPosition(stream: .sla, epoch: 1, last: 10).step(Self.header(seq, prev: prev)) == step)
    }

    @Test("Another epoch is another log, control messages are none")
    func others() {
        let position = TailPosition(stream: nil, epoch: 1, last: 10)
        #expect(position.step(Self.header(11, epoch: 2)) == .otherLog)
        #expect(position.step(Self.header(0, isEphemeral: true)) == .old)
    }

    @Test("A heartbeat shows the loss of the last event, of the stream that is followed")
    func heartbeat() {
        let beat: JSON = ["epoch": 1, "head_seq": 12, "heads": ["ticket": 12, "sla": 10]]
        #expect(TailPosition(stream: nil, epoch: 1, last: 11).step(heartbeat: beat) == .gap)
        #expect(TailPosition(stream: nil, epoch: 1, last: 12).step(heartbeat: beat) == .old)
        #expect(TailPosition(stream: .sla, epoch: 1, last: 10).step(heartbeat: beat) == .old)
        #expect(TailPosition(stream: .ticket, epoch: 1, last: 11).step(heartbeat: beat) == .gap)
        #expect(TailPosition(stream: .user, epoch: 1, last: 11).step(heartbeat: beat) == .old)
        #expect(TailPosition(stream: nil, epoch: 2, last: 12).step(heartbeat: beat) == .otherLog)
    }

    @Test("A tail never goes back")
    func advance() {
        var position = TailPosition(stream: nil, epoch: 1, last: 10)
        position.advance(to: 12)
        position.advance(to: 11)
        #expect(position.last == 12)
    }

    @Test("What waits for a slow tail has a limit, and the loss is told")
    func arrivals() {
        var arrivals = TailSocket.Arrivals()
        for _ in 0..<TailSocket.messagesWaiting { arrivals.add([[], [], []]) }
        #expect(arrivals.messages.count == TailSocket.messagesWaiting && !arrivals.hasLost)
        arrivals.add([[], [], []])
        #expect(arrivals.messages.isEmpty && arrivals.hasLost)
        arrivals.add([[], [], [UInt8](repeating: 0, count: TailSocket.bytesWaiting + 1)])
        #expect(arrivals.messages.isEmpty && arrivals.hasLost)
    }
}

import OporaProtocol
import OporaTransport
import Synchronization

/// The subscription of a tail: takes what the bus brings and keeps it until the tail asks.
final class TailSocket: Sendable {
    /// Messages that wait for the tail; a slower one reads the log instead.
    static let messagesWaiting = 4096
    /// Bytes of messages that wait for the tail.
    static let bytesWaiting = 16 * 1_048_576

    /// What has come since the last look.
    struct Arrivals {
        /// Topic, header, body, in order.
        var messages: [[[UInt8]]] = []
        /// Messages were thrown away: the log has them.
        var hasLost = false
        fileprivate var bytes = 0

        mutating func add(_ frames: [[UInt8]]) {
            bytes += frames.reduce(0) { $0 + $1.count }
            if messages.count < messagesWaiting, bytes <= bytesWaiting { return messages.append(frames) }
            self = Arrivals(hasLost: true)
        }
    }

    private let arrivals: ArrivalBox
    private let reactor: Reactor

    /// Subscribes, then connects.
    /// - Parameter stream: the single stream to follow; nil for all.
    init(_ endpoint: SocketSpec.Endpoint, stream: EventStream?) throws(CallError) {
        let topics = stream.map { ["\($0.rawValue).", "$hb/"] } ?? [""]
        let box = ArrivalBox()
        arrivals = box
        reactor = Reactor(
            [SocketSpec(.sub, connects: [endpoint], highWaterMark: 10_000, subscriptions: topics.map { Array($0.utf8) })]
        ) { batch in
            box.put(batch.map(\.frames).filter { $0.count >= 3 })
        }
        do { try reactor.start() } catch { throw .transport("\(error)") }
    }

    /// What came, at once where there is something, otherwise after `milliseconds` at the latest.
    func take(waiting milliseconds: Int64) async -> Arrivals {
        if let found = arrivals.take() { return found }
        await arrivals.doorbell.wait(milliseconds: milliseconds)
        return arrivals.take() ?? Arrivals()
    }

    deinit { reactor.stop() }
}

/// What the reactor's thread has put down for the tail.
private final class ArrivalBox: Sendable {
    let doorbell = Doorbell()
    private let waiting = Mutex(TailSocket.Arrivals())

    func put(_ messages: [[[UInt8]]]) {
        waiting.withLock { waiting in
            for frames in messages { waiting.add(frames) }
        }
        doorbell.ring()
    }

    func take() -> TailSocket.Arrivals? {
        waiting.withLock { waiting in
            guard !waiting.messages.isEmpty || waiting.hasLost else { return nil }
            defer { waiting = TailSocket.Arrivals() }
            return waiting
        }
    }
}

import OporaKernel
import OporaTransport
import Synchronization

/// Carries the kernel's messages to the reactor's sockets: 0 is `rpc`, 1 is `events`.
final class TransportBridge: KernelOutput {
    private let reactor = Mutex<Reactor?>(nil)
    private let record: TrafficRecord?

    /// - Parameter record: keeps every message, where the operator wants that.
    init(record: TrafficRecord?) { self.record = record }

    func connect(_ reactor: Reactor) { self.reactor.withLock { $0 = reactor } }

    func send(_ messages: [KernelMessage]) {
        guard !messages.isEmpty, let reactor = reactor.withLock({ $0 }) else { return }
        record?.outgoing(messages)
        reactor.send(
            messages.map { message in
                switch message {
                case .toPeer(let peer, let body): .init(socket: 0, frames: [peer.bytes, [], body])
                case .toAll(let topic, let header, let body): .init(socket: 1, frames: [topic, header, body])
                }
            })
    }

    var busTrouble: (dataFromListeners: Int64, renewals: Int64) {
        guard let counters = reactor.withLock({ $0 })?.counters else { return (0, 0) }
        return (counters.dataFromListeners, counters.renewals)
    }

    func recheckListeners() { reactor.withLock { $0 }?.recheckListeners() }

    var trouble: (dropEpisodes: Int64, slowPeers: Int64) {
        guard let counters = reactor.withLock({ $0 })?.counters else { return (0, 0) }
        return (counters.dropEpisodes, counters.slowPeers)
    }
}

import OporaKernel
import OporaTransport
import Synchronization

/// Carries the kernel's messages to the reactor's sockets: 0 is `rpc`, 1 is `events`.
final class TransportBridge: KernelOutput {
    private let reactor = Mutex<Reactor?>(nil)

    func connect(_ reactor: Reactor) { self.reactor.withLock { $0 = reactor } }

    func send(_ messages: [KernelMessage]) {
        guard !messages.isEmpty, let reactor = reactor.withLock({ $0 }) else { return }
        reactor.send(
            messages.map { message in
                switch message {
                case .toPeer(let peer, let body): .init(socket: 0, frames: [peer.bytes, [], body])
                case .toAll(let topic, let header, let body): .init(socket: 1, frames: [topic, header, body])
                }
            })
    }

    var trouble: (dropEpisodes: Int64, slowPeers: Int64) {
        guard let counters = reactor.withLock({ $0 })?.counters else { return (0, 0) }
        return (counters.dropEpisodes, counters.slowPeers)
    }
}

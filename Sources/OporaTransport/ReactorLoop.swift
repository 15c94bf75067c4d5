import CZeroMQ
import Glibc
import Synchronization

/// What the reactor's thread does, and the only holder of its sockets.
final class ReactorLoop {
    private struct Backlog {
        var messages: [[[UInt8]]] = []
        var bytes = 0
    }

    private let reactor: Reactor
    private let authentication: ZAPSocket?
    private var sockets: [Socket] = []
    private var backlogs: [[UInt8]: Backlog] = [:]
    private var outgoing: [Reactor.Outgoing] = []

    init(_ reactor: Reactor, context: UnsafeMutableRawPointer) throws(TransportError) {
        self.reactor = reactor
        // The handler first: without one in the process libzmq lets everybody in.
        authentication = try reactor.authenticator.map { (authenticator) throws(TransportError) in
            try ZAPSocket(context, authenticator)
        }
        // Files of ipc endpoints get their mode from the umask at bind; a chmod afterwards would leave a gap.
        let mask = umask(0o117)
        defer { umask(mask) }
        for spec in reactor.specs { sockets.append(try Socket(context, spec)) }
    }

    func run() {
        var items = sockets.map { zmq_pollitem_t(socket: $0.handle, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0) }
        if let authentication {
            items.append(zmq_pollitem_t(socket: authentication.handle, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0))
        }
        items.append(zmq_pollitem_t(socket: nil, fd: reactor.wakeDescriptor, events: Int16(ZMQ_POLLIN), revents: 0))
        while true {
            let isStopping = flush()
            retryBacklogs()
            if isStopping { break }
            authentication?.serve()
            if receive() { continue }
            let maySleep = reactor.shared.withLock { state in
                state.isAsleep = state.outgoing.isEmpty && !state.isStopping
                return state.isAsleep
            }
            guard maySleep else { continue }
            let timeout = backlogs.isEmpty ? -1 : Reactor.retryMilliseconds
            zmq_poll(&items, Int32(items.count), timeout)
            reactor.shared.withLock { $0.isAsleep = false }
            var count: UInt64 = 0
            if items[items.count - 1].revents != 0 { _ = read(reactor.wakeDescriptor, &count, 8) }
        }
        for socket in sockets { try? socket.set(ZMQ_LINGER, Int32(1000)) }
        sockets.removeAll()
    }

    /// Sends what was handed over; true where the reactor is to stop after that.
    private func flush() -> Bool {
        outgoing.removeAll(keepingCapacity: true)
        let isStopping = reactor.shared.withLock { state in
            swap(&outgoing, &state.outgoing)
            return state.isStopping
        }
        for message in outgoing {
            let socket = sockets[message.socket]
            switch socket.kind {
            case .router: route(message.frames, on: socket)
            case .xpub: publish(message.frames, on: socket)
            case .dealer, .sub:
                if (try? socket.send(message.frames)) != true { hold(message.frames, for: []) }
            }
        }
        return isStopping
    }

    private func route(_ frames: [[UInt8]], on socket: Socket) {
        let peer = frames[0]
        if backlogs[peer] != nil { return hold(frames, for: peer) }
        do throws(TransportError) {
            if !(try socket.send(frames)) { hold(frames, for: peer) }
        } catch {
            // EHOSTUNREACH: the peer is gone, and the message has nowhere to go.
            reactor.unreachable(peer)
        }
    }

    private func hold(_ frames: [[UInt8]], for peer: [UInt8]) {
        var backlog = backlogs.removeValue(forKey: peer) ?? Backlog()
        backlog.bytes += frames.reduce(0) { $0 + $1.count }
        guard backlog.bytes <= Reactor.bytesPerSlowPeer else {
            reactor.shared.withLock { $0.counters.slowPeers += 1 }
            return
        }
        backlog.messages.append(frames)
        backlogs[peer] = backlog
    }

    private func retryBacklogs() {
        guard !backlogs.isEmpty else { return }
        for (peer, backlog) in backlogs {
            guard let socket = sockets.first(where: { $0.kind == (peer.isEmpty ? .dealer : .router) }) else { continue }
            var sent = 0
            for frames in backlog.messages {
                guard let delivered = try? socket.send(frames) else {
                    sent = backlog.messages.count
                    break
                }
                guard delivered else { break }
                sent += 1
            }
            if sent == backlog.messages.count {
                backlogs[peer] = nil
            } else if sent > 0 {
                let rest = Array(backlog.messages[sent...])
                backlogs[peer] = Backlog(messages: rest, bytes: rest.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } })
            }
        }
    }

    /// One slow subscriber would stop the bus with `XPUB_NODROP` on. So a full queue is counted, then the message goes
    /// to the others without that option; the subscriber sees the gap and repairs it.
    private func publish(_ frames: [[UInt8]], on socket: Socket) {
        if (try? socket.send(frames)) == true { return }
        reactor.shared.withLock { $0.counters.dropEpisodes += 1 }
        try? socket.set(ZMQ_XPUB_NODROP, Int32(0))
        _ = try? socket.send(frames)
        try? socket.set(ZMQ_XPUB_NODROP, Int32(1))
    }

    private func receive() -> Bool {
        var batch: [Reactor.Inbound] = []
        for (index, socket) in sockets.enumerated() {
            var taken = 0
            while taken < Reactor.drain, let message = socket.receive() {
                batch.append(Reactor.Inbound(socket: index, frames: message.frames, user: message.user))
                taken += 1
            }
        }
        if batch.isEmpty { return false }
        reactor.deliver(batch)
        return true
    }
}

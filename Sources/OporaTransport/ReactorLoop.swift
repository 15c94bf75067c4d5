import CZeroMQ
import Glibc
import Synchronization

/// What the reactor's thread does, and the only holder of its sockets.
final class ReactorLoop {
    private let reactor: Reactor
    private var seats: [Seat] = []
    private var items: [zmq_pollitem_t] = []
    private var backlogs = Backlogs()
    private var nextRetry: Int64 = 0
    private var pause = Reactor.retryMilliseconds.lowerBound
    private var outgoing: [Reactor.Outgoing] = []

    init(_ reactor: Reactor) throws(TransportError) {
        self.reactor = reactor
        for spec in reactor.specs {
            seats.append(try SocketMode.during { () throws(TransportError) in try Seat(spec, reactor.authenticator) })
        }
        listPollItems()
    }

    var addresses: [[String]] { seats.map(\.addresses) }

    private func listPollItems() {
        let handles = seats.flatMap { [$0.socket?.handle, $0.handler?.handle].compactMap { $0 } }
        items = handles.map { zmq_pollitem_t(socket: $0, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0) }
        items.append(zmq_pollitem_t(socket: nil, fd: reactor.wakeDescriptor, events: Int16(ZMQ_POLLIN), revents: 0))
    }

    func run() {
        while true {
            let (isStopping, mustRecheck) = flush()
            if mustRecheck { recheck() }
            retry()
            if isStopping { break }
            for seat in seats { seat.handler?.serve() }
            if receive() { continue }
            let maySleep = reactor.shared.withLock { state in
                state.isAsleep = state.outgoing.isEmpty && !state.isStopping && !state.mustRecheck
                return state.isAsleep
            }
            guard maySleep else { continue }
            let isWaiting = !backlogs.isEmpty || seats.contains { $0.socket == nil }
            zmq_poll(&items, Int32(items.count), isWaiting ? Int(pause) : -1)
            reactor.shared.withLock { $0.isAsleep = false }
            var count: UInt64 = 0
            if items[items.count - 1].revents != 0 { _ = read(reactor.wakeDescriptor, &count, 8) }
        }
        for seat in seats { try? seat.socket?.set(ZMQ_LINGER, Int32(1000)) }
        seats.removeAll()
    }

    /// Sends what was handed over; says whether the reactor is to stop after that, and whether listeners are to be looked at.
    private func flush() -> (isStopping: Bool, mustRecheck: Bool) {
        outgoing.removeAll(keepingCapacity: true)
        let orders = reactor.shared.withLock { state in
            swap(&outgoing, &state.outgoing)
            defer { state.mustRecheck = false }
            return (state.isStopping, state.mustRecheck)
        }
        for message in outgoing {
            guard let socket = seats[message.socket].socket else { continue }
            switch socket.kind {
            case .router: route(message.frames, on: socket)
            case .xpub: publish(message.frames, on: socket)
            case .dealer, .sub:
                if (try? socket.send(message.frames)) != true { hold(message.frames, for: []) }
            }
        }
        return orders
    }

    private func route(_ frames: [[UInt8]], on socket: Socket) {
        let peer = frames[0]
        if backlogs.contains(peer) { return hold(frames, for: peer) }
        do throws(TransportError) {
            if !(try socket.send(frames)) { hold(frames, for: peer) }
        } catch {
            // EHOSTUNREACH: the peer is gone, and the message has nowhere to go.
            reactor.unreachable(peer)
        }
    }

    private func hold(_ frames: [[UInt8]], for peer: [UInt8]) {
        if !backlogs.contains(peer) {
            // Most likely it reads, only not as fast: it is not to wait as long as those who don't.
            pause = Reactor.retryMilliseconds.lowerBound
            nextRetry = min(nextRetry, Seat.milliseconds() + pause)
        }
        for slow in backlogs.hold(frames, for: peer) {
            reactor.shared.withLock { $0.counters.slowPeers += 1 }
            reactor.unreachable(slow)
        }
    }

    /// Tries again what did not work before: to send to peers that did not read, to bind what was taken.
    private func retry() {
        for seat in seats where seat.socket == nil {
            if SocketMode.during({ seat.retry() }) { listPollItems() }
        }
        guard !backlogs.isEmpty else { return }
        let now = Seat.milliseconds()
        guard now >= nextRetry else { return }
        var hasSent = false
        for peer in backlogs.peers {
            let kind: SocketSpec.Kind = peer.isEmpty ? .dealer : .router
            guard let socket = seats.lazy.compactMap(\.socket).first(where: { $0.kind == kind }) else { continue }
            do throws(TransportError) {
                try backlogs.retry(peer) { (frames) throws(TransportError) in
                    let isSent = try socket.send(frames)
                    hasSent = hasSent || isSent
                    return isSent
                }
            } catch {
                reactor.unreachable(peer)
            }
        }
        let bounds = Reactor.retryMilliseconds
        pause = hasSent ? bounds.lowerBound : min(pause * 2, bounds.upperBound)
        nextRetry = now + pause
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
        var hasRead = false
        for (index, seat) in seats.enumerated() {
            guard let socket = seat.socket else { continue }
            var tooMany: String?
            var taken = 0
            while taken < Reactor.drain, tooMany == nil, let message = socket.receive() {
                taken += 1
                if socket.kind == .xpub {
                    tooMany = listen(message.frames, message.user, on: seat)
                } else {
                    batch.append(Reactor.Inbound(socket: index, frames: message.frames, user: message.user))
                }
            }
            if let tooMany {
                seat.ban(tooMany)
                renew(seat, .tooManyPrefixes(user: tooMany))
            }
            hasRead = hasRead || taken > 0
        }
        if !batch.isEmpty { reactor.deliver(batch) }
        return hasRead
    }

    /// Takes what came up from a subscriber; returns a user that asks for too much.
    private func listen(_ frames: [[UInt8]], _ user: String?, on seat: Seat) -> String? {
        switch seat.listeners.read(frames, user: user) {
        case .subscription: return nil
        case .tooMany(let user): return user
        case .data:
            reactor.shared.withLock { $0.counters.dataFromListeners += 1 }
            return nil
        }
    }

    /// Looks whether everybody who listens still may; where somebody may not, that socket is made anew.
    private func recheck() {
        guard let authenticator = reactor.authenticator else { return }
        for seat in seats where seat.spec.kind == .xpub {
            let domain = seat.spec.zapDomain ?? ""
            let unwelcome = (seat.handler?.admitted ?? []).filter { !authenticator.isStillWelcome(domain, $0) }
            if !unwelcome.isEmpty { renew(seat, .evicted(users: unwelcome.sorted())) }
        }
    }

    /// Puts everybody off a socket. Who may come back does so by itself, and repairs what it missed.
    private func renew(_ seat: Seat, _ notice: Reactor.Notice) {
        reactor.shared.withLock { $0.counters.renewals += 1 }
        reactor.notice(notice)
        do throws(TransportError) {
            try SocketMode.during { () throws(TransportError) in try seat.renew() }
        } catch {
            reactor.notice(.notBound(error))
        }
        listPollItems()
    }
}

import CZeroMQ
import Glibc

/// A place among the reactor's sockets: the socket as it is now, with a context and a ZAP handler of its own.
///
/// It can be emptied and taken again: everybody on the socket is put off, and who reconnects is asked anew who it is.
final class Seat {
    /// Seconds for which a user that was put off the bus is not let in again.
    static let banSeconds = 60
    /// Milliseconds between two tries to bind again.
    static let bindMilliseconds: Int64 = 100

    private(set) var spec: SocketSpec
    private let authenticator: Authenticator?
    private(set) var handler: ZAPSocket?
    private(set) var socket: Socket?
    /// Where it is bound; with the port in place of `*`, so that it comes back at the same one.
    private(set) var addresses: [String] = []
    var listeners = Listeners()
    private var bannedUntil: [String: Int64] = [:]
    private var nextTry: Int64 = 0

    init(_ spec: SocketSpec, _ authenticator: Authenticator?) throws(TransportError) {
        self.spec = spec
        self.authenticator = authenticator
        try sit()
        for (index, address) in addresses.enumerated() { self.spec.binds[index].address = address }
    }

    /// Makes the socket. The handler comes first: without one in its context libzmq lets everybody in.
    private func sit() throws(TransportError) {
        let context = try Context()
        let handler = try authenticator.map { (authenticator) throws(TransportError) in
            try ZAPSocket(context, authenticator, isBanned: { [weak self] in self?.isBanned($0) ?? false })
        }
        let made = try Socket(context, spec)
        addresses = try made.bind()
        self.handler = handler
        socket = made
    }

    /// Closes the socket, with all its connections and files, and makes it anew.
    func renew() throws(TransportError) {
        stand()
        try sit()
    }

    /// Closes the socket; returns once nothing of it is left.
    func stand() {
        socket = nil
        handler = nil
        listeners = Listeners()
    }

    /// Tries again to make a socket that could not be made; true where it is there now.
    func retry() -> Bool {
        let now = Seat.milliseconds()
        guard socket == nil, now >= nextTry else { return false }
        nextTry = now + Seat.bindMilliseconds
        return (try? sit()) != nil
    }

    func ban(_ user: String) { bannedUntil[user] = Seat.milliseconds() + Int64(Seat.banSeconds) * 1000 }

    private func isBanned(_ user: String) -> Bool {
        guard let until = bannedUntil[user] else { return false }
        if until > Seat.milliseconds() { return true }
        bannedUntil[user] = nil
        return false
    }

    static func milliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

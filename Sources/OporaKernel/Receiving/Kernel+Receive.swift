import Logging
import OporaDomain
import OporaProtocol
import OporaTime

extension Kernel {
    /// Takes one message of a peer, as its frames came in after the routing id.
    /// - Parameters:
    ///   - frames: an empty one and one JSON text, if all is well.
    ///   - user: the identity that the connection proved; nil where it proved none.
    public func receive(_ peer: Peer, frames: [[UInt8]], user: String?) {
        let (peer, before) = names.claim(peer, user: user)
        if let before { forget(before) }
        guard let identity = access.identity(user) else { return refuseStranger(peer) }
        let now = clock.now
        _ = sessions.touch(peer, health: nil, now: now)
        guard frames.count == 2, frames[0].isEmpty else {
            let message = "a message has two frames, an empty one and one JSON text; this one has \(frames.count)"
            return refuseMalformed(peer, identity, RPCError(.badEnvelope, message))
        }
        guard frames[1].count <= Limits.bodyBytes else {
            let message = "a request has at most \(Limits.bodyBytes) bytes; this one has \(frames[1].count)"
            let data = JSONObject([("limit_bytes", .int(Int64(Limits.bodyBytes)))])
            return refuseMalformed(peer, identity, RPCError(.requestTooLarge, message, data: data))
        }
        switch peers.gate(peer, now: now) {
        case .pass: read(peer, frames[1], identity)
        case .crowded: takeCrowded(peer, frames[1], identity, user)
        case .flooded(let milliseconds): refuseUnread(peer, try? JSONParser.parse(frames[1]), flooded(milliseconds))
        }
    }

    /// Takes a message of a connection of which enough is under way: most wait.
    private func takeCrowded(_ peer: Peer, _ body: [UInt8], _ identity: Identity, _ user: String?) {
        let value = try? JSONParser.parse(body)
        if let value, isAnsweredAtOnce(value) { return receive(peer, value, identity, bytes: body.count) }
        switch peers.layAside(peer, body, user: user) {
        case .laidAside(let mayResume): if mayResume { timer.scheduleWake() }
        case .full: refuseUnread(peer, value, busyConnection)
        }
    }

    /// Whether a message is dealt with at once, however much of its connection is under way: signs of life, cancelling, answers to the
    /// kernel's own requests.
    private func isAnsweredAtOnce(_ value: JSON) -> Bool {
        switch Request.read(value) {
        case .response: true
        case .request(let request): request.method.hasPrefix("$/") || MethodTable.sessionMethods[request.method] != nil
        case .invalid: false
        }
    }

    /// Reads a body and takes what it holds to where it belongs.
    func read(_ peer: Peer, _ body: [UInt8], _ identity: Identity) {
        do throws(JSONError) {
            receive(peer, try JSONParser.parse(body), identity, bytes: body.count)
        } catch {
            let data = JSONObject([("fault", .string(error.fault.rawValue)), ("offset", .int(Int64(error.offset)))])
            refuseMalformed(peer, identity, RPCError(.parseError, "the request is \(error)", data: data))
        }
    }

    private func receive(_ peer: Peer, _ value: JSON, _ identity: Identity, bytes: Int) {
        guard case .array(let entries) = value else {
            take(Request.read(value), identity, ReplyTo(peer: peer, id: nil, batch: nil, bytes: bytes))
            return
        }
        guard !entries.isEmpty else {
            return refuseMalformed(peer, identity, RPCError(.invalidRequest, "a batch has at least one request"))
        }
        guard entries.count <= Limits.batchEntries else {
            let message = "a batch has at most \(Limits.batchEntries) requests, not \(entries.count)"
            return refuseMalformed(peer, identity, RPCError(.batchTooLarge, message))
        }
        advance(Batch(entries.map { Request.read($0) }, identity: identity, peer: peer, bytes: bytes))
    }

    /// Goes on with what waited unread, now that earlier requests of the same connections are answered.
    func resumeUnread() {
        for peer in peers.takeResumable() {
            while let message = peers.nextUnread(peer) {
                if let identity = access.identity(message.user) { read(peer, message.body, identity) }
            }
        }
    }

    func refuse(_ peer: Peer, _ error: RPCError, id: RequestID = .null) {
        output.send([.toPeer(peer, Answer.failure(id, error))])
    }

    private func refuseMalformed(_ peer: Peer, _ identity: Identity, _ error: RPCError) {
        if let milliseconds = peers.floodRefusal(peer, now: clock.now) { return refuse(peer, flooded(milliseconds)) }
        malformed(peer, identity)
        refuse(peer, error)
    }

    /// Counts a malformed message; the one that is too much closes the door for a while.
    func malformed(_ peer: Peer, _ identity: Identity) {
        counters.malformed()
        guard peers.malformed(peer, now: clock.now) else { return }
        log.warning("a connection sent too much that is no message", metadata: ["identity": "\(identity.name)"])
        note(
            .floodRefused, subject: "identity/\(identity.name)",
            ["identity": .string(identity.name), "malformed": .int(Int64(settings.malformedPerMinute) + 1)])
    }

    private func flooded(_ milliseconds: Int64) -> RPCError {
        RPCError(
            .rateLimited, "this connection sent too many malformed messages; it is heard again in \(milliseconds) ms",
            data: JSONObject([("retry_after_ms", .int(milliseconds))]))
    }

    private var busyConnection: RPCError {
        RPCError(
            .tooManyInFlight,
            "\(settings.inFlightPerConnection) requests of this connection are under way and as much waits as may; read answers first",
            data: JSONObject([("retry_after_ms", 100)]))
    }

    /// Refuses a message without taking it in. Answers to the kernel's own requests are heard all the same.
    /// - Parameter value: what it says; nil where it is no JSON.
    private func refuseUnread(_ peer: Peer, _ value: JSON?, _ error: RPCError) {
        guard let value else { return refuse(peer, error) }
        switch Request.read(value) {
        case .request(let request):
            if let id = request.id { refuse(peer, error, id: id) }
        case .response(let id, let object): sessionAnswered(peer, id, object)
        case .invalid(let id, _): refuse(peer, error, id: id ?? .null)
        }
    }
}

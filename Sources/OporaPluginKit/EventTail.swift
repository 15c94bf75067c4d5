public import OporaProtocol

/// Follows the log live: events in order, none twice, none left out.
///
/// The bus brings them as they happen; whatever it drops is seen by the sequence or by the heartbeat and read from the log,
/// also after the kernel was away. A tail keeps nothing in the kernel: it begins where it is told to, and whoever must go
/// on where it stopped uses a durable consumer.
public struct EventTail: AsyncSequence, Sendable {
    /// An event with its place in the log and its body as it stands there.
    public struct Entry: Sendable {
        public var seq: Int64
        /// The previous event of the same stream.
        public var prev: Int64
        /// The CloudEvents body.
        public var body: JSON

        /// The body, opened.
        public var event: Event? { Event(body: body, seq: seq, prev: prev) }
        /// As `events.read` gives it.
        public var json: JSON { ["seq": .int(seq), "prev": .int(prev), "event": body] }
    }

    private let client: DeskClient
    private let socket: TailSocket
    private let streams: [EventStream]
    private let start: Int64?

    /// - Parameters:
    ///   - client: a connection to the same kernel, for what the bus has dropped.
    ///   - streams: the streams to follow; empty for all.
    ///   - after: begin with what comes after this event, 0 for the whole log; nil for what happens from now on.
    public init(
        _ location: DeskLocation, _ client: DeskClient, streams: [EventStream] = [], after: Int64? = nil
    ) throws(CallError) {
        self.client = client
        self.streams = streams
        start = after
        socket = try TailSocket(try location.eventsEndpoint(), stream: streams.count == 1 ? streams.first : nil)
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(client: client, socket: socket, streams: streams, start: start)
    }

    /// Goes through a tail; ends when its task is cancelled.
    public struct Iterator: AsyncIteratorProtocol {
        /// Milliseconds without a sign from the bus after which the log is asked.
        static let silenceMilliseconds: Int64 = 3000
        /// Milliseconds between two tries while the kernel is away.
        static let retryMilliseconds: Int64 = 500

        let client: DeskClient
        let socket: TailSocket
        let streams: [EventStream]
        let start: Int64?
        private var position: TailPosition?
        private var ready: [Entry] = []
        private var isBehind = true

        init(client: DeskClient, socket: TailSocket, streams: [EventStream], start: Int64?) {
            self.client = client
            self.socket = socket
            self.streams = streams
            self.start = start
        }

        /// The next event; waits for it. Throws where the kernel refuses, or where the log is another one now.
        public mutating func next() async throws(CallError) -> Entry? {
            while !Task.isCancelled {
                if let entry = ready.popLast() { return entry }
                do throws(CallError) {
                    try await fill()
                } catch {
                    guard error.isRetryable else { throw error }
                    isBehind = true
                    try? await Task.sleep(for: .milliseconds(Iterator.retryMilliseconds))
                }
            }
            return nil
        }

        private mutating func fill() async throws(CallError) {
            guard var position else {
                self.position = try await begin()
                return
            }
            if isBehind {
                try await readLog(&position)
            } else {
                try await listen(&position)
            }
            self.position = position
        }

        /// Where to begin.
        private func begin() async throws(CallError) -> TailPosition {
            let answer = try await client.call("events.read", ["after_seq": 0, "limit": 1])
            guard let head = answer["head_seq"]?.int, let epoch = answer["epoch"]?.int else {
                throw .transport("the kernel's answer to events.read can't be read")
            }
            return TailPosition(stream: streams.count == 1 ? streams.first : nil, epoch: epoch, last: start ?? head)
        }

        /// One page of what the bus did not bring.
        private mutating func readLog(_ position: inout TailPosition) async throws(CallError) {
            let answer = try await client.call(
                "events.read",
                [
                    "after_seq": .int(position.last), "epoch": .int(position.epoch), "limit": .int(Int64(Limits.readEvents)),
                    "streams": streams.isEmpty ? nil : .array(streams.map { .string($0.rawValue) }),
                ])
            guard let items = answer["events"]?.array, let next = answer["next_after_seq"]?.int,
                let head = answer["head_seq"]?.int
            else { throw .transport("the kernel's answer to events.read can't be read") }
            ready = items.compactMap { item in
                guard let seq = item["seq"]?.int, let prev = item["prev"]?.int, let body = item["event"] else { return nil }
                return Entry(seq: seq, prev: prev, body: body)
            }.reversed()
            let isStuck = next <= position.last
            position.advance(to: next)
            isBehind = !isStuck && next < head
        }

        /// What the bus brings, as far as it is whole.
        private mutating func listen(_ position: inout TailPosition) async throws(CallError) {
            let arrivals = await socket.take(waiting: Iterator.silenceMilliseconds)
            // Nothing at all, not even a heartbeat: the kernel is away, or the bus does not reach this process.
            isBehind = arrivals.hasLost || arrivals.messages.isEmpty
            var found: [Entry] = []
            for frames in arrivals.messages where !isBehind {
                switch step(frames, position) {
                case .next:
                    guard let header = EventHeader(frames[1]), let body = try? JSONParser.parse(frames[2]) else {
                        isBehind = true
                        continue
                    }
                    position.advance(to: header.seq)
                    if isWanted(frames[0]) { found.append(Entry(seq: header.seq, prev: header.prev, body: body)) }
                case .gap: isBehind = true
                case .old: break
                case .otherLog:
                    throw .rejected(RPCError(.epochMismatch, "the log is another one now: the kernel was restored from a backup"))
                }
            }
            ready = found.reversed()
        }

        private func step(_ frames: [[UInt8]], _ position: TailPosition) -> TailPosition.Step {
            guard let header = EventHeader(frames[1]) else { return .gap }
            guard frames[0].starts(with: Array("$hb/".utf8)), let heartbeat = try? JSONParser.parse(frames[2]) else {
                return position.step(header)
            }
            return position.step(heartbeat: heartbeat)
        }

        /// With several streams all arrive, because only the whole sequence shows gaps between them.
        private func isWanted(_ topic: [UInt8]) -> Bool {
            guard streams.count > 1 else { return true }
            let name = String(decoding: topic.prefix { $0 != 0x2e }, as: UTF8.self)
            return streams.contains { $0.rawValue == name }
        }
    }
}

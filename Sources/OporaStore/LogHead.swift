public import OporaProtocol

/// The ends of the log: the first position that is left, the last one, and the last one of each stream.
public struct LogHead: Hashable, Sendable {
    /// Which log this is; a new desk has a new one.
    public var logID: String
    /// Grows when history changes, as after a restore.
    public var epoch: Int64
    /// Position of the last event, 0 in an empty log.
    public var seq: Int64
    /// Position of the last event of each stream, by `EventStream.index`; 0 where there is none.
    public var streams: [Int64]
    /// Position of the first event that was not taken out of the log; of the first to come in an empty one.
    public var firstSeq: Int64

    public init(logID: String, epoch: Int64, seq: Int64, streams: [Int64], firstSeq: Int64 = 1) {
        self.logID = logID
        self.epoch = epoch
        self.seq = seq
        self.streams = streams
        self.firstSeq = firstSeq
    }

    /// Takes the next position for an event of a stream; returns it and the previous one of that stream.
    public mutating func next(in stream: EventStream) -> (seq: Int64, prev: Int64) {
        seq += 1
        let prev = streams[stream.index]
        streams[stream.index] = seq
        return (seq, prev)
    }
}

/// An event as it is kept: its place and its body, ready to travel.
public struct EventRecord: Hashable, Sendable {
    public var seq: Int64
    public var prev: Int64
    public var name: EventName
    /// E.g. `ticket/T-1042`.
    public var subject: String
    /// The ticket whose history it belongs to.
    public var ticket: TicketID?
    /// Microseconds since 1970, UTC.
    public var recordedMicroseconds: Int64
    /// The CloudEvents body, JSON.
    public var body: [UInt8]

    public init(
        seq: Int64, prev: Int64, name: EventName, subject: String, ticket: TicketID? = nil, recordedMicroseconds: Int64,
        body: [UInt8]
    ) {
        self.ticket = ticket
        self.seq = seq
        self.prev = prev
        self.name = name
        self.subject = subject
        self.recordedMicroseconds = recordedMicroseconds
        self.body = body
    }
}

public import OporaProtocol
public import OporaTime

/// A durable consumer: a named cursor in the log.
public struct ConsumerRecord: Hashable, Sendable {
    /// Whether it is given events.
    public enum State: String, CaseIterable, Sendable {
        case active, paused
        /// It fell too far behind; it holds nothing back until it is put elsewhere.
        case lost
    }

    public var name: String
    /// The identity that made it.
    public var owner: String
    /// Empty means all.
    public var streams: [EventStream]
    /// Empty means all.
    public var types: [EventName]
    /// Everything up to here is dealt with.
    public var ackedSeq: Int64
    /// Deliveries of an event without an ack after which it is set aside.
    public var maxDeliver: Int
    public var state = State.active
    /// The highest part of the lag limit, in percent, that was told of or is not to be told of; 0 where none was.
    public var warnedPercent = 0
    /// How many events are set aside. A store counts them; it does not keep the number.
    public var parked = 0
    /// How many of those are to be handed out once more. Counted as `parked` is.
    public var retrying = 0

    public init(
        name: String, owner: String, streams: [EventStream], types: [EventName] = [], ackedSeq: Int64, maxDeliver: Int = 8
    ) {
        self.name = name
        self.owner = owner
        self.streams = streams
        self.types = types
        self.ackedSeq = ackedSeq
        self.maxDeliver = maxDeliver
    }
}

/// An event that a consumer has set aside, by reference: it stays in the log.
public struct ParkedEvent: Hashable, Sendable {
    public var consumer: String
    public var seq: Int64
    /// For people.
    public var reason: String
    /// How often it was handed out.
    public var deliveries: Int
    public var parkedAt: Timestamp
    /// It is to be handed out once more.
    public var isRetried = false

    public init(consumer: String, seq: Int64, reason: String, deliveries: Int, parkedAt: Timestamp) {
        self.consumer = consumer
        self.seq = seq
        self.reason = reason
        self.deliveries = deliveries
        self.parkedAt = parkedAt
    }
}

/// Which events that were set aside, in order of the log.
public struct ParkedQuery: Hashable, Sendable {
    public var consumer: String
    public var after: Int64 = 0
    /// Events below this position alone.
    public var before: Int64 = .max
    /// Those that are to be handed out once more alone.
    public var isRetried = false
    public var limit: Int

    public init(consumer: String, after: Int64 = 0, before: Int64 = .max, isRetried: Bool = false, limit: Int) {
        self.consumer = consumer
        self.after = after
        self.before = before
        self.isRetried = isRetried
        self.limit = limit
    }
}

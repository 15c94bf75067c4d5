import OporaProtocol

/// How far a tail has come in the log, and what the next message of the bus is to it.
///
/// Everything of the tail's streams up to `last` has been handed on. So a message is the next one where nothing of those
/// streams lies between: with all streams where `seq` is one more, with a single one where `prev` is not beyond `last`.
struct TailPosition: Hashable, Sendable {
    /// What a message is to the tail.
    enum Step: Hashable, Sendable {
        /// The next event.
        case next
        /// Dealt with before, or not of the log.
        case old
        /// Events are missing in between: read the log.
        case gap
        /// The log is another one now.
        case otherLog
    }

    /// The single stream that is followed; nil for all.
    let stream: EventStream?
    let epoch: Int64
    private(set) var last: Int64

    init(stream: EventStream?, epoch: Int64, last: Int64) {
        self.stream = stream
        self.epoch = epoch
        self.last = last
    }

    /// What a message with this header is.
    func step(_ header: EventHeader) -> Step {
        guard Int64(header.epoch) == epoch else { return .otherLog }
        if header.isEphemeral || header.seq <= last { return .old }
        if header.seq == last + 1 { return .next }
        return stream != nil && header.prev <= last ? .next : .gap
    }

    /// What a heartbeat says: `{"epoch":1,"head_seq":919,"heads":{"ticket":919}}`.
    func step(heartbeat: JSON) -> Step {
        guard heartbeat["epoch"]?.int ?? epoch == epoch else { return .otherLog }
        let head = stream.map { heartbeat["heads"]?[$0.rawValue]?.int ?? 0 } ?? heartbeat["head_seq"]?.int ?? 0
        return head > last ? .gap : .old
    }

    /// Everything up to `seq` has been handed on.
    mutating func advance(to seq: Int64) { last = max(last, seq) }
}

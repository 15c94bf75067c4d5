import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Who and what stood behind a command: goes into each of its events.
struct Cause: Sendable {
    /// `user/U-7`, `plugin/escalator` or `kernel`.
    var actor: String
    /// The identity that sent the command; nil for the kernel's own doing.
    var via: String?
    var causation: String?
    var traceparent: String?

    static let kernel = Cause(actor: "kernel")
}

/// Gives a fact its place in the log and its CloudEvents body.
enum EventEncoder {
    static func encode(
        _ draft: EventDraft, _ cause: Cause, isImported: Bool, head: inout LogHead, recordedMicroseconds: Int64,
        _ writer: inout JSONWriter
    ) -> EventRecord {
        let (seq, prev) = head.next(in: draft.name.stream)
        writer.reset()
        writer.beginObject()
        writer.member("specversion", "1.0")
        writer.member("id", "\(head.logID).\(seq)")
        writer.member("source", "opora/\(head.logID)")
        writer.member("type", draft.name.cloudEventsType)
        writer.member("subject", draft.subject)
        writer.member("time", draft.at)
        writer.member("recordedtime", Timestamp(recordedMicroseconds / 1000))
        writer.member("sequence", padded(seq))
        writer.member("logepoch", "\(head.epoch)")
        writer.member("actor", cause.actor)
        if let via = cause.via { writer.member("via", via) }
        writer.member("entityversion", draft.entityVersion)
        if let causation = cause.causation { writer.member("causationid", causation) }
        if let traceparent = cause.traceparent { writer.member("traceparent", traceparent) }
        if isImported { writer.member("imported", true) }
        writer.member("data", draft.data)
        writer.endObject()
        return EventRecord(
            seq: seq, prev: prev, name: draft.name, subject: draft.subject, ticket: draft.ticket,
            recordedMicroseconds: recordedMicroseconds, body: writer.bytes)
    }

    /// Twenty digits, so that the text sorts as the number does.
    private static func padded(_ seq: Int64) -> String {
        let digits = String(seq)
        return String(repeating: "0", count: 20 - digits.utf8.count) + digits
    }

    /// The event as the bus carries it.
    static func message(_ event: EventRecord, epoch: Int64, isRepublished: Bool = false) -> KernelMessage {
        let entity = event.subject.split(separator: "/").last ?? ""
        let header = EventHeader(
            isRepublished: isRepublished, epoch: UInt32(truncatingIfNeeded: epoch), seq: event.seq, prev: event.prev,
            recordedMicroseconds: event.recordedMicroseconds)
        return .toAll(topic: Array("\(event.name.text)/\(entity)".utf8), header: header.bytes, body: event.body)
    }
}

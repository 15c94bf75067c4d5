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
        writer.member("id", "\(head.logID).", number: seq)
        writer.member("source", "opora/\(head.logID)")
        writer.member("type", draft.name.cloudEventsType)
        writer.member("subject", draft.subject)
        writer.member("time", draft.at)
        writer.member("recordedtime", Timestamp(recordedMicroseconds / 1000))
        // Twenty digits, so that the text sorts as the number does.
        writer.member("sequence", number: seq, width: 20)
        writer.member("logepoch", number: head.epoch)
        writer.member("actor", cause.actor)
        if let via = cause.via { writer.member("via", via) }
        writer.member("entityversion", draft.entityVersion)
        if let causation = cause.causation { writer.member("causationid", causation) }
        if let traceparent = cause.traceparent { writer.member("traceparent", traceparent) }
        if isImported { writer.member("imported", true) }
        if let repeatKey = draft.repeatKey { writer.member("repeatkey", repeatKey) }
        writer.member("data", draft.data)
        writer.endObject()
        return EventRecord(
            seq: seq, prev: prev, name: draft.name, subject: draft.subject, ticket: draft.ticket,
            recordedMicroseconds: recordedMicroseconds, body: writer.bytes)
    }

    /// The event as the bus carries it.
    static func message(_ event: EventRecord, epoch: Int64, isRepublished: Bool = false) -> KernelMessage {
        let header = EventHeader(
            isRepublished: isRepublished, epoch: UInt32(truncatingIfNeeded: epoch), seq: event.seq, prev: event.prev,
            recordedMicroseconds: event.recordedMicroseconds)
        return .toAll(topic: topic(event), header: header.bytes, body: event.body)
    }

    /// The type, and the last part of the subject: `ticket.created/T-1042`.
    private static func topic(_ event: EventRecord) -> [UInt8] {
        let subject = event.subject.utf8
        var topic = Array(event.name.text.utf8)
        topic.reserveCapacity(topic.count + 1 + subject.count)
        topic.append(0x2f)
        topic.append(contentsOf: subject.split(separator: 0x2f).last ?? subject[subject.endIndex...])
        return topic
    }
}

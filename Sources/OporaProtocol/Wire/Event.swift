public import OporaTime

/// An event as a reader gets it: its place in the log and its CloudEvents body, opened.
public struct Event: Sendable {
    /// Position in the log.
    public var seq: Int64
    /// Position of the previous event of the same stream.
    public var prev: Int64
    /// Nil for a type that this version does not know; readers pass over those.
    public var name: EventName?
    /// What it is about, e.g. `ticket/T-1042`.
    public var subject: String
    /// When it happened. For imported history this lies long before the recording.
    public var at: Timestamp
    /// When the kernel recorded it.
    public var recordedAt: Timestamp
    /// Who did it: `user/U-7`, `plugin/escalator` or `kernel`.
    public var actor: String
    /// The identity that sent the command, where it is not the actor's own.
    public var via: String?
    /// True for history: nobody acts on it, reports count it.
    public var isImported: Bool
    /// The version of the subject after this event.
    public var entityVersion: Int64
    /// The same for every repeat of a warning or breach, also where the log was restored in between; nil for other events.
    public var repeatKey: String?
    /// The id, the same for every repeat.
    public var id: String
    /// What changed; the shape depends on the type.
    public var data: JSON

    /// Opens a CloudEvents body; nil where it is not one of Opora's.
    public init?(body: JSON, seq: Int64, prev: Int64) {
        guard let name = body["type"]?.string, let id = body["id"]?.string,
            let at = body["time"]?.string.flatMap({ Timestamp($0) }), let subject = body["subject"]?.string
        else { return nil }
        self.seq = seq
        self.prev = prev
        self.id = id
        self.subject = subject
        self.at = at
        self.name = EventName(cloudEventsType: name)
        recordedAt = body["recordedtime"]?.string.flatMap { Timestamp($0) } ?? at
        actor = body["actor"]?.string ?? "kernel"
        via = body["via"]?.string
        isImported = body["imported"]?.bool ?? false
        repeatKey = body["repeatkey"]?.string
        entityVersion = body["entityversion"]?.int ?? 0
        data = body["data"] ?? .object(JSONObject())
    }

    /// Opens an item of `events.read` or `consumer.fetch`.
    public init?(item: JSON) {
        guard let seq = item["seq"]?.int, let prev = item["prev"]?.int, let body = item["event"] else { return nil }
        self.init(body: body, seq: seq, prev: prev)
    }

    /// The kernel's type; nil for a plugin's event and for what this version does not know.
    public var type: EventType? { name?.type }

    /// The ticket that the event is about or belongs to.
    public var ticket: TicketID? {
        if subject.hasPrefix("ticket/") { return TicketID(subject.dropFirst(7)) }
        return data["ticket"]?.string.flatMap { TicketID($0) } ?? data["ticket"]?["id"]?.string.flatMap { TicketID($0) }
    }
}

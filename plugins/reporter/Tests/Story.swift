import FoundationEssentials
import OporaPluginKit
import OporaPluginStore

@testable import reporter

/// What happened on a desk, told as events of its log: one after another, each with its own instant.
struct Story {
    /// 1 March 2016, midnight UTC: the zero of all times in these tests.
    static let start = Timestamp(1_456_790_400_000)

    private(set) var events: [Event] = []

    private mutating func add(_ type: EventType, _ subject: String, _ at: Int64, _ data: JSON) {
        let seq = Int64(events.count + 1)
        let body: JSON = [
            "type": .string(type.cloudEventsType), "id": .string("log.\(seq)"), "subject": .string(subject),
            "time": .string((Story.start + at).text), "data": data,
        ]
        if let event = Event(body: body, seq: seq, prev: seq - 1) { events.append(event) }
    }

    mutating func create(
        _ ticket: Int, at: Int64, priority: String = "normal", group: String? = nil, channel: String = "email"
    ) {
        add(
            .ticketCreated, "ticket/T-\(ticket)", at,
            [
                "ticket": .string("T-\(ticket)"), "status": "new", "priority": .string(priority), "channel": .string(channel),
                "group": .optional(group) ?? .null,
            ])
    }

    mutating func move(_ ticket: Int, _ from: TicketStatus, _ to: TicketStatus, at: Int64) {
        func side(_ status: TicketStatus) -> JSON { ["status": .string(status.rawValue), "reason": .null, "wake_at": .null] }
        add(
            .ticketStatusChanged, "ticket/T-\(ticket)", at,
            ["ticket": .string("T-\(ticket)"), "before": side(from), "after": side(to)])
    }

    mutating func assign(_ ticket: Int, group: String?, at: Int64) {
        add(
            .ticketAssigned, "ticket/T-\(ticket)", at,
            ["ticket": .string("T-\(ticket)"), "after": ["group": .optional(group) ?? .null, "assignee": .null]])
    }

    mutating func prioritize(_ ticket: Int, _ priority: String, at: Int64) {
        add(.ticketPriorityChanged, "ticket/T-\(ticket)", at, ["before": "normal", "after": .string(priority)])
    }

    mutating func sla(_ type: EventType, _ ticket: Int, _ target: TargetKind, at: Int64) {
        add(type, "ticket/T-\(ticket)", at, ["ticket": .string("T-\(ticket)"), "target": .string(target.rawValue), "cycle": 1])
    }

    mutating func rate(_ kind: String, _ score: Int64, at: Int64) {
        add(.feedbackRecorded, "feedback/F-1", at, ["kind": .string(kind), "score": .int(score), "ticket": "T-1"])
    }

    /// The read model of this story, in a file of its own that is gone afterwards.
    func read<R>(_ body: (ReadModel) throws -> R) throws -> R {
        try Story.inFolder { folder in
            let store = try PluginStore(path: "\(folder)/reporter.sqlite", migrations: ReadModel.migrations)
            try tell(store, upTo: events.count)
            return try store.read { try body(ReadModel(store: $0)) }
        }
    }

    /// Writes the events that `store` has not seen yet, up to one, as the plugin does.
    func tell(_ store: PluginStore, upTo count: Int) throws {
        let done = try store.position()?.seq ?? 0
        try store.write(at: LogPosition(logID: "log", epoch: 1, seq: Int64(count))) { transaction in
            for event in events.prefix(count) where event.seq > done {
                guard let fact = try Fact.reading(event) else { continue }
                try ReadModel(store: transaction).apply(fact, at: event.at)
            }
        }
    }

    static func inFolder<R>(_ body: (String) throws -> R) throws -> R {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("reporter-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.path)
    }
}

/// [from, to) in milliseconds from the story's start.
func range(_ from: Int64, _ to: Int64) -> TimeRange {
    TimeRange(from: Story.start + from, to: Story.start + to)
}

let hour: Int64 = 3_600_000
let day: Int64 = 86_400_000

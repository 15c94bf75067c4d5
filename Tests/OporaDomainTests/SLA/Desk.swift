import OporaDomain
import OporaProtocol
import OporaTime
import Testing

/// A ticket under a policy of the test's own, told what happens in minutes since its creation.
struct Desk {
    static let hour: Int64 = 3_600_000
    static let minute: Int64 = 60_000
    static let calendar = CalendarID(rawValue: 1)

    var book = SLABook()
    var ticket: Ticket
    var facts: [EventDraft] = []
    var policy: SLAPolicy

    /// Minutes promised by target, for a ticket of priority normal; always open unless said otherwise.
    init(
        _ promised: [TargetKind: Int64], hours: String = #"{"zone":"UTC","always_open":true}"#, created: Timestamp = Bench.start,
        channel: Channel = .email, group: Int64? = nil, isTypedByAgent: Bool = false,
        _ adjust: (inout SLAPolicy) throws -> Void = { _ in }
    ) throws {
        policy = SLAPolicy(
            id: PolicyID(rawValue: 1), name: "Standard", position: 1, calendar: Self.calendar,
            targets: [.normal: promised.mapValues { $0 * Self.minute }], warnings: WarningPlan(percentages: []))
        try adjust(&policy)
        book.add(try CalendarTests.calendar(hours), id: Self.calendar)
        book.add(policy)
        ticket = Ticket(
            id: TicketID(rawValue: 1), subject: "x", channel: channel, requester: UserID(rawValue: 1),
            group: group.map { GroupID(rawValue: $0) }, createdAt: created, updatedAt: created)
        facts = ticket.create(opening: nil, isTypedByAgent: isTypedByAgent, book)
    }

    func at(_ minutes: Int64) -> Timestamp { ticket.createdAt + minutes * Self.minute }

    mutating func says(_ author: AuthorKind, _ minutes: Int64, then next: TicketStatus? = nil, isAutomatic: Bool = false) throws {
        let message = Message(
            id: MessageID(rawValue: 1), ticket: ticket.id, author: UserID(rawValue: 2), authorKind: author, visibility: .public,
            channel: .email, createdAt: at(minutes), text: "x")
        facts += try ticket.reply(message, then: next.map { Status($0) }, isAutomatic: isAutomatic, book)
    }

    mutating func goes(_ next: TicketStatus, _ minutes: Int64) throws {
        facts += try ticket.setStatus(next, at: at(minutes), book)
    }

    mutating func moves(to group: Int64?, _ minutes: Int64) {
        facts += ticket.assign(group: group.map { GroupID(rawValue: $0) }, assignee: nil, at: at(minutes), book)
    }

    mutating func tick(_ minutes: Int64) { facts += ticket.tick(now: at(minutes), book) }

    /// Puts another version of the calendar into the book and has the ticket take it over.
    mutating func edits(hours: String, _ minutes: Int64, version: Int64 = 2) throws {
        book.add(try CalendarTests.calendar(hours), id: Self.calendar, version: version)
        facts += ticket.takeOver(SLAEdit(.calendar(Self.calendar), at: at(minutes)), book)
    }

    /// Puts the next version of the policy into the book and has the ticket take it over.
    mutating func edits(_ minutes: Int64, _ change: (inout SLAPolicy) -> Void) {
        change(&policy)
        policy.version += 1
        book.add(policy)
        facts += ticket.takeOver(SLAEdit(.policy(policy.id), at: at(minutes)), book)
    }

    func target(_ kind: TargetKind, cycle: Int64? = nil) -> SLATarget? {
        ticket.targets.last { $0.kind == kind && $0.cycle == cycle ?? $0.cycle }
    }

    /// Due instants of a kind's cycles, in minutes since creation; nil for one that has none.
    func dues(_ kind: TargetKind) -> [Int64?] {
        ticket.targets.filter { $0.kind == kind }.map { $0.dueAt.map { ($0 - ticket.createdAt) / Self.minute } }
    }

    func states(_ kind: TargetKind) -> [TargetState] { ticket.targets.filter { $0.kind == kind }.map(\.state) }

    /// The facts of the SLA as `breached resolution@60`.
    var story: [String] {
        facts.filter { $0.type?.stream == .sla }.map { fact in
            let word = fact.name.text.dropFirst(4)
            let targets = fact.data["targets"]?.array?.compactMap { $0["target"]?.string } ?? [fact.data["target"]?.string ?? "?"]
            return "\(word) \(targets.joined(separator: "+"))@\((fact.at - ticket.createdAt) / Self.minute)"
        }
    }

    func breaches() -> [EventDraft] { facts.filter { $0.type == .slaBreached } }
}

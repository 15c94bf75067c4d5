public import OporaProtocol
public import OporaTime

extension Ticket {
    /// Adds a public message. A requester's message opens a ticket that waited or was solved; an agent's opens a new one
    /// and is the first response.
    /// - Parameters:
    ///   - next: a status to set after it.
    ///   - isAutomatic: a machine wrote it, such as an out-of-office reply: it is no reply, and nobody waits because of it.
    public mutating func reply(
        _ message: Message, then next: Status?, isAutomatic: Bool = false, _ book: SLABook, desk: DeskRules = DeskRules()
    ) throws(Rejection) -> [EventDraft] {
        if status == .closed {
            let advice = mergedInto.map { "was merged into \($0); write there" } ?? "is closed; create a new ticket"
            throw .validation(member: "ticket", reason: "\(id) \(advice)")
        }
        let at = message.createdAt
        var facts = advance(to: at, book)
        facts.append(message.event(isAutomatic: isAutomatic))
        touch(at: at)
        switch isAutomatic ? .bot : message.authorKind {
        case .agent:
            facts += answered(at: at, isLast: next?.category == .solved, book)
            if status == .new, next == nil { facts += try setStatus(.open, at: at, book) }
        case .requester:
            if status == .pending || status == .onHold || status == .solved, next == nil {
                facts += try setStatus(.open, at: at, book)
            }
            facts += asked(at: at, book)
        case .bot, .system: break
        }
        if let next { facts += try setStatus(next, at: at, desk, book) }
        return facts
    }

    /// What becomes of the promises where a public message is heard of, such as a note made public: it counts as one of that instant.
    mutating func heard(_ author: AuthorKind, at: Timestamp, _ book: SLABook) -> [EventDraft] {
        switch author {
        case .agent: answered(at: at, isLast: false, book)
        case .requester: asked(at: at, book)
        case .bot, .system: []
        }
    }

    /// Adds an internal note. It is no reply: nothing else changes.
    public mutating func note(_ message: Message) -> [EventDraft] {
        touch(at: message.createdAt)
        return [message.event()]
    }

    /// Lets everybody on the ticket read an internal note: a reply, at the instant at which it is published.
    public mutating func publish(
        _ message: inout Message, by user: UserID, at: Timestamp, _ book: SLABook
    ) throws(Rejection) -> [EventDraft] {
        guard message.visibility == .internal else {
            throw .validation(member: "message", reason: "\(message.id) is public already")
        }
        guard status != .closed else { throw .validation(member: "message", reason: "\(id) is closed; nobody is to read it") }
        var facts = advance(to: at, book)
        message.visibility = .public
        message.publishedAt = at
        facts.append(message.published(by: user))
        touch(at: at)
        facts += heard(message.authorKind, at: at, book)
        guard message.authorKind == .agent else { return facts }
        if status == .new { facts += move(to: Status(.open), reason: nil, wakeAt: nil, at: at, book) }
        return facts
    }
}

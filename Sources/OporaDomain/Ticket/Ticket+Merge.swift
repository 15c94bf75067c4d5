public import OporaProtocol
public import OporaTime

/// What a merge moved and what it found, so that it can be undone to the letter.
public struct TicketMerge: Hashable, Sendable {
    public var source: TicketID
    public var target: TicketID
    public var at: Timestamp
    /// Messages that went from the source to the target.
    public var messages: [MessageID]
    /// People who follow the target since then.
    public var followers: [UserID]
    /// Tags that the target has since then.
    public var tags: [String]
    /// How the source stood.
    public var status: Status
    public var reason: String?
    public var wakeAt: Timestamp?
    public var solvedAt: Timestamp?
    public var closedAt: Timestamp?
    /// What was promised to the source's requester.
    public var targets: [SLATarget]
    public var undoneAt: Timestamp?

    /// A merge of which nothing else is known yet.
    public init(source: TicketID, target: TicketID, at: Timestamp, status: Status) {
        self.source = source
        self.target = target
        self.at = at
        self.status = status
        (messages, followers, tags, targets) = ([], [], [], [])
    }

    init(
        source: Ticket, target: TicketID, at: Timestamp, messages: [MessageID], followers: [UserID], tags: [String]
    ) {
        self.source = source.id
        self.target = target
        self.at = at
        self.messages = messages
        self.followers = followers
        self.tags = tags
        status = source.standing
        reason = source.statusReason
        wakeAt = source.wakeAt
        solvedAt = source.solvedAt
        closedAt = source.closedAt
        targets = source.targets
    }
}

extension Ticket {
    /// Merges this ticket into another: its messages go there, its requester and followers hear of it there, and it is closed.
    /// - Parameters:
    ///   - messages: all of this ticket's.
    ///   - isForced: whether tickets of two organizations may be merged.
    /// - Returns: the facts of both, and what is needed to undo it.
    public mutating func merge(
        into target: inout Ticket, messages: [MessageID], isForced: Bool, at: Timestamp, _ book: SLABook
    ) throws(Rejection) -> (facts: [EventDraft], targetFacts: [EventDraft], record: TicketMerge) {
        try checkMerge(into: target, count: messages.count, isForced: isForced)
        let heard = ([requester] + followers).filter { $0 != target.requester && !target.followers.contains($0) }
        let followers = Array(Tags.unique(heard).prefix(Limits.followers - target.followers.count))
        let tags = Array(self.tags.filter { !target.tags.contains($0) }.prefix(Limits.tags - target.tags.count))
        let advanced = advance(to: at, book)
        let made = TicketMerge(
            source: self, target: target.id, at: at, messages: messages, followers: followers, tags: tags)
        let data: JSON = [
            "source": .id(id), "target": .id(target.id), "messages": .array(messages.map { .id($0) }),
            "followers": .array(followers.map { .id($0) }), "tags": .array(tags.map { .string($0) }),
        ]
        var facts = advanced + [record(.ticketMerged, at: at, data)]
        mergedInto = target.id
        if status != .closed { facts += move(to: Status(.closed), reason: nil, wakeAt: nil, at: at, book) }
        var targetFacts = [target.record(.ticketMerged, at: at, data)]
        targetFacts += target.setFollowers(target.followers + followers, at: at)
        targetFacts += try target.setTags(target.tags + tags, at: at, book)
        return (facts, targetFacts, made)
    }

    private func checkMerge(into target: Ticket, count: Int, isForced: Bool) throws(Rejection) {
        guard id != target.id else { throw .validation(member: "into", reason: "a ticket can't be merged into itself") }
        if let mergedInto { throw .validation(member: "ticket", reason: "\(id) was merged into \(mergedInto) already") }
        if let other = target.mergedInto { throw .validation(member: "into", reason: "\(target.id) was merged into \(other)") }
        if target.deletedAt != nil { throw .validation(member: "into", reason: "\(target.id) is in the bin; restore it first") }
        if target.status == .closed { throw .validation(member: "into", reason: "\(target.id) is closed") }
        guard organization == target.organization || isForced else {
            throw .validation(
                member: "into",
                reason: "\(id) and \(target.id) are of two organizations, which would read each other's messages; use force")
        }
        guard count <= Limits.mergedMessages else {
            throw .validation(member: "ticket", reason: "\(id) has more than \(Limits.mergedMessages) messages")
        }
    }

    /// Undoes a merge: this ticket stands as it did, its messages come back, and the other one has no more of it.
    /// - Parameter messages: those of the merge that are still with the target.
    public mutating func unmerge(
        _ made: TicketMerge, from target: inout Ticket, messages: [MessageID], at: Timestamp, _ book: SLABook
    ) throws(Rejection) -> (facts: [EventDraft], targetFacts: [EventDraft]) {
        let data: JSON = [
            "source": .id(id), "target": .id(target.id), "messages": .array(messages.map { .id($0) }),
            "followers": .array(made.followers.map { .id($0) }), "tags": .array(made.tags.map { .string($0) }),
        ]
        var facts = [record(.ticketUnmerged, at: at, data)]
        mergedInto = nil
        facts += stand(as: made, at: at)
        facts += advance(to: at, book) + recompute(at: at, book)
        var targetFacts = [target.record(.ticketUnmerged, at: at, data)]
        targetFacts += target.setFollowers(target.followers.filter { !made.followers.contains($0) }, at: at)
        targetFacts += try target.setTags(target.tags.filter { !made.tags.contains($0) }, at: at, book)
        return (facts, targetFacts)
    }

    /// Puts status and promises back as they were; time goes on from there.
    private mutating func stand(as made: TicketMerge, at: Timestamp) -> [EventDraft] {
        let wasOther = made.status.category != .closed
        let before = statusJSON
        status = made.status.category
        customStatus = made.status.custom
        statusReason = made.reason
        wakeAt = made.wakeAt
        solvedAt = made.solvedAt
        closedAt = made.closedAt
        targets = made.targets
        guard wasOther else { return [] }
        var facts = [record(.ticketStatusChanged, at: at, ["before": before, "after": statusJSON])]
        let open = targets.filter { $0.state == .running || $0.state == .paused }
        if !open.isEmpty { facts.append(record(.slaApplied, at: at, Ticket.scheduleJSON(open))) }
        return facts
    }

    /// Begins a ticket of its own with messages of this one.
    /// - Parameters:
    ///   - part: the new ticket, not yet created.
    ///   - messages: those that go to it.
    public mutating func split(
        into part: inout Ticket, messages: [MessageID], at: Timestamp, _ book: SLABook
    ) throws(Rejection) -> (facts: [EventDraft], partFacts: [EventDraft]) {
        if let mergedInto { throw .validation(member: "ticket", reason: "\(id) was merged into \(mergedInto); split that one") }
        let data: JSON = [
            "source": .id(id), "target": .id(part.id), "messages": .array(messages.map { .id($0) }),
        ]
        var partFacts = part.create(opening: nil, book)
        partFacts.append(part.record(.ticketSplit, at: at, data))
        return ([record(.ticketSplit, at: at, data)], partFacts)
    }
}

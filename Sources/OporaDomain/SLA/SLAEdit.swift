public import OporaProtocol
public import OporaTime

/// An edit of a policy or calendar whose targets are to be counted anew.
public struct SLAEdit: Hashable, Sendable {
    /// What was edited.
    public enum Subject: Hashable, Sendable {
        case policy(PolicyID)
        case calendar(CalendarID)
    }

    public var subject: Subject
    /// When: a due instant that it moved into the past is breached then.
    public var at: Timestamp

    public init(_ subject: Subject, at: Timestamp) {
        self.subject = subject
        self.at = at
    }
}

/// What an edit would do to one target.
public struct TargetChange: Hashable, Sendable {
    public var kind: TargetKind
    public var cycle: Int64
    /// Nil where the target would be new.
    public var before: SLATarget?
    /// Nil where it would be there no more.
    public var after: SLATarget?
}

extension Ticket {
    /// Takes an edit over: the open targets that it is about are counted anew, as of its instant, with the versions that the
    /// book has now. Nothing where the ticket has none.
    public mutating func takeOver(_ edit: SLAEdit, _ book: SLABook) -> [EventDraft] {
        guard status != .closed else { return [] }
        switch edit.subject {
        case .calendar(let id):
            guard targets.contains(where: { $0.isOpen && $0.calendar == id }) else { return [] }
            return advance(to: edit.at, book) + recount(id, at: edit.at, book)
        case .policy(let id):
            let hasIt = targets.contains { $0.isOpen && $0.policy == id }
            guard hasIt || book.policy(for: self)?.id == id else { return [] }
            return advance(to: edit.at, book) + recompute(at: edit.at, book)
        }
    }

    /// What an edit would do to this ticket. Changes nothing.
    public func preview(_ edit: SLAEdit, _ book: SLABook) -> [TargetChange] {
        var copy = self
        _ = copy.advance(to: edit.at, book)
        let before = copy.targets
        _ = copy.takeOver(edit, book)
        var changes: [TargetChange] = []
        for target in before {
            let after = copy.targets.first { $0.kind == target.kind && $0.cycle == target.cycle }
            if after?.dueAt == target.dueAt, after?.state == target.state, after?.budget == target.budget { continue }
            changes.append(TargetChange(kind: target.kind, cycle: target.cycle, before: target, after: after))
        }
        for target in copy.targets where !before.contains(where: { $0.kind == target.kind && $0.cycle == target.cycle }) {
            changes.append(TargetChange(kind: target.kind, cycle: target.cycle, before: nil, after: target))
        }
        return changes
    }
}

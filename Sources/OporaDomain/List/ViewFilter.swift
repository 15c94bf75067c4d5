public import OporaProtocol
public import OporaTime

/// Which tickets: all that is said must hold; what is not said holds for all. A list of words means one of them.
///
/// A filter may be symbolic: "mine" and "within four hours" mean something only to a person at an instant; `resolved` says what.
public struct ViewFilter: Hashable, Sendable {
    /// Whose, in a filter that is kept for many people.
    public enum Choice<ID: EntityID>: Hashable, Sendable {
        /// Nobody's: the member is empty.
        case none
        /// The asking person's own, or of a group of theirs.
        case mine
        case id(ID)
    }

    /// A span of instants, open at its end.
    public struct Span: Hashable, Sendable {
        /// At or after.
        public var after: Timestamp?
        /// Before.
        public var before: Timestamp?
        /// So many milliseconds around now: the past ones of creation and change, the coming ones of a due instant.
        public var within: Int64?

        public init(after: Timestamp? = nil, before: Timestamp? = nil, within: Int64? = nil) {
            self.after = after
            self.before = before
            self.within = within
        }

        public var isEmpty: Bool { after == nil && before == nil && within == nil }

        func contains(_ instant: Timestamp?) -> Bool {
            if isEmpty { return true }
            guard let instant else { return false }
            return after.map { instant >= $0 } ?? true && before.map { instant < $0 } ?? true
        }
    }

    /// How its promises stand.
    public enum SLAState: String, CaseIterable, Sendable {
        /// Some target was not kept.
        case breached
        /// Some target runs and has been warned of.
        case atRisk = "at_risk"
        /// Some target runs.
        case running
    }

    /// Words for where it stands: the desk's own or a category's.
    public var statuses: [String] = []
    public var categories: [TicketStatus] = []
    /// Neither solved nor closed.
    public var isUnsolved = false
    public var priorities: [Priority] = []
    public var types: [TicketType] = []
    public var channels: [Channel] = []
    public var groups: [Choice<GroupID>] = []
    /// 0 for none.
    public var tiers: [Int] = []
    public var assignees: [Choice<UserID>] = []
    public var requesters: [Choice<UserID>] = []
    public var followers: [Choice<UserID>] = []
    public var organizations: [Choice<OrganizationID>] = []
    public var externalID: String?
    /// All of these.
    public var tags: [String] = []
    /// None of these.
    public var withoutTags: [String] = []
    /// Custom fields that have exactly these values.
    public var fields = JSONObject()
    public var created = Span()
    public var updated = Span()
    public var due = Span()
    /// Unchanged for so many milliseconds at least.
    public var quiet: Int64?
    public var sla: SLAState?
    /// Waits and will open by itself.
    public var isWaking = false
    /// In the bin; those are in no other list.
    public var isDeleted = false

    public init() {}

    /// Whether nothing solved or closed can be among them.
    public var impliesUnsolved: Bool {
        isUnsolved || isWaking || (!categories.isEmpty && categories.allSatisfy(\.isUnsolved))
            || (!statuses.isEmpty && statuses.allSatisfy { TicketStatus(rawValue: $0)?.isUnsolved ?? false })
    }

    /// Whether tickets can be listed so: an order that no index has is for few tickets alone.
    public func allows(_ sort: TicketSort) -> Bool {
        guard sort == .priority || sort == .mostPressing else { return true }
        return impliesUnsolved || externalID != nil || !requesters.isEmpty
            || (!organizations.isEmpty && !organizations.contains(.none))
    }
}

extension ViewFilter {
    /// The filter as it is meant by a person at an instant.
    /// - Parameters:
    ///   - me: who asks; nil for a program.
    ///   - groups: the groups that they belong to.
    public func resolved(for me: UserID?, groups mine: [GroupID], now: Timestamp) throws(Rejection) -> ViewFilter {
        var result = self
        result.assignees = try Self.resolve(assignees, mine: me.map { [$0] }, "assignee")
        result.requesters = try Self.resolve(requesters, mine: me.map { [$0] }, "requester")
        result.followers = try Self.resolve(followers, mine: me.map { [$0] }, "follower")
        result.groups = try Self.resolve(groups, mine: me == nil ? nil : mine, "group")
        result.created = Self.resolve(created) { (now - $0, nil) }
        result.updated = Self.resolve(updated) { (now - $0, nil) }
        result.due = Self.resolve(due) { (nil, now + $0) }
        if let quiet {
            let before = now - quiet
            result.updated.before = result.updated.before.map { min($0, before) } ?? before
            result.quiet = nil
        }
        return result
    }

    private static func resolve<ID>(_ choices: [Choice<ID>], mine: [ID]?, _ member: String) throws(Rejection) -> [Choice<ID>] {
        guard choices.contains(.mine) else { return choices }
        guard let mine else {
            throw .validation(member: member, reason: "means the asking person's, and no person asks; name one")
        }
        let others = choices.filter { $0 != .mine }
        // Of a person without groups nothing is "of my groups": an id that nothing has.
        let own: [Choice<ID>] = mine.isEmpty && others.isEmpty ? [.id(ID(rawValue: 0))] : mine.map { .id($0) }
        return others + own
    }

    private static func resolve(_ span: Span, _ around: (Int64) -> (Timestamp?, Timestamp?)) -> Span {
        guard let within = span.within else { return span }
        let (after, before) = around(within)
        var result = span
        result.within = nil
        if let after { result.after = span.after.map { max($0, after) } ?? after }
        if let before { result.before = span.before.map { min($0, before) } ?? before }
        return result
    }
}
